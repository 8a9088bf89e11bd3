"""What the callers of a function hand over for its parameters, and what their own callers do, over the program."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from logguard.core.finding import Confidence
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.objects.arguments import argument
from logguard.static.flow.program import HANDED_AS, CallSite, Frame, Program
from logguard.static.flow.receiver import Receiver, nearer, receiver_before, receiver_of, related
from logguard.static.flow.resolve import Callee, functions_of, is_method
from logguard.static.flow.values import Hole, Path, Taint, cut
from logguard.static.index import ir

Asked = tuple[str, int, Path, frozenset[str], int]
"""A part of a parameter: function, index, path, keys that are left out, how much of it a slice keeps."""
_MOST_CALLERS = 200
_MOST_HOLES = 1_000
"""Parameters that are looked at for one log call."""
_FAR, _VERY_FAR = 3, 4
"""Calls on the way from which on a name that is likely, or certain, to say what is held is only a hint."""
_FARTHEST = 6
_MOST_MARKS = 8
_TEST = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:test_[^/]*|[^/]*_tests?|conftest)\.py$")
_One = TypeVar("_One", Taint, Hole)


@dataclass(frozen=True, slots=True)
class Handed:
    """What one call hands over."""

    site: CallSite
    callee: Callee
    taints: tuple[Taint, ...]
    holes: tuple[Hole, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A parameter that is reached on the way back."""

    hole: Hole
    receiver: Receiver
    """The class of the object that its method runs on, as far as the way tells."""
    length: int
    any_object: bool
    """Whether it is a field that any object of a class may have: which one, the way doesn't tell."""


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
        self._sites: dict[Frame, list[tuple[CallSite, Callee]]] = {}
        self._incoming: dict[tuple[Asked, Frame], list[Taint]] = {}

    def incoming(self, hole: Hole, at: Frame) -> list[Taint]:
        """Return the sensitive values that callers hand over for what shows in a function, each by its shortest way."""
        key = asked(hole), at
        if key not in self._incoming:
            self._incoming[key] = self._arriving(replace(hole, carrier="", marks=()), at)
        return [carried(taint, hole) for taint in self._incoming[key]]

    def _arriving(self, hole: Hole, at: Frame) -> list[Taint]:
        found: dict[object, Taint] = {}
        start = self._way(hole, at, 0, any_object=False)
        todo = deque([start])
        seen = {(asked(hole), start.receiver, start.any_object)}
        while todo:
            way = todo.popleft()
            for handed in self.handed(way.hole):
                before = receiver_before(handed.site, handed.callee, way.receiver)
                if before is None:
                    continue  # another class's method
                for taint in handed.taints:
                    moved = _weighed(carried(taint, way.hole), way)
                    key = (moved.kind, moved.carrier, moved.origin)
                    if key not in found or found[key].confidence < moved.confidence:
                        found[key] = moved
                if way.length + 1 >= _FARTHEST:
                    continue
                for outer in handed.holes:
                    moved_hole = carried(outer, way.hole)
                    further = self._way(moved_hole, handed.site.frame, way.length + 1, way.any_object)
                    further = replace(further, receiver=nearer(further.receiver, before))
                    state = (asked(outer), further.receiver, further.any_object)
                    if state not in seen and len(seen) < _MOST_HOLES:
                        seen.add(state)
                        todo.append(further)
        return list(found.values())

    def _way(self, hole: Hole, at: Frame, length: int, any_object: bool) -> _Way:
        """Return a parameter to follow; of a field that another function reads, nobody knows whose object's it is."""
        owner = self._program.frame(hole.function)
        if (
            owner is None
            or owner is at
            or (owner.module is at.module and at.function.name.startswith(owner.function.name))
        ):
            return _Way(hole, receiver_of(at), length, any_object)
        if owner.function.cls and related(receiver_of(owner), receiver_of(at)):
            return _Way(hole, receiver_of(at), length, any_object)
        return _Way(hole, receiver_of(owner), length, any_object or len(self._calls(owner)) > 1)

    def handed(self, hole: Hole) -> list[Handed]:
        """Return what the calls of a function hand over for a parameter."""
        key = asked(hole)
        if key not in self._handed:
            self._handed[key] = list(self._hand(hole))
        return self._handed[key]

    def _hand(self, hole: Hole) -> Iterator[Handed]:
        ev = self._evaluator
        target = self._program.frame(hole.function)
        if target is None:
            return
        name = target.function.name.rpartition(".")[2].partition("#")[0]
        for site, callee in self._calls(target):
            given = argument(ev, site.frame, site.call, callee, hole, site.shift)
            if hole.kept:
                given = cut(given, hole.kept)
            if given.shown:
                step = ev.mark(site.frame, site.call.line, site.call.column, f"passed to `{name}`")
                taints = tuple(replace(one, marks=(*one.marks, step)) for one in given.taints)
                holes = tuple(replace(one, marks=(*one.marks, step)) for one in given.holes)
                yield Handed(site, callee, taints, holes)

    def _calls(self, target: Frame) -> list[tuple[CallSite, Callee]]:
        if target not in self._sites:
            self._sites[target] = list(self._calling(target))
        return self._sites[target]

    def _calling(self, target: Frame) -> Iterator[tuple[CallSite, Callee]]:
        """Yield the calls that run a function, with how they do; what tests hand to what isn't one leaks nothing."""
        program = target.module.program
        names = {target.function.name.rpartition(".")[2].partition("#")[0]}
        if "__init__" in names and target.function.cls:
            heirs = program.heirs(target.module, target.function.cls)
            classes = [target.function.cls, *(heir.name for _, heir in heirs)]
            names |= {cls.rpartition(".")[2].partition("#")[0] for cls in classes}
            names.add("cls")
        tested = _TEST.search(target.module.summary.path) is not None
        count = 0
        for word in sorted(names):
            for site in program.call_sites(word):
                if not tested and _TEST.search(site.frame.module.summary.path):
                    continue
                if site.shift:
                    handed = site.call.args[site.shift - 1] if site.shift > 0 else _target_of(site.call)
                    if any(one.frame is target for one in functions_of(site.frame, handed)):
                        yield site, Callee(target, bound=is_method(target))
                    continue
                for callee in self._evaluator.callees(site.frame, site.node, site.call):
                    if callee.frame is target:
                        count += 1
                        yield site, callee
                        break
                if count > _MOST_CALLERS:
                    return


def _weighed(taint: Taint, way: _Way) -> Taint:
    """Weigh what comes from afar: the more calls lie between, the less a name says."""
    far = way.length >= (_FAR if taint.confidence is Confidence.MEDIUM else _VERY_FAR)
    return (
        replace(taint, confidence=Confidence.LOW)
        if (far and not taint.declared and not taint.certain) or way.any_object
        else taint
    )


def _target_of(call: ir.Call) -> int:
    """Return the function that ``Thread(target=f)`` hands over."""
    return next(value for name, value in call.kwargs if name in HANDED_AS)
