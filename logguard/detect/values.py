"""Where the value behind a key begins and ends: quoted, in brackets, wrapped in a call, or bare."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Extent = Literal["token", "digits", "words", "clauses", "line"]
"""How far a bare value goes."""


class Place(NamedTuple):
    """A stretch of the text that may be a value."""

    start: int
    end: int
    quoted: bool


LONGEST = 8_192
"""Characters of a value that are looked at; a longer one ends with its line."""
_MOST_WORDS = 16

_QUOTE = re.compile(r"[bBrRuUfF@]?(?P<quote>\\{0,7}(?:\"|'|`|&quot;|&#39;|&#34;)|%22|%27)")
_LINE_END = re.compile(r"[\r\n]|\\n(?=[A-Z\"']|\Z)|\Z")
_BARE = re.compile(
    r"[^\s,;|&\"'`<\\]+|[,;|&](?![\s\"'`\[{(]|[A-Za-z_][\w.%\[\]-]{0,63}[=:]|\Z)|\\(?![nrt\"'])|<(?!/)|[\"'`](?=\w)"
)
_WRAPPED = re.compile(r"(?:[A-Za-z_]\w{0,40}\.){0,3}[A-Z]\w{0,60}\(|(?:datetime\.)?date(?:time)?\(")
_CODE = re.compile(
    r"[A-Za-z_][\w.]{0,80}(?:[(\[][\w.\"'\[\](), =*-]{0,80}[)\]](?![\w!@#$%^&*])|\((?=\s|\Z))"
    r"|(?:self|cls|os|request|settings|config|var|local)\.[\w.]+"
)
"""What stands behind a key in the source of a program: a call, an item, an attribute."""
_TEMPLATE = re.compile(
    r"\$\{|\$\(|\$(?:[A-Z_][A-Z\d_]*|[a-z_]+)(?![^\s\"'`,;)}\]])|\{\{|\{\w{0,40}\}|<[^\s>][^>\n]{0,80}>"
    r"|<\w{1,40}:\w|ENC[(\[]|%[sdr](?![\w])|%\(|\*{3}|\[[A-Z_]+(?:_\d+)?\]|[|>][0-9+-]{1,3}(?=[ \t]{0,8}\r?\n)"
)
"""A place for a value, a mask of one, one that is encrypted (sops, jasypt), or the mark of a block (YAML)."""
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_NEXT_WORD = re.compile(r"[ \t]([^\s,;|&\"'`<>=]{1,128})(?=[\s,;|&\"'`<>]|\Z)(?!\s{0,2}[:=])")
_NEXT_CLAUSE = re.compile(r",?[ \t]([^\s;|&\"'`<>=]{1,128})(?=[\s;|&\"'`<>]|\Z)(?!\s{0,2}[:=])")
_HAS_VALUE = re.compile(r"[^\W_]")


def place(text: str, at: int, extent: Extent, strict: bool = False) -> Place | None:
    """Return the value that begins at ``at``; ``None`` where there is none, only a mask or a place for one.

    ``strict`` asks for a closing quote, where it isn't certain that a value follows at all.
    """
    quote = _QUOTE.match(text, at)
    if quote is not None:
        return _quoted(text, quote.end(), quote["quote"], strict)
    if _TEMPLATE.match(text, at):
        return None
    if text[at : at + 1] in ("[", "("):
        return _bracketed(text, at)
    wrapped = _WRAPPED.match(text, at)
    if wrapped is not None:
        inner = _bracketed(text, wrapped.end() - 1)
        if inner is None or inner.end <= inner.start:
            return None
        quoted = _QUOTE.match(text, inner.start)
        return place(text, inner.start, "token") if quoted is not None else inner
    if _CODE.match(text, at):
        return None
    return _bare(text, at, extent)


def _quoted(text: str, start: int, quote: str, strict: bool) -> Place | None:
    """The end is the first closing quote that isn't escaped and has no letter behind it."""
    at = start
    limit = min(len(text), start + LONGEST)
    while True:
        at = text.find(quote, at, limit)
        if at < 0:
            if strict:
                return None
            line = _LINE_END.search(text, start, limit)
            end = line.start() if line is not None else limit
            return _filled(text, start, end, True)
        behind = text[at + len(quote) : at + len(quote) + 1]
        escaped = (
            quote[0] not in "\\&%" and text[at - 1 : at] == "\\" and (len(text[:at]) - len(text[:at].rstrip("\\"))) % 2
        )
        if not escaped and not (behind.isalnum() and text.find(quote, at + 1, limit) >= 0 and not strict):
            break
        at += 1
    return None if _TEMPLATE.match(text, start) else _filled(text, start, at, True)


def _bracketed(text: str, at: int) -> Place | None:
    """What stands between a bracket and the one that closes it, quotes respected."""
    depth = 0
    inside = ""
    limit = min(len(text), at + LONGEST)
    for position in range(at, limit):
        character = text[position]
        if inside:
            inside = "" if character == inside and text[position - 1] != "\\" else inside
        elif character in "\"'":
            inside = character
        elif character in "[({":
            depth += 1
        elif character in "])}":
            depth -= 1
            if depth == 0:
                return _filled(text, at + 1, position, True)
    line = _LINE_END.search(text, at, limit)
    return _filled(text, at + 1, line.start() if line is not None else limit, True)


def _bare(text: str, at: int, extent: Extent) -> Place | None:
    if extent == "line":
        line = _LINE_END.search(text, at, min(len(text), at + LONGEST))
        return _filled(text, at, line.start() if line is not None else at + LONGEST, False)
    end = at
    limit = min(len(text), at + LONGEST)
    while end < limit:
        part = _BARE.match(text, end, limit)
        if part is None:
            break
        end = part.end()
    end = _without_closers(text, at, end)
    if extent != "token" and end > at and text[end - 1] not in ".;!":
        end = _over_blanks(text, end, extent)
    return _filled(text, at, end, False)


def _over_blanks(text: str, end: int, extent: Extent) -> int:
    for _ in range(_MOST_WORDS):
        word = (_NEXT_CLAUSE if extent == "clauses" else _NEXT_WORD).match(text, end)
        if word is None:
            break
        if extent == "digits" and not any(c.isdigit() for c in word[1]):
            follower = _NEXT_WORD.match(text, word.end())
            if follower is None or not follower[1][0].isdigit() or len(word[1]) > 9:
                break
        if word[1] in ("-", "->", "=>", "--"):
            break
        end = word.end()
        if word[1][-1] in ".!":
            break
    return _without_closers(text, end - 1, end) if end else end


def _without_closers(text: str, start: int, end: int) -> int:
    """Leave closing brackets at the end to what was opened before the value."""
    while end > start and text[end - 1] in _CLOSERS:
        opener = _CLOSERS[text[end - 1]]
        if text.count(opener, start, end) >= text.count(text[end - 1], start, end):
            break
        end -= 1
    return end


def _filled(text: str, start: int, end: int, quoted: bool) -> Place | None:
    value = text[start:end]
    if not _HAS_VALUE.search(value):
        return None
    lead = len(value) - len(value.lstrip())
    return Place(start + lead, end - (len(value) - len(value.rstrip())), quoted)
