"""What other functions read of a value: those that it is handed back or on to, and those that see where it is kept.

``data = answer.json(); log.debug(data); return data`` shows a token where a caller reads ``["access_token"]`` of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from logguard.core.finding import Confidence
from logguard.static.flow.anchors import Anchor, anchor_of, containers, unwrapped
from logguard.static.flow.frame import Frame
from logguard.static.flow.resolve import Callee, is_self
from logguard.static.flow.values import Taint, Value
from logguard.static.index import ir

if TYPE_CHECKING:
    from logguard.static.flow.evaluate import Evaluator

_FARTHEST = 3
"""Functions that a value is followed through to who reads of it."""
_MOST_PLACES = 100
_Held = tuple[Frame, Anchor]
"""A value in a function."""


class Readers:
    """Answers for one program."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._handed: dict[Frame, dict[Anchor, list[tuple[int, ir.Call, int | str]]]] = {}

    def of(self, frame: Frame, number: int) -> Value:
        """Return what is read of a node's value in other functions."""
        anchor = anchor_of(frame, number)
        if anchor is None:
            return Value()
        taints: dict[str, Taint] = {}
        todo: deque[tuple[_Held, int]] = deque([((frame, anchor), 0)])
        seen = {(frame, anchor)}
        while todo:
            held, far = todo.popleft()
            for taint in self._read(*held):
                taints.setdefault(taint.kind, taint)
            for other in self._beyond(*held) if far < _FARTHEST else ():
                if other not in seen and len(seen) < _MOST_PLACES:
                    seen.add(other)
                    todo.append((other, far + 1))
        return Value(tuple(taints.values()))

    def _read(self, frame: Frame, anchor: Anchor) -> Iterator[Taint]:
        ev = self._evaluator
        for use in ev.evidence(frame.module).read_of(frame, anchor):
            kind, place = use.meaning.kind, ev.place(frame, use.line, use.column)
            why = f"`{use.key}` is read of this answer at line {use.line}, so it holds {ev.title(kind)}"
            yield Taint(kind, "body", Confidence.MEDIUM, place, why, guessed=True, told_back=True)

    def _beyond(self, frame: Frame, anchor: Anchor) -> Iterator[_Held]:
        """Yield the same value in other functions, or as an attribute."""
        if any(anchor in _anchors(frame, one) for one in frame.function.returns):
            for site, _ in self._evaluator.calling.of(frame):
                there = anchor_of(site.frame, site.node)
                if there is not None:
                    yield site.frame, there
        for number, call, given in self._handed_on(frame).get(anchor, ()):
            for callee in self._evaluator.callees(frame, number, call):
                index = _parameter(callee, given)
                if index is not None and callee.frame is not None:
                    yield callee.frame, ("parameter", callee.frame.function.name, index)
        for _, put in frame.of_kind(ir.Put):
            if put.attribute and put.key and is_self(frame, put.base) and anchor in _anchors(frame, put.value):
                yield frame, ("self", frame.function.cls or "", put.key)

    def _handed_on(self, frame: Frame) -> dict[Anchor, list[tuple[int, ir.Call, int | str]]]:
        """Return the arguments of a function's calls by what they are."""
        if frame not in self._handed:
            found = self._handed[frame] = {}
            for number, call in frame.of_kind(ir.Call):
                arguments: list[tuple[int | str, int]] = [*enumerate(call.args), *call.kwargs]
                for given, one in arguments:
                    for anchor in _anchors(frame, one):
                        found.setdefault(anchor, []).append((number, call, given))
        return self._handed[frame]


def _anchors(frame: Frame, number: int) -> set[Anchor]:
    """Return what a node is, or a part of: ``answer`` of ``cast(dict, answer["result"])``."""
    wholes = (one for root in unwrapped(frame, number) for one in containers(frame, root))
    return set(filter(None, (anchor_of(frame, one) for one in wholes)))


def _parameter(callee: Callee, given: int | str) -> int | None:
    """Return which parameter takes an argument, given by its place or its name."""
    params = callee.frame.function.params if callee.frame is not None else []
    if isinstance(given, int):
        place = given + callee.offset
        return place if place < len(params) and params[place].form == "any" else None
    return next((place for place, one in enumerate(params) if one.name == given), None)
