"""Suppression comments: ``# logguard: ignore[LGD101] reason``, tied to a statement."""

from __future__ import annotations

import datetime
import re
import tokenize
from dataclasses import dataclass

from logguard.static.logcall.source import SourceText

MARK = "logguard:"
_COMMENT = re.compile(r"#\s*logguard:\s*ignore(?:\[(?P<ids>[^\]]*)\])?\s*(?P<rest>.*)")
_UNTIL = re.compile(r"until\s+(?P<date>\d{4}-\d{2}-\d{2})\s*:?\s*")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment that asks to ignore findings."""

    line: int
    column: int
    end_column: int
    ids: tuple[str, ...]
    reason: str
    until: datetime.date | None
    alone: bool
    """Whether it has a line for itself, and so stands for the line below."""

    @property
    def lacks(self) -> str | None:
        """What it lacks in order to suppress: a rule id or a reason."""
        if not self.ids:
            return "rule id"
        if self.reason.lower().startswith("until "):
            return "date of the form 2027-01-31 behind `until`"
        return None if self.reason else "reason"

    def expired(self, today: datetime.date) -> bool:
        """Whether its date is past."""
        return self.until is not None and today > self.until

    def covers(self, first: int, last: int) -> bool:
        """Whether it stands on one of these lines, or alone on the line above."""
        return first <= self.line <= last or (self.alone and self.line == first - 1)


def suppressions(text: SourceText) -> list[Suppression]:
    """Return the suppression comments of a file; strings that only look like one are none."""
    if not any(MARK in line for line in text.lines):
        return []
    found: list[Suppression] = []
    lines = iter([line + "\n" for line in text.lines])
    try:
        for token in tokenize.generate_tokens(lambda: next(lines, "")):
            match = _COMMENT.search(token.string) if token.type == tokenize.COMMENT else None
            if match is not None:
                found.append(_made(match, token))
    except (tokenize.TokenError, SyntaxError):
        return found
    return found


def _made(match: re.Match[str], token: tokenize.TokenInfo) -> Suppression:
    rest = match["rest"].strip()
    until: datetime.date | None = None
    dated = _UNTIL.match(rest)
    if dated is not None:
        try:
            until = datetime.date.fromisoformat(dated["date"])
        except ValueError:
            until = datetime.date.min
        rest = rest[dated.end() :]
    ids = tuple(word.strip() for word in (match["ids"] or "").split(",") if word.strip())
    line, column = token.start
    column += match.start()
    alone = not token.line[: token.start[1]].strip()
    return Suppression(line, column + 1, token.end[1] + 1, ids, rest.strip(), until, alone)
