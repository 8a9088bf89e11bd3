"""Literals that are a credential by their shape alone: provider tokens, PEM blocks, URLs with a password.

Cheap enough for every string literal of a file; ``detectors.py`` has the thorough look for those that are reported.
"""

from __future__ import annotations

import re
from functools import lru_cache

from logguard.detect.budget import Budget
from logguard.detect.shapes import Shape, shapes

_URL = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@{}%<>$*]{0,64}:"
    r"(?!\*|x{3}|(?:password|passwd|pass|pwd|pw|secret|token)\b|[A-Z_]+@|<|\$)(?=[^@]*[^a-z@])[^\s/:@{}%<>$*]{6,64}@[\w.-]+"
)
_PEM = re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{8,}")
_RUN = re.compile(r"[^\s]{12}")
"""What every token has, and few literals of a program do."""


def looks_secret(text: str) -> str | None:
    """Return the kind that a literal's shape gives away, or ``None``."""
    if not _RUN.search(text):
        return None
    if "-----BEGIN" in text and _PEM.search(text):
        return "credential.private_key"
    if _any().search(text):
        for shape in _literals():
            if any(True for _ in shape.find(text, Budget(len(text)))):
                return shape.kind
    return "credential.connection_string" if "://" in text and _URL.search(text) else None


@lru_cache(maxsize=1)
def _any() -> re.Pattern[str]:
    """Return a pattern for all shapes at once: nearly no literal has any."""
    # Of the bounded patterns, so that the search takes time in proportion to the text.
    bounded = (re.sub(r"\(\?P<\w+>", "(?:", shape.pattern.pattern) for shape in _literals())
    return re.compile("|".join(bounded), re.ASCII)


@lru_cache(maxsize=1)
def _literals() -> tuple[Shape, ...]:
    return tuple(shape for shape in shapes() if shape.literal)
