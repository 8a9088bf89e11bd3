"""What the callers of a function hand over for its parameters, and what their own callers do, over the program."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from msgspec.structs import replace

from logguard.core.finding import Confidence
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.frame import CallSite, Frame
from logguard.static.flow.module import Module
from logguard.static.flow.objects.arguments import argument
from logguard.static.flow.program import Program
from logguard.static.flow.receiver import Receiver, nearer, receiver_before, receiver_of, related
from logguard.static.flow.resolve import Callee
from logguard.static.flow.values import Hole, Path, Taint, cut

Asked = tuple[str, int, Path, frozenset[str], int]
"""A part of a parameter: function, index, path, keys that are left out, how much of it a slice keeps."""
_MOST_HOLES = 400
"""Parameters that are looked at for one log call."""
_FARTHEST = 8
_PER_STEP = 2
"""Calls on the way that are followed: of a part, as many fewer for each step that leads to it."""
_MOST_MARKS = 8
_One = TypeVar("_One", Taint, Hole)


@dataclass(frozen=True, slots=True)
class Handed:
    """What one call hands over."""

    site: CallSite
    callee: Callee
    taints: tuple[Taint, ...]
    holes: tuple[Hole, ...]


Reached = tuple[Receiver, bool]
"""Of which class the object is that a method runs on, as far as the way tells; and whether the parameter was met as a
field that any object of a class may have: which one, the way doesn't tell."""


def asked(hole: Hole) -> Asked:
    """Return what a hole asks for, without how it was reached."""
    return hole.function, hole.index, hole.path, hole.minus, hole.kept


def carried(one: _One, hole: Hole) -> _One:
    """Return what a caller hands over as it arrives where the hole shows."""
    return replace(one, carrier=one.carrier or hole.carrier, marks=(*one.marks, *hole.marks)[:_MOST_MARKS])


class Callers:
    """Answers for one program; each question is answered once."""

    def __init__(self, evaluator: Evaluator, program: Program) -> None:
        self._evaluator = evaluator
        self._program = program
        self._handed: dict[Asked, list[Handed]] = {}
        self._incoming: dict[tuple[Asked, Reached], list[Taint]] = {}
        self._reached: dict[tuple[str, Frame], Reached] = {}
        self._before: dict[tuple[Frame, int, Receiver, tuple[Module, str] | None], Receiver | None] = {}

    def incoming(self, hole: Hole, at: Frame) -> list[Taint]:
        """Return the sensitive values that callers hand over for what shows in a function, each by its shortest way."""
        key = asked(hole), self._reach(hole.function, at)
        found = self._incoming.get(key)
        if found is None:
            found = self._arriving(replace(hole, carrier="", marks=()), key[1])
            if not self._evaluator.incomplete:  # else the next log call, with a budget of its own, asks again
                self._incoming[key] = found
        return [carried(taint, hole) for taint in found]

    def _arriving(self, start: Hole, reached: Reached) -> list[Taint]:
        found: dict[object, Taint] = {}
        todo: deque[tuple[Hole, Reached, int]] = deque([(start, reached, 0)])
        seen = {(asked(start), reached)}
        while todo and not self._evaluator.exhausted:
            hole, (receiver, any_object), length = todo.popleft()
            for handed in self.handed(hole):
                before = self._receiver_before(handed, receiver)
                if before is None:
                    continue  # another class's method
                for taint in handed.taints:
                    key = (taint.kind, taint.carrier or hole.carrier, taint.origin)
                    confidence = Confidence.LOW if any_object else taint.confidence
                    known = found.get(key)
                    if known is None or known.confidence < confidence:
                        found[key] = replace(carried(taint, hole), confidence=confidence)
                for outer in handed.holes:
                    if length + 1 + _PER_STEP * len(outer.path) >= _FARTHEST:
                        continue
                    own, any_other = self._reach(outer.function, handed.site.frame)
                    state = (asked(outer), (nearer(own, before), any_other or any_object))
                    if state not in seen and len(seen) < _MOST_HOLES:
                        seen.add(state)
                        todo.append((carried(outer, hole), state[1], length + 1))
        return list(found.values())

    def _reach(self, function: str, at: Frame) -> Reached:
        """Return how a parameter of one function is met in another; of a field, nobody knows whose object's it is."""
        key = function, at
        if key not in self._reached:
            self._reached[key] = self._reach_anew(function, at)
        return self._reached[key]

    def _reach_anew(self, function: str, at: Frame) -> Reached:
        owner = self._program.frame(function)
        if owner is None or owner is at or at.key.startswith(owner.key):  # a function in it sees its parameters
            return receiver_of(at), False
        shared = len(self._evaluator.calling.of(owner)) > 1
        if owner.function.cls and related(receiver_of(owner), receiver_of(at)):
            # What a constructor is given is the object's own; what `put` is given may be anything that it keeps.
            return receiver_of(at), shared and not owner.function.name.endswith(".__init__")
        return receiver_of(owner), shared

    def _receiver_before(self, handed: Handed, receiver: Receiver) -> Receiver | None:
        key = handed.site.frame, handed.site.node, receiver, handed.callee.cls
        if key not in self._before:
            self._before[key] = receiver_before(handed.site, handed.callee, receiver)
        return self._before[key]

    def handed(self, hole: Hole) -> list[Handed]:
        """Return what the calls of a function hand over for a parameter."""
        key = asked(hole)
        found = self._handed.get(key)
        if found is None:
            found = list(self._hand(hole))
            if not self._evaluator.incomplete:
                self._handed[key] = found
        return found

    def _hand(self, hole: Hole) -> Iterator[Handed]:
        ev = self._evaluator
        target = self._program.frame(hole.function)
        if target is None:
            return
        name = target.function.name.rpartition(".")[2].partition("#")[0]
        for site, callee in self._evaluator.calling.of(target):
            given = argument(ev, site.frame, site.call, callee, hole, site.shift)
            if hole.kept:
                given = cut(given, hole.kept)
            if given.shown:
                step = ev.mark(site.frame, site.call.line, site.call.column, f"passed to `{name}`")
                taints = tuple(replace(one, marks=(*one.marks, step)) for one in given.taints)
                holes = tuple(replace(one, marks=(*one.marks, step)) for one in given.holes)
                yield Handed(site, callee, taints, holes)
