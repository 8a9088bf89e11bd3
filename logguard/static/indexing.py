"""Index many files: in several processes, and only those that the cache doesn't know."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from logguard.static.cache import Cache, Pack
from logguard.static.files import Target, module_name
from logguard.static.index.module import index
from logguard.static.index.summary import ModuleSummary, decoded
from logguard.static.notebook import SUFFIX, python_of
from logguard.static.parallel import each

_LARGEST = 20 * 1024 * 1024
"""Bytes of a file."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A file that was indexed, or why it could not be."""

    target: Target
    summary: ModuleSummary | None
    reason: str = ""
    broken: bool = False
    """Whether it was read and isn't Python."""


def read(path: Path) -> bytes | str:
    """Return a file's bytes, or why it can't be read."""
    try:
        if path.stat().st_size > _LARGEST:
            return "larger than 20 MB"
        return path.read_bytes()
    except OSError as error:
        return f"can't be read: {error.strerror or type(error).__name__}"


def source_of(path: Path, data: bytes) -> bytes | str:
    """Return a file's Python, or why there is none: of a notebook, its code cells."""
    if path.suffix != SUFFIX:
        return data
    try:
        return python_of(data)
    except (ValueError, RecursionError):
        return "not a notebook that can be read"


class Indexer:
    """Indexes files for one set of sink names."""

    def __init__(self, sinks: frozenset[str], cache: Cache, given: dict[Path, bytes]) -> None:
        """``given`` are files with another content than on disk: what an editor holds."""
        self._sinks = sinks
        self._cache = cache
        self._given = given
        self._keys: dict[Path, tuple[str, str]] = {}
        self._made: dict[Path, ModuleSummary] = {}
        """What this process has made."""

    def all(self, targets: Sequence[Target], jobs: int, step: Callable[[str], None]) -> Iterator[Indexed]:
        """Yield each file's summary, in the order of ``targets``."""
        roots = sorted({str(target.rooted.root) for target in targets})
        pack = Pack(self._cache, self._cache.whole(("summaries", roots, sorted(self._sinks))))
        done: dict[int, Indexed] = {}
        missing: list[tuple[int, Target, str]] = []
        for number, target in enumerate(targets):
            key, reason = self.key(target)
            known = self._known(pack.get(key), target) if not reason else Indexed(target, None, reason)
            if known is None:
                missing.append((number, target, key))
            else:
                done[number] = known
                step(target.shown)
        for at, made in each(lambda item: self._index(item[1]), missing, jobs):
            number, target, key = missing[at]
            if isinstance(made, bytes):
                pack.put(key, made)
                summary = self._made.pop(target.path) if target.path in self._made else decoded(made)
                done[number] = Indexed(target, self._placed(summary, target))
            else:
                done[number] = Indexed(target, None, *made)
            step(target.shown)
        pack.save()
        for number in range(len(targets)):
            yield done[number]

    def key(self, target: Target) -> tuple[str, str]:
        """Return (key of a file's content, why it can't be read)."""
        if target.path not in self._keys:
            data = self._data(target.path)
            if isinstance(data, bytes):
                made = self._cache.key(data, module_name(target.path), target.path.name, self._sinks)
                self._keys[target.path] = made, ""
            else:
                self._keys[target.path] = "", data
        return self._keys[target.path]

    def _data(self, path: Path) -> bytes | str:
        return self._given[path] if path in self._given else read(path)

    def _known(self, data: bytes | None, target: Target) -> Indexed | None:
        if data is None:
            return None
        try:
            return Indexed(target, self._placed(decoded(data), target))
        except (msgspec.DecodeError, msgspec.ValidationError):
            return None  # a damaged entry is written anew

    def _index(self, target: Target) -> bytes | tuple[str, bool]:
        """Return a file's summary in msgpack, or why there is none and whether that is because it isn't Python."""
        data = self._data(target.path)
        data = source_of(target.path, data) if isinstance(data, bytes) else data
        if isinstance(data, str):
            return data, False
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the scanned code: invalid escapes and the like
                made = index(data, module_name(target.path), "", self._sinks, target.path.name == "__init__.py")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return _reason(error, data), True
        except Exception as error:
            return f"internal error: {type(error).__name__} in the analyzer; please report it", False
        self._made[target.path] = made
        return msgspec.msgpack.encode(made)

    def _placed(self, summary: ModuleSummary, target: Target) -> ModuleSummary:
        summary.path = target.shown
        summary.aliases = _aliases(target, summary.module)
        return summary


def _aliases(target: Target, module: str) -> list[str]:
    """Return the dotted names that a file's place below the root gives it: without a folder at the front, or two."""
    parts = target.relative.removesuffix(".pyi").removesuffix(".py").removesuffix("/__init__").split("/")
    if not all(part.isidentifier() for part in parts[-2:]):
        return []
    named = module.count(".") + 1
    return [".".join(parts[start:]) for start in range(max(0, len(parts) - named - 3), max(0, len(parts) - named))]


def _reason(error: Exception, data: bytes) -> str:
    """Say in a few words why a file can't be parsed."""
    if b"\0" in data:
        return "null bytes in the source"
    if isinstance(error, (RecursionError, MemoryError)):
        return "nested too deeply"
    if not isinstance(error, SyntaxError):
        return "can't be parsed"
    if "too many nested" in error.msg or "too many levels" in error.msg:
        return "nested too deeply"
    from logguard.static.logcall.newer import needed  # libcst: only for what `ast` refuses

    version = needed(data, f"{sys.version_info[0]}.{sys.version_info[1]}")
    if version is not None:
        return f"needs Python ≥ {version}"
    where = f" at line {error.lineno}" if error.lineno else ""
    return f"syntax error{where}: {error.msg}"
