"""What the callers of a function hand over for its parameters, and what their own callers do, over the program."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.objects.arguments import argument
from logguard.static.flow.program import HANDED_AS, CallSite, Frame, Program
from logguard.static.flow.resolve import Callee, functions_of, is_method
from logguard.static.flow.values import Hole, Path, Taint, cut
from logguard.static.index import ir

Asked = tuple[str, int, Path, frozenset[str], int]
"""A part of a parameter: function, index, path, keys that are left out, how much of it a slice keeps."""
_MOST_CALLERS = 200
_MOST_HOLES = 2_000
"""Parameters that are looked at for one log call."""
_MOST_MARKS = 8
_One = TypeVar("_One", Taint, Hole)


@dataclass(frozen=True, slots=True)
class Handed:
    """What one call hands over."""

    site: CallSite
    taints: tuple[Taint, ...]
    holes: tuple[Hole, ...]


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
        self._incoming: dict[Asked, list[Taint]] = {}

    def incoming(self, hole: Hole) -> list[Taint]:
        """Return the sensitive values that callers hand over, each by its shortest way."""
        key = asked(hole)
        if key not in self._incoming:
            self._incoming[key] = self._arriving(replace(hole, carrier="", marks=()))
        return [carried(taint, hole) for taint in self._incoming[key]]

    def _arriving(self, hole: Hole) -> list[Taint]:
        found: dict[object, Taint] = {}
        todo = deque([hole])
        seen = {asked(hole)}
        while todo:
            current = todo.popleft()
            for handed in self.handed(current):
                for taint in handed.taints:
                    moved = carried(taint, current)
                    found.setdefault((moved.kind, moved.carrier, moved.origin), moved)
                for outer in handed.holes:
                    if asked(outer) not in seen and len(seen) < _MOST_HOLES:
                        seen.add(asked(outer))
                        todo.append(carried(outer, current))
        return list(found.values())

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
        name = target.function.name.rpartition(".")[2]
        for site, callee in self._calls(target):
            given = argument(ev, site.frame, site.call, callee, hole, site.shift)
            if hole.kept:
                given = cut(given, hole.kept)
            if given.shown:
                step = ev.mark(site.frame, site.call.line, site.call.column, f"passed to `{name}`")
                taints = tuple(replace(one, marks=(*one.marks, step)) for one in given.taints)
                holes = tuple(replace(one, marks=(*one.marks, step)) for one in given.holes)
                yield Handed(site, taints, holes)

    def _calls(self, target: Frame) -> list[tuple[CallSite, Callee]]:
        if target not in self._sites:
            self._sites[target] = list(self._calling(target))
        return self._sites[target]

    def _calling(self, target: Frame) -> Iterator[tuple[CallSite, Callee]]:
        """Yield the calls that run a function, with how they do."""
        program = target.module.program
        names = {target.function.name.rpartition(".")[2].partition("#")[0]}
        if "__init__" in names and target.function.cls:
            heirs = program.heirs(target.module, target.function.cls)
            classes = [target.function.cls, *(heir.name for _, heir in heirs)]
            names |= {cls.rpartition(".")[2].partition("#")[0] for cls in classes}
            names.add("cls")
        count = 0
        for word in sorted(names):
            for site in program.call_sites(word):
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


def _target_of(call: ir.Call) -> int:
    """Return the function that ``Thread(target=f)`` hands over."""
    return next(value for name, value in call.kwargs if name in HANDED_AS)
