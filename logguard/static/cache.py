"""What indexing made of a file and what a scan came to, kept by content: never a value, since neither holds one."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import msgspec

from logguard.version import VERSION

FOLDER = "LOGGUARD_CACHE_DIR"
"""The environment's name for where the cache lies."""
_KEPT = 30 * 24 * 3600
"""Seconds for which an entry that nobody reads is kept."""
_DAY = 24 * 3600


class Cache:
    """Entries in a folder, safe for concurrent runs: each is written beside its place and moved there."""

    def __init__(self, folder: Path | None) -> None:
        """Without a folder nothing is kept."""
        self._folder = folder
        self._salt = "\0".join((VERSION, f"{sys.implementation.cache_tag}", _own_code() if folder is not None else ""))

    def key(self, data: bytes, module: str, name: str, sinks: frozenset[str]) -> str:
        """Return the key of a file's summary: all that indexing depends on."""
        if self._folder is None:
            return ""
        made = hashlib.sha256(data)
        made.update("\0".join((self._salt, module, name, *sorted(sinks))).encode("utf-8", "surrogatepass"))
        return made.hexdigest()

    def whole(self, parts: Iterable[object]) -> str:
        """Return the key of what comes of a whole program: of all that a scan depends on, logguard itself included."""
        if self._folder is None:
            return ""
        made = hashlib.sha256(self._salt.encode())
        for part in parts:
            made.update(repr(part).encode("utf-8", "surrogatepass") + b"\0")
        return made.hexdigest()

    def get(self, key: str) -> bytes | None:
        """Return an entry; ``None`` where there is none, or it can't be read."""
        if self._folder is None:
            return None
        try:
            return self._place(self._folder, key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry; where that fails (a full or read-only disk), the next run makes it again."""
        if self._folder is None:
            return
        place = self._place(self._folder, key)
        with contextlib.suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=place.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            os.replace(beside, place)

    def prune(self) -> None:
        """Drop what nobody has read for a month; looks at most once a day."""
        if self._folder is None:
            return
        stamp, now = self._folder / "pruned", time.time()
        with contextlib.suppress(OSError):
            if stamp.exists() and now - stamp.stat().st_mtime < _DAY:
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp.touch()
            for entry in self._folder.glob("??/*"):
                seen = entry.stat()
                if now - max(seen.st_mtime, seen.st_atime) > _KEPT:
                    entry.unlink()

    @staticmethod
    def _place(folder: Path, key: str) -> Path:
        return folder / key[:2] / key[2:]


class Pack:
    """Many small entries in one: to write a file for each would take half as long as to make them."""

    def __init__(self, cache: Cache, key: str) -> None:
        self._cache = cache
        self._key = key
        data = cache.get(key)
        self._before = _unpacked(data) if data is not None else {}
        self._now: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return an entry; ``None`` where there is none."""
        found = self._before.get(key)
        if found is not None:
            self._now[key] = found
        return found

    def put(self, key: str, data: bytes) -> None:
        """Keep an entry."""
        self._now[key] = data

    def save(self) -> None:
        """Write the entries that were asked for or are new, if they aren't what was read."""
        if self._now.keys() != self._before.keys():
            self._cache.put(self._key, msgspec.msgpack.encode(self._now))


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Return the entries of a pack; a damaged one has none."""
    try:
        return msgspec.msgpack.decode(data, type=dict[str, bytes])
    except (msgspec.DecodeError, msgspec.ValidationError):
        return {}


def _own_code() -> str:
    """Return what changes with every change of logguard's own files: a scan of a new version is a new one."""
    own = Path(__file__).parents[1]
    found = (path for part in ("core", "detect", "static") for path in (own / part).rglob("*"))
    files = sorted(path for path in found if path.suffix in (".py", ".toml"))
    made = hashlib.sha256()
    for path in files:
        data = path.read_bytes()
        made.update(f"{path.relative_to(own).as_posix()} {len(data)}\0".encode() + data)
    return made.hexdigest()


def folder() -> Path:
    """Return where the cache of this user lies; never in a scanned folder, whose author could fill it."""
    chosen = os.environ.get(FOLDER)
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("logguard", appauthor=False)
