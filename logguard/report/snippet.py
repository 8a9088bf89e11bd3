"""Lines of source to show, with every literal masked that may be a secret."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

from logguard.detect.literal import looks_secret

_RANDOM = re.compile(r"(?<!\S)(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[^\s%{}<>]{8,}")
_AFTER = frozenset({"=", ":", "==", "!=", "return", "in", "or", "+", "else"})
_WORDS = re.compile(r"[^\s\"'()\[\]{},]{16,}")
"""What may be a token anywhere in a line: in a comment, or in a literal that goes over several lines."""
_LONGEST = 2_000
_SLOT = re.compile(r"%[sdrf(]|\{")
_WORD = r"pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|key|pin|otp|basic|bearer|authorization|-u|--user"
_KEYED = re.compile(
    rf"(?i)(?P<key>\b(?:\w*(?:{_WORD}))[\"']?)(?P<sign>\s*[=:]\s*|\s+)(?P<value>[^\s%{{}}<>\"',;]{{3,}})"
)
_PLAIN = re.compile(r"[A-Za-z]+[.,:;!?]?\Z")
_STRING = re.compile(
    r"""(?P<prefix>\b[A-Za-z]{1,2})?(?P<quote>\"\"\"|'''|"|')(?P<text>(?:\\.|(?!(?P=quote)).)*)(?P=quote)"""
)


class Snippets:
    """Reads lines of scanned files, relative to a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: dict[str, list[str]] = {}

    def line(self, path: str, number: int) -> str:
        """Return a line, counted from 1, with literals masked that may be a secret; same length as in the file."""
        if path not in self._lines:
            self._lines[path] = _read(self._folder / path)
        lines = self._lines[path]
        return masked(lines[number - 1]) if 0 < number <= len(lines) else ""


def visible(text: str) -> str:
    """Return text from a scanned tree (a path, a name) that can't steer the terminal."""
    return text.translate(_CONTROL)


def _read(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except (OSError, SyntaxError):
        return []
    text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    return [line.translate(_CONTROL) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


# A scanned file must not be able to steer the terminal that its lines are shown on.
_CONTROL = dict.fromkeys(
    [*range(9), *range(10, 32), 127, *range(128, 160), *range(8234, 8239), *range(8294, 8298)], "�"
)


def masked(line: str) -> str:
    """Replace the text of literals that may be a secret by stars, one for each character."""

    def replace(match: re.Match[str]) -> str:
        text = match["text"]
        hidden = "*" * len(text) if _may_be_secret(text, line[: match.start()].rstrip()) else _KEYED.sub(_stars, text)
        return f"{match['prefix'] or ''}{match['quote']}{hidden}{match['quote']}"

    if len(line) > _LONGEST:
        return "*" * len(line)  # nobody reads it, and a scanned file must not decide how long this takes
    return _WORDS.sub(lambda word: "*" * len(word[0]) if looks_secret(word[0]) else word[0], _STRING.sub(replace, line))


def _stars(match: re.Match[str]) -> str:
    """Mask what stands behind a credential's name; behind a blank, only what isn't a plain word."""
    if match["sign"].isspace() and _PLAIN.match(match["value"]):
        return match[0]
    return f"{match['key']}{match['sign']}{'*' * len(match['value'])}"


def _may_be_secret(text: str, before: str) -> bool:
    if looks_secret(text) is not None:
        return True
    if len(text) < 4 or _SLOT.search(text):
        return any(looks_secret(word) for word in text.split())
    if _RANDOM.search(text) and " " not in text.strip():
        return not re.fullmatch(r"[a-z_]+[0-9]?", text)
    last = re.search(r"(==|!=|[=:+]|\w+)\Z", before)
    return last is not None and last[1] in _AFTER and " " not in text
