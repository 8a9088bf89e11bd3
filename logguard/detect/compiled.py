"""A gate with what its patterns stand for; compiled anew when values are registered, and cheaply when they are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from logguard.detect.gate import Gate, make
from logguard.detect.known import Register

NOBODY, KNOWN = -1, -2
"""Owners of patterns that no entry has: those of the caller, and those of the registered values."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One state of the gate."""

    gate: Gate
    owners: list[int]
    """By pattern: the number of the entry, or one of `NOBODY` and `KNOWN`."""
    version: int
    """The register's version that gate and late gate together know."""
    whole: int
    """The register's version that the gate alone knows."""
    late: Gate | None
    """Looks for the values that were registered since."""

    @property
    def match(self) -> Callable[[bytes], object]:
        """Whether anything could be found in UTF-8 bytes: something true or false."""
        gate, late = self.gate.match, self.late
        if late is None:
            return gate
        second = late.match
        return lambda data: gate(data) or second(data)

    def owners_in(self, text: str) -> set[int]:
        """Return which entries a text passes to."""
        owners = {self.owners[hit] for hit in self.gate.hits(text)}
        if self.late is not None and self.late.hits(text):
            owners.add(KNOWN)
        return owners


def compiled(
    patterns: Sequence[Sequence[str]],
    beside: Sequence[str],
    register: Register,
    engines: Sequence[type[Any]],
    last: Compiled | None,
) -> Compiled:
    """Return the gate for patterns by entry, those of the caller ``beside`` them, and the values of a register."""
    version, everything = register.version, register.pattern()
    late = register.pattern_since(last.whole) if last is not None else None
    if last is not None and late is not None:
        return replace(last, version=version, late=make([late], engines) if late else None)
    owners: list[int] = []
    flat: list[str] = []
    for number, some in enumerate(patterns):
        flat += some
        owners += [number] * len(some)
    flat += beside
    owners += [NOBODY] * len(beside)
    if everything is not None:
        flat.append(everything)
        owners.append(KNOWN)
    return Compiled(make(flat, engines), owners, version, version, None)
