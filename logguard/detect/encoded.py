"""Text inside text: percent-encoding, base64 and backslash escapes are undone, searched, and mapped back."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from logguard.detect.budget import Budget
from logguard.detect.span import Detection

PERCENT = r"%(?i:3d|3a|22|27|40|7b|20|2b|2f|0a|5f)"
BASE64 = r"(?:^|[^A-Za-z0-9+/_-])(?:[A-Za-f][A-Za-z0-9+/_-]{3}){5}"
"""The first of four characters of base64 holds the upper bits of a byte: in ASCII text it is one of these."""
ESCAPES = r"\\+(?:(?:u00[2-7]|x[2-7])[0-9A-Fa-f]|[nrt])|\x1B\["
"""Characters that are spelled out, and colours of a terminal: their last letter hides where a word begins."""

_PERCENT_RUN = re.compile(r"(?:[^\s\"'<>%]{0,256}%[0-9A-Fa-f]{2}){1,2048}[^\s\"'<>%]{0,256}")
_PERCENT_BYTES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BASE64_RUN = re.compile(r"[A-Za-z0-9+/_-]{20,16384}={0,2}")
_ESCAPED = re.compile(r"\\{1,7}(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|[nrt])|\x1b\[[0-9;]{0,16}[A-Za-z]")
_PRINTABLE = re.compile(r"[\t\n\r\x20-\x7e\xa0-\U0010ffff]*\Z")

Search = Callable[[str, Budget], Iterable[Detection]]


class Layer(NamedTuple):
    """A decoded stretch, and where each of its characters came from."""

    text: str
    starts: list[int]
    """Offset in the outer text of each character, and of the end."""
    whole: bool
    """Whether what is found makes all of the stretch sensitive: parts of base64 can't be masked."""


def search(text: str, budget: Budget, inner: Search) -> Iterator[Detection]:
    """Yield what ``inner`` finds in the decoded layers of a text, at its place in the text."""
    for layer in layers(text, budget):
        for found in inner(layer.text, budget):
            start, end = (0, len(layer.text)) if layer.whole else (found.start, found.end)
            yield Detection(layer.starts[start], layer.starts[end], found.kind, found.detector, found.confidence)


def layers(text: str, budget: Budget) -> Iterator[Layer]:
    """Yield the stretches of a text that hold encoded text, decoded once."""
    budget.spend(2 * len(text))
    if "%" in text:
        for run in _PERCENT_RUN.finditer(text):
            budget.spend(len(run[0]))
            yield _unquoted(run[0], run.start())
    if _ESCAPED.search(text):
        yield _unescaped(text)
    for run in _BASE64_RUN.finditer(text):
        decoded = _text_of(run[0])
        if decoded:
            budget.spend(len(run[0]))
            size = len(run[0])
            yield Layer(
                decoded,
                [run.start() + min(size, i * size // len(decoded)) for i in range(len(decoded))] + [run.end()],
                True,
            )


def _unquoted(run: str, offset: int) -> Layer:
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for encoded in _PERCENT_BYTES.finditer(run):
        parts.append(run[at : encoded.start()])
        starts.extend(range(offset + at, offset + encoded.start()))
        data = bytes.fromhex(encoded[0].replace("%", ""))
        place = offset + encoded.start()
        for character in data.decode("utf-8", "surrogateescape"):
            parts.append(character)
            starts.append(place)
            place += 3 * len(character.encode("utf-8", "surrogateescape"))
        at = encoded.end()
    parts.append(run[at:])
    starts.extend(range(offset + at, offset + len(run) + 1))
    return Layer("".join(parts), starts, False)


def _unescaped(text: str) -> Layer:
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for escaped in _ESCAPED.finditer(text):
        parts.append(text[at : escaped.start()])
        starts.extend(range(at, escaped.start()))
        code = escaped[1] or escaped[2]
        parts.append(chr(int(code, 16)) if code else "\n")
        starts.append(escaped.start())
        at = escaped.end()
    parts.append(text[at:])
    starts.extend(range(at, len(text) + 1))
    return Layer("".join(parts), starts, False)


def _text_of(run: str) -> str | None:
    """Return the text that a run of base64 characters holds; ``None`` for anything else, which most runs are."""
    bare = run.rstrip("=")
    if len(bare) % 4 == 1:
        return None
    try:
        data = base64.b64decode(bare.translate(_STANDARD) + "=" * (-len(bare) % 4), validate=True)
        decoded = data.decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return decoded if _PRINTABLE.match(decoded) else None


_STANDARD = str.maketrans("-_", "+/")
