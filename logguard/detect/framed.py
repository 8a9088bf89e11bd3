"""Values that a format frames: the key stands in an attribute, a header or a list of columns, the value elsewhere.

XML and its CDATA, multipart forms, YAML blocks and SQL's ``INSERT``; keys are those of the policy's vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator

from logguard.core.finding import Confidence
from logguard.detect.budget import Budget
from logguard.detect.keyed import Keyed
from logguard.detect.span import Detection

GATES = (
    r"form-data;",
    r"<!\[CDATA\[",
    r"(?:name|key)=[\"'][A-Za-z0-9_.:-]",
    r":[ \t]*[|>][0-9+-]*[ \t]*\r?\n",
    r"(?i:insert)\s+(?i:into)\s",
)
"""What each of the frames has, for every engine."""

_NAME = r"[A-Za-z0-9_.:-]{1,80}"
_BREAK = r"\r?\n|\\r\\n|\\n"
_MULTIPART = re.compile(
    # RFC 7578: further headers, an empty line, the value.
    rf"form-data;[^\r\n\\]{{0,80}}?\bname=\"(?P<key>[\w.\[\]-]{{1,80}})\"(?:;[^\r\n\\]{{0,200}})?(?P<break>{_BREAK})"
    rf"(?:[\w-]{{1,60}}:[^\r\n\\]{{0,200}}(?P=break)){{0,4}}(?P=break)"
)
_DATA = re.compile(rf"<(?P<key>{_NAME})(?:\s[^<>]{{0,200}})?>\s{{0,80}}<!\[CDATA\[")
_ATTRIBUTE = re.compile(
    rf"\b(?:name|key)=[\"'](?P<key>{_NAME})[\"'][^<>]{{0,200}}?(?:\bvalue=(?P<quote>[\"'])|>(?=[^<>]))"
)
_BLOCK = re.compile(
    # YAML 1.2, 8.1: a block scalar is what is indented more than its key.
    rf"(?m:^)(?P<indent>[ \t]{{0,40}})(?:- )?[\"']?(?P<key>{_NAME})[\"']?:"
    r"[ \t]{0,8}[|>][0-9+-]{0,3}[ \t]{0,8}\r?\n"
)
_INSERT = re.compile(
    r"(?i:insert)\s{1,8}(?i:into)\s{1,8}[^\s(]{1,200}\s{0,8}\((?P<columns>[^()]{1,2048})\)\s{0,8}(?i:values)\s{0,8}(?=\()"
)
_ROW = re.compile(r"\s{0,8},?\s{0,8}\(")
_TEXT = re.compile(r"\s{0,8}[A-Za-z]{0,2}(?:'(?:[^'\\]|''|\\.)*'|\"(?:[^\"\\]|\"\"|\\.)*\")(?:::\w{1,40})?", re.DOTALL)
_QUOTE = re.compile(r"\s{0,8}[A-Za-z]{0,2}['\"]")
_OTHER = re.compile(r"[^,()'\"]{0,256}(?:\([^()]{0,256}\))?")
_END_OF_CELL = re.compile(r"\s{0,8}(?P<end>[,)]|\Z)")
_MOST_ROWS = 1_000


class Framed:
    """Finds what stands in a frame whose key is sensitive."""

    name = "frame"

    def __init__(self, keyed: Keyed) -> None:
        self._keyed = keyed

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the values in frames; raises ``ExhaustedError``."""
        for opening, closing in _FRAMES:
            budget.spend(len(text))
            at = 0
            while (match := opening.search(text, at)) is not None:
                at = match.end()
                if self._keyed.meaning(match["key"].strip("[]")) is not None:
                    end = closing(text, match)
                    budget.spend(end - match.start())
                    yield from self._value(text, match["key"], match.end(), end)
                    at = max(at, end)
        budget.spend(len(text))
        at = 0
        while (insert := _INSERT.search(text, at)) is not None:
            at = yield from self._rows(text, insert, budget)

    def _value(self, text: str, key: str, start: int, end: int) -> Iterator[Detection]:
        value = text[start:end]
        start, end = start + len(value) - len(value.lstrip()), end - len(value) + len(value.rstrip())
        found = self._keyed.meaning(key.strip("[]"))
        if found is None or found.confidence is Confidence.LOW or end <= start:
            return
        if self._keyed.holds(text[start:end], found):
            yield Detection(start, end, found.kind, self.name, found.confidence)

    def _rows(self, text: str, insert: re.Match[str], budget: Budget) -> Generator[Detection, None, int]:
        """Yield the values of sensitive columns, and return where the rows end."""
        columns = [name.strip(' \t\n"`[]') for name in insert["columns"].split(",")]
        at = insert.end()
        for _ in range(_MOST_ROWS):
            row = _ROW.match(text, at)
            if row is None:
                break
            at = row.end()
            for column in columns:
                quote = _QUOTE.match(text, at)
                whole = _TEXT.match(text, at) if quote is not None else _OTHER.match(text, at)
                stop = whole.end() if whole is not None else len(text)  # a text without an end was cut off
                budget.spend(stop - at + 1)
                if quote is not None:
                    closing = text.rfind(quote[0][-1], quote.end(), stop) if whole is not None else stop
                    yield from self._value(text, column, quote.end(), closing)
                end = _END_OF_CELL.match(text, stop)
                if end is None:
                    return stop
                at = end.end()
                if end["end"] != ",":
                    break
        return at


def _before(text: str, mark: str, start: int) -> int:
    """Return where a mark is, or the end of the text, which may be cut off."""
    at = text.find(mark, start)
    return at if at >= 0 else len(text)


def _end_of_part(text: str, opening: re.Match[str]) -> int:
    """The line of the boundary ends a part; where there is none, its own line does."""
    boundary = text.find(f"{opening['break']}--", opening.end())
    return boundary if boundary >= 0 else _before(text, opening["break"], opening.end())


def _end_of_attribute(text: str, opening: re.Match[str]) -> int:
    return _before(text, opening["quote"] or "<", opening.end())


def _end_of_block(text: str, opening: re.Match[str]) -> int:
    at = opening.end()
    while at < len(text):
        end = _before(text, "\n", at)
        line = text[at:end]
        deeper = line.startswith(opening["indent"]) and line[len(opening["indent"]) :][:1] in (" ", "\t")
        if line.strip() and not deeper:
            break
        at = end + 1
    return min(at, len(text))


_FRAMES: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], int]], ...] = (
    (_MULTIPART, _end_of_part),
    (_DATA, lambda text, opening: _before(text, "]]>", opening.end())),
    (_ATTRIBUTE, _end_of_attribute),
    (_BLOCK, _end_of_block),
)
"""How a frame begins, and where its value ends."""
