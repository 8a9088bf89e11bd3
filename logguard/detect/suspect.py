"""The cheap look that decides which literals are worth a thorough one."""

from __future__ import annotations

import re

_LONGEST = 4_000
_RUN = re.compile(r"[\w\-/+=.]{16,}")
_MIXED = (re.compile(r"\d"), re.compile(r"[A-Za-z]"))
_SHAPE = re.compile(r"://[^/\s]{0,200}@|-----BEGIN|(?i:pass\w{0,12}|secret|token|key)\s{0,3}[=:]\s{0,3}[^\s%{<*]{6,}")


def suspect(text: str) -> bool:
    """Whether a literal has a long mixed run, user information, a PEM header or ``password=…``.

    Takes time in proportion to the text, of which only the beginning is looked at: scanned files are hostile.
    """
    text = text[:_LONGEST]
    if _SHAPE.search(text):
        return True
    return any(all(part.search(run) for part in _MIXED) for run in _RUN.findall(text))
