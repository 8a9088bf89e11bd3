"""What the callers of a function hand over for its parameters, and what their own callers do, over the program."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from msgspec.structs import replace

from logguard.core.finding import Confidence
from logguard.static.flow.delegates import delegating
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.frame import HANDED_AS, CallSite, Frame, roots
from logguard.static.flow.module import Module
from logguard.static.flow.objects.arguments import argument
from logguard.static.flow.program import Program
from logguard.static.flow.receiver import Receiver, nearer, receiver_before, receiver_of, related
from logguard.static.flow.resolve import Callee, functions_of, is_method, named_function
from logguard.static.flow.values import Hole, Path, Taint, cut
from logguard.static.index import ir

Asked = tuple[str, int, Path, frozenset[str], int]
"""A part of a parameter: function, index, path, keys that are left out, how much of it a slice keeps."""
_MOST_CALLERS = 200
_MOST_HOLES = 400
"""Parameters that are looked at for one log call."""
_FARTHEST = 8
_PER_STEP = 2
"""Calls on the way that are followed: of a part, as many fewer for each step that leads to it."""
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
        self._by_word: dict[str, dict[Frame, list[tuple[CallSite, Callee | None]]]] = {}
        self._tests: dict[str, bool] = {}
        self._sites: dict[Frame, list[tuple[CallSite, Callee]]] = {}
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
        shared = len(self._calls(owner)) > 1
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
        if (target.function.parent or "").endswith(".__getattr__"):
            names |= set(program.undefined)  # a method that is made when it is asked for has any name
        if "__call__" in names and target.function.cls:
            names |= set(program.names_of_callable(target.function.cls.rpartition(".")[2]))
        names |= delegating(self._evaluator.catalog, target)
        tested = self._is_test(target)
        count = 0
        for word in sorted(names):
            for site, callee in self._resolved(word).get(target, ()):
                if not tested and self._is_test(site.frame):
                    continue
                if callee is None:
                    for calling in self._taking(site) or [site]:
                        yield calling, Callee(target, bound=is_method(target))
                    continue
                count += 1
                yield site, callee
                if count > _MOST_CALLERS:
                    return
        yield from ((site, Callee(target)) for site in self._decorating(target))

    def _decorating(self, target: Frame) -> Iterator[CallSite]:
        """Yield the calls that the project's decorators of a function make of it."""
        for decorator in target.function.decorators:
            for callee in named_function(target.module.body, decorator):
                made = callee.frame
                if made is None:
                    continue
                inner = [
                    one for one in made.module.frames.values() if one.function.name.startswith(f"{made.function.name}.")
                ]
                given = {one.function.params[0].name for one in (made, *inner) if one.function.params}
                for frame in inner:
                    for number, node in frame.of_kind(ir.Call):
                        func = frame.node(node.func)
                        if isinstance(func, ir.Free) and func.name in given:
                            yield CallSite(frame, number, node)

    def _resolved(self, word: str) -> dict[Frame, list[tuple[CallSite, Callee | None]]]:
        """Return the calls under a name by what they run; without a callee, those that take it as a callback."""
        if word not in self._by_word:
            found = self._by_word[word] = {}
            for site in self._program.call_sites(word):
                for frame, callee in self._runs(site).items():
                    found.setdefault(frame, []).append((site, callee))
        return self._by_word[word]

    def _runs(self, site: CallSite) -> dict[Frame, Callee | None]:
        if site.shift:
            handed = site.call.args[site.shift - 1] if site.shift > 0 else _target_of(site.call)
            return {one.frame: None for one in functions_of(site.frame, handed) if one.frame is not None}
        run: dict[Frame, Callee | None] = {}
        for callee in self._evaluator.callees(site.frame, site.node, site.call):
            if callee.frame is not None:
                run.setdefault(callee.frame, callee)
        return run

    def _is_test(self, frame: Frame) -> bool:
        path = frame.module.summary.path
        if path not in self._tests:
            self._tests[path] = _TEST.search(path) is not None
        return self._tests[path]

    def _taking(self, site: CallSite) -> list[CallSite]:
        """Return the calls that a function of the program makes of a function that it is handed."""
        found: list[CallSite] = []
        for callee in self._evaluator.callees(site.frame, site.node, site.call) if site.shift > 0 else ():
            inner = callee.frame
            index = site.shift - 1 + (1 if callee.bound else 0)
            if inner is None or index >= len(inner.function.params):
                continue
            name = inner.function.params[index].name
            nested = (one for one in inner.module.frames.values() if one.function.parent == inner.function.name)
            for frame in (inner, *nested):
                for number, node in frame.of_kind(ir.Call):
                    if _is_parameter(frame, node.func, index if frame is inner else name):
                        # ``f(*args)`` hands over what comes with `f` in each call, not what comes with another `f`.
                        forwards = node.stars and not node.args and not node.kwargs
                        found.append(site if forwards else CallSite(frame, number, node))
        return list({(one.frame, one.node): one for one in found}.values())


def _is_parameter(frame: Frame, number: int, wanted: int | str) -> bool:
    """Whether a node is a parameter: by its number in its own function, by its name in one that is nested in it."""
    for root in roots(frame, number):
        node = frame.node(root)
        if (isinstance(node, ir.Param) and node.index == wanted) or (isinstance(node, ir.Free) and node.name == wanted):
            return True
    return False


def _target_of(call: ir.Call) -> int:
    """Return the function that ``Thread(target=f)`` hands over."""
    return next(value for name, value in call.kwargs if name in HANDED_AS)
