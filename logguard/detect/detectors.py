"""The thorough look at the few literals of a program that may be secrets."""

from __future__ import annotations

import re

from logguard.detect.literal import looks_secret
from logguard.detect.plugins import load

_KEYED = re.compile(
    r"(?i)\b(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?token|auth[_-]?token)\s*[=:]\s*[\"']?(?P<value>[^\s\"'%{}<>*,;()$]{6,})"
)
_WORD = re.compile(r"[A-Za-z]+\.?\Z")


def verdict(text: str) -> str | None:
    """Return the kind of secret that a literal holds, or ``None``; the text is kept nowhere."""
    kind = looks_secret(text)
    if kind is not None:
        return kind
    keyed = _KEYED.search(text)
    if keyed is not None and not _WORD.match(keyed["value"]):
        return "credential.generic"
    for line in text.splitlines()[:50]:
        short = line[:500]
        for detector, row in load():
            if row.literal and any(True for _ in detector.analyze_string(short)):
                return row.kind
    return None
