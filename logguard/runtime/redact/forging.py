"""Log forging (CWE-117): characters in values that could begin a line, or change how one is shown."""

from __future__ import annotations

import re

GATE = (
    r"[\x00-\x08\x0A-\x1F\x7F]",
    "|".join(
        chr(code)
        for code in (
            *range(0x80, 0xA0),
            0x61C,
            *range(0x200B, 0x2010),
            *range(0x2028, 0x202F),
            *range(0x2060, 0x206A),
            0xFEFF,
        )
    ),
)
"""What lets a text pass the gate: the same characters as `_HOSTILE`, one by one where UTF-8 has several bytes."""
_HOSTILE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b-\u200f\u061c\u2028-\u202e\u2060-\u2069\ufeff]")
_TRACEBACK = "Traceback (most recent call last)"
_TRACE_LINE = re.compile(
    r"\n(?=[ \t]|Traceback \(most recent|During handling of|The above exception was|"
    r"[A-Za-z_][\w.]*(?:Error|Exception|Warning|Exit|Interrupt|Group|Timeout)\b|\Z)|\n\n(?=During|The above)"
)


def escaped(text: str) -> str:
    """Return a text without control characters, line separators and direction marks: they are spelled out.

    A traceback's lines stay lines; tabs stay.
    """
    if _HOSTILE.search(text) is None:
        return text
    if _TRACEBACK not in text:
        return _HOSTILE.sub(_spelled, text)
    parts = _TRACE_LINE.split(text)
    marks = [match[0] for match in _TRACE_LINE.finditer(text)]
    cleaned = [_HOSTILE.sub(_spelled, part) for part in parts]
    return "".join(part + mark for part, mark in zip(cleaned, [*marks, ""], strict=True))


def kept(text: str) -> str:
    """Return a text of several lines with its lines, and everything else spelled out."""
    return "\n".join(_HOSTILE.sub(_spelled, line) for line in text.split("\n"))


def _spelled(match: re.Match[str]) -> str:
    code = ord(match[0])
    short = {10: "\\n", 13: "\\r"}.get(code)
    return short or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
