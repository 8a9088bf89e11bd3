"""Find the files to scan: under the given paths, without what is ignored, excluded or outside of the root."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from logguard.core.errors import PolicyError, UsageError
from logguard.core.policy import Override
from logguard.core.policy_file import DEFAULT, Rooted, rooted_here

if TYPE_CHECKING:
    from pathspec import PathSpec as _PathSpec
    from pathspec import Pattern

    PathSpec = _PathSpec[Pattern]
    _Specs = tuple[tuple[str, PathSpec], ...]
    """Ignore files, each with its folder."""

SKIPPED_FOLDERS = frozenset(
    {
        *(".git", ".hg", ".svn", ".jj", ".tox", ".nox", ".venv", ".eggs", ".cache", ".ipynb_checkpoints"),
        *(".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__", "__pypackages__", "node_modules"),
        "site-packages",
    }
)
OUTPUT_FOLDERS = frozenset({"build", "dist"})
"""Skipped unless they are packages."""
_MOST_STARS = 6
"""Of a pattern in a scanned tree: more would make matching as slow as its author likes."""
SUFFIXES = (".py", ".pyi", ".ipynb")


@dataclass(frozen=True, slots=True)
class Target:
    """A file to scan."""

    path: Path
    shown: str
    """Relative to the working folder, with ``/``: what findings call it."""
    rooted: Rooted
    relative: str
    """Relative to the policy's folder."""


@dataclass
class Selection:
    """The files of one scan, and what was left out."""

    targets: list[Target] = field(default_factory=list)
    around: list[Target] = field(default_factory=list)
    """Other files of the roots: known, so that flows through them are seen, and not reported."""
    excluded: int = 0
    """Files that the policy or an option excludes."""
    whole_roots: bool = True
    """Whether every given path is the whole of its root."""


class _Patterns:
    """The patterns of one policy."""

    def __init__(self, rooted: Rooted, extra: tuple[str, ...]) -> None:
        self.rooted = rooted
        self._extra = extra

    @cached_property
    def _root(self) -> str:
        return os.path.join(self.rooted.root.resolve(), "")

    @cached_property
    def excluded(self) -> PathSpec | None:
        return self._checked([*self.rooted.policy.exclude, *self._extra])

    @cached_property
    def included(self) -> PathSpec | None:
        return self._checked(self.rooted.policy.include)

    def _checked(self, patterns: list[str]) -> PathSpec | None:
        for pattern in patterns:
            if not _readable_pattern(pattern):
                raise PolicyError(f"'{pattern}' is not a pattern as in .gitignore", self.rooted.file)
        return _spec(patterns)

    def relative(self, file: Path) -> str:
        """Return a file's path below the policy's folder, or as it is where it lies elsewhere."""
        path = str(file)
        return _posix(path[len(self._root) :] if path.startswith(self._root) else path)

    def leaves_out(self, relative: str) -> bool:
        """Whether a file is excluded, or not among what is included."""
        if self.excluded is not None and self.excluded.match_file(relative):
            return True
        return self.included is not None and not self.included.match_file(relative)


def _spec(patterns: list[str]) -> PathSpec | None:
    if not patterns:
        return None
    from pathspec import PathSpec  # only where there are patterns: it costs start-up time

    return PathSpec.from_lines("gitignore", patterns)


def matching_overrides(rooted: Rooted, relative: str) -> tuple[Override, ...]:
    """Return the overrides of a policy whose pattern matches a file, in their order."""
    found = []
    for pattern, override in rooted.policy.overrides.items():
        spec = _spec([pattern])
        if spec is not None and spec.match_file(relative):
            found.append(override)
    return tuple(found)


def select(
    paths: list[Path], config: Rooted | None, exclude: tuple[str, ...] = (), held: frozenset[Path] = frozenset()
) -> Selection:
    """Return the files under ``paths``; raises ``UsageError`` for a missing path, ``PolicyError`` for a policy.

    ``held`` are files whose content somebody else holds: they need not be there.
    """
    made = Selection()
    seen: set[Path] = set()
    known: dict[Path, _Patterns | None] = {}
    without: dict[Path, _Patterns] = {}
    given = Path()

    def policy_of(folder: Path) -> _Patterns | None:
        # One value for all folders below a policy: they share a vocabulary. Asked folder by folder, each once.
        if folder not in known:
            own = config or rooted_here(folder)
            above = policy_of(folder.parent) if own is None and folder.parent != folder else None
            known[folder] = _Patterns(own, exclude) if own is not None else above
        return known[folder]

    def patterns_for(folder: Path) -> _Patterns:
        found = policy_of(folder)
        if found is not None:
            return found
        return without.setdefault(given, _Patterns(Rooted(DEFAULT, given, None), exclude))

    for path in paths:
        if not path.exists() and path not in held:
            raise UsageError(f"{path}: no such file or folder")
        whole = path.resolve()
        given = whole if whole.is_dir() else whole.parent
        for file in _walk(whole) if whole.is_dir() else [whole]:
            if file in seen:
                continue
            seen.add(file)
            patterns = patterns_for(file.parent)
            relative = patterns.relative(file)
            if patterns.leaves_out(relative):
                made.excluded += 1
                continue
            made.targets.append(Target(file, _shown(file), patterns.rooted, relative))
        if not whole.is_dir() or not patterns_for(whole).rooted.root.resolve().is_relative_to(whole):
            made.whole_roots = False
    if made.whole_roots:
        return made
    touched = dict.fromkeys(target.rooted.root for target in made.targets)
    for root in dict.fromkeys(root.resolve() for root in touched):
        made.around += _around(root, made.targets, patterns_for)
    return made


def _around(root: Path, targets: list[Target], patterns_for: Callable[[Path], _Patterns]) -> list[Target]:
    """Return the other files of a root; none if the root's own ignore files leave the given ones out."""
    given = {target.path for target in targets}
    found: list[Target] = []
    seen: set[Path] = set()
    for file in _walk(root):
        patterns = patterns_for(file.parent)
        relative = patterns.relative(file)
        seen.add(file)
        if file not in given and not patterns.leaves_out(relative):
            found.append(Target(file, _shown(file), patterns.rooted, relative))
    known = seen & given or any(not path.exists() for path in given)  # what an editor holds may not be there yet
    return found if known else []


def _shown(file: Path) -> str:
    path, here = str(file), os.path.join(os.getcwd(), "")
    return _readable(_posix(path[len(here) :] if path.startswith(here) else os.path.relpath(path)))


def _posix(path: str) -> str:
    return path if os.sep == "/" else path.replace(os.sep, "/")


def _readable(name: str) -> str:
    """Return a file name with bytes that aren't UTF-8 escaped, so that every report can be written."""
    return name.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="backslashreplace")


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the Python files below a folder, sorted; no link is followed."""
    stack: list[tuple[str, _Specs]] = [(str(folder), _ignored_from_above(folder))]
    while stack:
        current, specs = stack.pop()
        try:
            entries = sorted(os.scandir(current), key=lambda entry: entry.name)
        except OSError:
            continue
        names = {entry.name for entry in entries}
        if _is_output(current, names) and current != str(folder):
            continue
        own = _gitignore(current) if ".gitignore" in names else None
        if own is not None:
            specs = (*specs, (os.path.join(current, ""), own))
        folders: list[tuple[str, _Specs]] = []
        for entry in entries:
            if entry.is_symlink():
                continue
            if entry.is_dir():
                if entry.name not in SKIPPED_FOLDERS and not _is_ignored(f"{entry.path}{os.sep}", specs):
                    folders.append((entry.path, specs))
            elif entry.name.endswith(SUFFIXES) and entry.is_file() and not _is_ignored(entry.path, specs):
                yield Path(entry.path)
        stack += reversed(folders)


def _readable_pattern(line: str) -> bool:
    """Whether a line of a scanned ``.gitignore`` is a pattern; what isn't one ignores nothing, as with git."""
    if line.count("*") > _MOST_STARS:
        return False
    try:
        _spec([line])
    except Exception:
        return False
    return True


def _is_output(folder: str, names: set[str]) -> bool:
    """Whether a folder with these entries was made by a tool: build outputs, metadata, virtual environments."""
    name = os.path.basename(folder)
    return (
        (name in OUTPUT_FOLDERS and "__init__.py" not in names) or name.endswith(".egg-info") or "pyvenv.cfg" in names
    )


def _gitignore(folder: str) -> PathSpec | None:
    file = Path(folder, ".gitignore")
    if not file.is_file() or file.is_symlink():
        return None
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return _spec([line for line in lines if line.strip() and _readable_pattern(line)])


def _ignored_from_above(folder: Path) -> _Specs:
    """Return the ignore files between the repository's root and a folder."""
    found: list[tuple[str, PathSpec]] = []
    for parent in folder.parents:
        spec = _gitignore(str(parent))
        # Whoever names a folder that is ignored wants to see it.
        if spec is not None and not _is_ignored(f"{folder}{os.sep}", ((os.path.join(parent, ""), spec),)):
            found.append((os.path.join(parent, ""), spec))
        if (parent / ".git").exists():
            return tuple(reversed(found))
    return ()


def _is_ignored(path: str, specs: _Specs) -> bool:
    """Whether ignore files leave out a path; that of a folder ends with a separator."""
    return any(spec.match_file(_posix(path[len(base) :])) for base, spec in specs)


def module_name(path: Path) -> str:
    """Return a file's dotted module name, by the ``__init__.py`` files above it."""
    parts = [] if path.stem == "__init__" else [path.stem]
    folder = path.parent
    while (folder / "__init__.py").exists():
        parts.append(folder.name)
        folder = folder.parent
    return _readable(".".join(reversed(parts)) or path.stem)
