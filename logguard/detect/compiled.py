"""A gate with what its patterns stand for; compiled anew when values are registered, and cheaply when they are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from logguard.detect.gate import Gate, make
from logguard.detect.known import RUNS, Register

NOBODY, KNOWN, RUNNING = -1, -2, -3
"""Owners of patterns that no entry has: those of the caller, those of the registered values, and those that occur in
most of the registered values."""
_MOST_TOGETHER = 10_000
"""Characters of the registered values' pattern that share an automaton with the other patterns: thousands of values
would make nearly every step of it a new one."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One state of the gate."""

    gate: Gate
    owners: list[int]
    """By pattern: the number of the entry, or one of `NOBODY`, `KNOWN` and `RUNNING`."""
    version: int
    """The register's version that all gates together know."""
    whole: int
    """The register's version that is known without `late`."""
    running: Gate | None
    """Looks for registered values in texts where only a pattern of `RUNNING` occurs."""
    known: Gate | None
    """Looks for registered values, where they are many."""
    late: Gate | None
    """Looks for the values that were registered since."""

    @property
    def match(self) -> Callable[[bytes], object]:
        """Whether anything could be found in UTF-8 bytes: something true or false."""
        first = self.gate.match if self.running is None else self._run
        gates = [first, *(gate.match for gate in (self.known, self.late) if gate is not None)]
        if len(gates) == 1:
            return first
        if len(gates) == 2:
            second = gates[1]
            return lambda data: first(data) or second(data)
        return lambda data: any(match(data) for match in gates)

    @property
    def _run(self) -> Callable[[bytes], object]:
        first = self.gate.match
        second = self.running.match if self.running is not None else bool
        alone = {number for number, owner in enumerate(self.owners) if owner == RUNNING}

        def match(data: bytes) -> object:
            found: Any = first(data)
            return found and (not alone.issuperset(found) or second(data))

        return match

    def owners_in(self, text: str) -> set[int]:
        """Return which entries a text passes to."""
        owners = {self.owners[hit] for hit in self.gate.hits(text)}
        known = (self.known, self.late, self.running if RUNNING in owners else None)
        if any(gate is not None and gate.hits(text) for gate in known):
            owners.add(KNOWN)
        return owners - {RUNNING}


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
    groups = [*enumerate(patterns), (NOBODY, beside)]
    if everything is None or len(everything) <= _MOST_TOGETHER:
        return _joined(groups, everything, None, version, engines)
    running, others = register.patterns()
    made = _joined(groups, others, running, version, engines)
    if made.gate.tells:
        return made
    return replace(_joined(groups, None, None, version, engines), known=make([everything], engines))


def _joined(
    groups: Sequence[tuple[int, Sequence[str]]],
    known: str | None,
    running: str | None,
    version: int,
    engines: Sequence[type[Any]],
) -> Compiled:
    """Return one gate for patterns by owners and for registered values; of those that run, for what tells them."""
    apart = known is not None and len(known) > _MOST_TOGETHER
    if known is not None and not apart:
        groups = [*groups, (KNOWN, (known,))]
    if running is not None:
        groups = [*groups, (RUNNING, RUNS)]
    return Compiled(
        make([pattern for _, some in groups for pattern in some], engines),
        [owner for owner, some in groups for _ in some],
        version,
        version,
        make([running], engines) if running is not None else None,
        make([known], engines) if known is not None and apart else None,
        None,
    )
