"""Which of several ways to the same finding is reported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from logguard.core.finding import Finding

Key = tuple[int, int, str, str]
"""Line and column of the reported call, kind, function in which the value became sensitive."""
Rank = tuple[int, bool, int]
"""Of several ways to the same finding: the surest, then the literal in the call itself, then the shortest."""


@dataclass(frozen=True, slots=True)
class Way:
    """A finding, unless another way to it is better."""

    finding: Finding
    key: Key
    rank: Rank
    guessed: bool
    """Whether it gives way to one of the same call and kind that isn't a guess."""
    first: int
    """First line of the statement, for suppression."""
    last: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the lines of its statement, for suppression."""

    finding: Finding
    first: int
    last: int


def better(ways: Iterable[Way]) -> dict[Key, Way]:
    """Return the best way for each key."""
    best: dict[Key, Way] = {}
    for one in ways:
        known = best.get(one.key)
        if known is None or one.rank > known.rank:
            best[one.key] = one
    return best


def chosen(ways: Iterable[Way]) -> list[Judged]:
    """Return the findings of one file in the order of their places; equal calls of a function are numbered."""
    best = better(ways)
    surely = {key[:3] for key, one in best.items() if not one.guessed}
    found: list[Judged] = []
    seen: dict[str, int] = {}
    for key, one in sorted(best.items(), key=lambda item: item[0]):
        if (one.guessed and key[:3] in surely) or one.finding.severity == "off":
            continue
        mark = one.finding.fingerprint
        number = seen[mark] = seen.get(mark, 0) + 1
        finding = msgspec.structs.replace(one.finding, fingerprint=f"{mark}:{number}")
        found.append(Judged(finding, one.first, one.last))
    return found
