"""Files of any size, cleaned in blocks: what passes no gate goes out as the bytes that came in."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from logguard.runtime.redact.blocks import BLOCK, MANY_LINES, Blocks
from logguard.runtime.scrubber import Scrubber

_BEHIND = 4
"""Lines that a value may take together with its key."""
_OPEN = (">", "=", ":", ",", "[", "(", "{", "'", '"', "\\")
"""At the end of a line, these say that a value may follow on the next."""
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order mark stays in the text, as its first character."""


class Stream:
    """Cleans one stream of bytes: text, JSON Lines, or both in turns.

    Bytes that aren't UTF-8 stay what they are; UTF-16 and UTF-32 are recognised by their byte order mark.
    """

    def __init__(self, scrubber: Scrubber) -> None:
        self._scrubber = scrubber
        self.counts: Counter[str] = Counter()
        """Values hidden, by kind; ``withheld: reason`` for what could not be looked at."""

    def clean(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the cleaned stream; memory doesn't grow with its length."""
        blocks = Blocks(self._passes)
        decoder: codecs.IncrementalDecoder | None = None
        encoding = "utf-8"
        for chunk in chunks:
            if decoder is None:
                encoding = next((name for mark, name in _WIDE if chunk.startswith(mark)), "utf-8")
                decoder = codecs.getincrementaldecoder(encoding)(
                    "surrogateescape" if encoding == "utf-8" else "replace"
                )
            for block in blocks.push(decoder.decode(chunk), at_most=BLOCK):
                yield self._encoded(self._block(block) if blocks.passed else block, encoding)
        if decoder is None:
            return
        for block in blocks.push(decoder.decode(b"", final=True), at_most=BLOCK):
            yield self._encoded(self._block(block) if blocks.passed else block, encoding)
        for block in blocks.rest():
            yield self._encoded(self._block(block) if blocks.passed else block, encoding)

    def _encoded(self, text: str, encoding: str) -> bytes:
        return text.encode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")

    def _block(self, block: str) -> str:
        """Clean the lines of a block that pass the gate, with those behind them that may belong to them."""
        if not self._passes(block):
            return block
        lines = block.splitlines(keepends=True)
        parts: list[str] = []
        at = 0
        while at < len(lines):
            if not self._passes(lines[at]):
                parts.append(lines[at])
                at += 1
                continue
            end = self._region(lines, at)
            parts.append(self._piece("".join(lines[at:end])))
            at = end
        return "".join(parts)

    def _region(self, lines: list[str], at: int) -> int:
        """Return where the lines end that one may have a value with: a few, or the rest for what has many."""
        if MANY_LINES.search(lines[at]) is not None:
            return len(lines)
        if lines[at].rstrip()[-1:] not in _OPEN:
            return at + 1
        return min(len(lines), at + _BEHIND)

    def _passes(self, text: str) -> bool:
        return bool(self._scrubber.match(text.encode("utf-8", "surrogatepass")))

    def _piece(self, text: str) -> str:
        if "{" not in text and "[" not in text:
            return self._text(text)
        made: list[str] = []
        plain: list[str] = []
        for line in text.splitlines(keepends=True):
            cleaned = self._json(line) if line[:1] in ("{", "[") else None
            if cleaned is None:
                plain.append(line)
                continue
            made += [self._text("".join(plain)), cleaned]
            plain = []
        return "".join([*made, self._text("".join(plain))])

    def _text(self, text: str) -> str:
        if not text:
            return text
        cleaned, found = self._scrubber.counted(text)
        self._count(found)
        return cleaned

    def _json(self, line: str) -> str | None:
        """Return a line of JSON cleaned as JSON, so that it stays JSON; ``None`` for one that isn't."""
        try:
            data = json.loads(line, object_pairs_hook=_once, parse_float=_Number, parse_constant=_Number)
        except (ValueError, RecursionError):
            return None
        if not self._passes(line):
            return line
        cleaned, found = self._scrubber.counted_data(data)
        if not found:
            return line
        self._count(found)
        separators = (", ", ": ") if '": ' in line else (",", ":")
        text = json.dumps(cleaned, separators=separators, ensure_ascii=line.isascii(), default=_marked)
        return _MARKED.sub(r"\1", text) + line[len(line.rstrip("\r\n")) :]

    def _count(self, found: Iterable[tuple[str, str]]) -> None:
        for kind, detector in found:
            self.counts[f"{kind}: {detector}" if kind == "withheld" else kind] += 1


class _Number(Decimal):
    """A number that is written as it was read."""

    text: str

    def __new__(cls, text: str) -> _Number:
        made = super().__new__(cls, text)
        made.text = text
        return made


_MARKED = re.compile(r'"(?:\\ue000|\ue000)([^"]*?)(?:\\ue001|\ue001)"')


def _marked(number: object) -> str:
    return f"\ue000{number.text}\ue001" if isinstance(number, _Number) else str(number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made
