"""Values that a format frames: the key stands in an attribute, a header or a list of columns, the value elsewhere.

XML and its CDATA, multipart forms, YAML blocks and SQL's ``INSERT``; keys are those of the policy's vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from logguard.core.finding import Confidence
from logguard.detect.budget import Budget
from logguard.detect.keyed import Keyed
from logguard.detect.span import Detection

GATES = (
    r"form-data;\s",
    r"<!\[CDATA\[",
    r"(?:name|key)=[\"'][A-Za-z0-9_.:-]+[\"'][^<>]*(?:>|value=[\"'])",
    r":[ \t]*[|>][+-]?[0-9]?[ \t]*\r?\n",
    r"(?i:insert)\s+(?i:into)\s",
)
"""What each of the frames has, for every engine."""

_LINE = r"(?:\r?\n|\\r\\n|\\n)"
_NAME = r"[A-Za-z0-9_.:-]{1,80}"
_FRAMES = tuple(
    re.compile(pattern)
    for pattern in (
        # RFC 7578: further headers, an empty line, the value.
        (
            rf"form-data;[^\r\n\\]{{0,80}}?\bname=\"(?P<key>[\w.\[\]-]{{1,80}})\"(?:;[^\r\n\\]{{0,200}})?{_LINE}"
            rf"(?:[\w-]{{1,60}}:[^\r\n\\]{{0,200}}{_LINE}){{0,4}}{_LINE}(?P<v>[^\r\n\\]{{1,8192}})"
        ),
        rf"<(?P<key>{_NAME})(?:\s[^<>]{{0,200}})?>\s{{0,80}}<!\[CDATA\[(?P<v>[^\]]{{1,8192}})",
        rf"\b(?:name|key)=[\"'](?P<key>{_NAME})[\"'][^<>]{{0,200}}?\bvalue=[\"'](?P<v>[^\"'<>]{{1,8192}})",
        rf"\b(?:name|key)=[\"'](?P<key>{_NAME})[\"'][^<>]{{0,200}}>(?P<v>[^<>]{{1,8192}})<",
        # YAML 1.2, 8.1: a block scalar is what is indented more than its key.
        (
            rf"(?m:^)(?P<indent>[ \t]{{0,40}})(?:- )?[\"']?(?P<key>{_NAME})[\"']?:"
            r"[ \t]{0,8}[|>][+-]?\d?[ \t]{0,8}\r?\n\s{0,80}?"
            r"(?P<v>(?:(?P=indent)[ \t]{1,40}[^\s][^\n]{0,1024}(?:\n|\Z)|[ \t]{0,40}\n){1,200})"
        ),
    )
)
_INSERT = re.compile(
    r"(?i:insert)\s{1,8}(?i:into)\s{1,8}[^\s(]{1,200}\s{0,8}\((?P<columns>[^()]{1,2048})\)\s{0,8}(?i:values)\s{0,8}(?=\()"
)
_ROW = re.compile(r"\s{0,8},?\s{0,8}\(")
_CELL = re.compile(
    r"\s{0,8}(?:[A-Za-z]{0,2}'(?P<text>(?:[^'\\]|''|\\.){0,4096})'|[^,()']{0,256}(?:\([^()]{0,256}\))?)\s{0,8}(?P<end>[,)]|\Z)"
)
_MOST_ROWS = 1_000


class Framed:
    """Finds what stands in a frame whose key is sensitive."""

    name = "frame"

    def __init__(self, keyed: Keyed) -> None:
        self._keyed = keyed

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the values in frames; raises ``ExhaustedError``."""
        for frame in _FRAMES:
            budget.spend(len(text))
            for match in frame.finditer(text):
                budget.spend(match.end() - match.start())
                yield from self._value(text, match["key"], *match.span("v"))
        budget.spend(len(text))
        for insert in _INSERT.finditer(text):
            yield from self._rows(text, insert, budget)

    def _value(self, text: str, key: str, start: int, end: int) -> Iterator[Detection]:
        value = text[start:end]
        start, end = start + len(value) - len(value.lstrip()), end - len(value) + len(value.rstrip())
        found = self._keyed.meaning(key.strip("[]"))
        if found is None or found.confidence is Confidence.LOW or end <= start:
            return
        if self._keyed.holds(text[start:end], found):
            yield Detection(start, end, found.kind, self.name, found.confidence)

    def _rows(self, text: str, insert: re.Match[str], budget: Budget) -> Iterator[Detection]:
        columns = [name.strip(' \t\n"`[]') for name in insert["columns"].split(",")]
        at = insert.end()
        for _ in range(_MOST_ROWS):
            row = _ROW.match(text, at)
            if row is None:
                return
            at = row.end()
            for column in columns:
                cell = _CELL.match(text, at)
                if cell is None:
                    return
                budget.spend(cell.end() - cell.start() + 1)
                at = cell.end()
                if cell["text"] is not None:
                    yield from self._value(text, column, *cell.span("text"))
                if cell["end"] != ",":
                    break
