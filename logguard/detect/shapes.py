"""Values that their shape gives away: the table ``shapes.toml``, read and searched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from logguard.core.finding import Confidence
from logguard.core.tables import beside
from logguard.detect.budget import Budget
from logguard.detect.checks import CHECKS, FITS, Check
from logguard.detect.span import Detection

LONGEST = 512
"""Characters: the upper bound of a repetition without one. Longer values are taken whole by ``whole``."""

_OPEN = re.compile(r"\{(\d+),\}")
_REST = re.compile(r"[A-Za-z0-9_+/=-]*")
_BEFORE, _AFTER = 72, 320
"""Characters around an anchor that a match may take."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One row: a form of values."""

    name: str
    """The provider's or the format's name."""
    kind: str
    """The kind of the values."""
    source: str
    """The pattern, in the syntax that all engines share."""
    gate: str
    """A pattern that occurs in every text that has a value of this shape."""
    pattern: re.Pattern[str]
    """The pattern for `re`, with every repetition bounded."""
    check: Check | None
    """What a match must also pass."""
    fit: Callable[[str], int] | None
    """Says how much of a match is the value, where the pattern can't."""
    anchor: str
    """A text that every match has, or an empty one."""
    whole: bool
    """Whether a longer run of token characters belongs to the value."""
    literal: bool
    """Whether a literal of this shape is a finding for the linter."""
    always: bool
    """Whether it is searched for even where its kind isn't searched for by shape."""
    everything: bool
    """Whether only the preset ``everything`` searches for it."""

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the values of this shape; raises ``ExhaustedError``."""
        position = 0
        while True:
            start, end = self._window(text, position)
            if start < 0:
                return
            match = self.pattern.search(text, start, end)
            budget.spend((end if match is None else match.end()) - start)
            if match is None:
                if not self.anchor:
                    return
                position = self._next_anchor(text, position)
                continue
            group = match.lastgroup or 0
            begin, finish = match.span(group)
            if self.fit is not None:
                finish = begin + self.fit(match[group])
            if finish > begin and (self.check is None or self.check(match[0], match[group])):
                if self.whole:
                    rest = _REST.match(text, finish)
                    finish = rest.end() if rest is not None else finish
                yield Detection(begin, finish, self.kind, self.name, Confidence.HIGH)
            position = max(finish, match.end() if self.fit is None else begin + 1, position + 1)

    def _window(self, text: str, position: int) -> tuple[int, int]:
        if not self.anchor:
            return (position, len(text)) if position < len(text) else (-1, -1)
        at = text.find(self.anchor, position)
        return (-1, -1) if at < 0 else (max(position, at - _BEFORE), min(len(text), at + _AFTER))

    def _next_anchor(self, text: str, position: int) -> int:
        return text.find(self.anchor, position) + len(self.anchor)


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """Return every row of the table, in its order."""
    table = beside(__file__, "shapes.toml")
    return tuple(
        Shape(
            name=row["name"],
            kind=row["kind"],
            source=row["pattern"],
            gate=row.get("gate", row["pattern"]),
            pattern=re.compile(_OPEN.sub(lambda m: f"{{{m[1]},{max(LONGEST, int(m[1]))}}}", row["pattern"]), re.ASCII),
            check=CHECKS[row["check"]] if row.get("check", "iban") not in FITS else None,
            fit=FITS.get(row.get("check", "")),
            anchor=row.get("anchor", ""),
            whole=row.get("whole", False),
            literal=row.get("literal", False),
            always=row.get("always", False),
            everything=row.get("preset") == "everything",
        )
        for row in table["shape"]
    )
