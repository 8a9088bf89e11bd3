"""A gate with what its patterns stand for; compiled anew when values are registered, and cheaply when they are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from logguard.detect.gate import Gate, make
from logguard.detect.known import Register

NOBODY, KNOWN = -1, -2
"""Owners of patterns that no entry has: those of the caller, and those of the registered values."""


_MOST_TOGETHER = 10_000
"""Characters of the registered values' pattern that share an automaton with the other patterns: thousands of values
would make nearly every step of it a new one."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One state of the gate."""

    gate: Gate
    owners: list[int]
    """By pattern: the number of the entry, or one of `NOBODY` and `KNOWN`."""
    version: int
    """The register's version that all gates together know."""
    whole: int
    """The register's version that is known without `late`."""
    known: Gate | None
    """Looks for registered values, where they are many."""
    late: Gate | None
    """Looks for the values that were registered since."""

    @property
    def match(self) -> Callable[[bytes], object]:
        """Whether anything could be found in UTF-8 bytes: something true or false."""
        gates = [gate.match for gate in (self.gate, self.known, self.late) if gate is not None]
        if len(gates) == 1:
            return gates[0]
        if len(gates) == 2:
            first, second = gates
            return lambda data: first(data) or second(data)
        return lambda data: any(match(data) for match in gates)

    def owners_in(self, text: str) -> set[int]:
        """Return which entries a text passes to."""
        owners = {self.owners[hit] for hit in self.gate.hits(text)}
        if any(gate is not None and gate.hits(text) for gate in (self.known, self.late)):
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
    apart = everything is not None and len(everything) > _MOST_TOGETHER
    if everything is not None and not apart:
        flat.append(everything)
        owners.append(KNOWN)
    known = make([everything], engines) if everything is not None and apart else None
    return Compiled(make(flat, engines), owners, version, version, known, None)
