"""Errors that a user can act on: what, where and what to do, in one line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class LogguardError(Exception):
    """Base of everything that logguard raises on purpose; its text is one line for a person."""


class UsageError(LogguardError):
    """A path or an option that can't be used as given."""


class PolicyError(LogguardError):
    """A policy that can't be used: unknown key, wrong type, or a name that doesn't exist.

    ``path`` and ``line`` (from 1) point into the policy file where they are known.
    """

    def __init__(self, message: str, path: Path | None = None, line: int | None = None) -> None:
        self.path = path
        self.line = line
        shown = _near(path)
        where = "" if path is None else f"{shown}:{line}: " if line else f"{shown}: "
        super().__init__(where + message)


def _near(path: Path | None) -> str:
    """Return a path relative to the working folder where it lies below it."""
    if path is None:
        return ""
    from pathlib import Path

    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the closest known word, or an empty string."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""
