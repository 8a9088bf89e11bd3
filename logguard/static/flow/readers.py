"""What other functions read of a value: those that it is handed back or on to, and those that see where it is kept.

``data = answer.json(); log.debug(data); return data`` shows a token where a caller reads ``["access_token"]`` of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from logguard.core.finding import Confidence
from logguard.core.kinds import title
from logguard.static.flow.anchors import Anchor, anchor_of, containers, unwrapped
from logguard.static.flow.frame import Frame, roots
from logguard.static.flow.resolve import Callee, is_self
from logguard.static.flow.values import Taint, Value
from logguard.static.index import ir

if TYPE_CHECKING:
    from logguard.static.flow.evaluate import Evaluator

_FARTHEST = 3
"""How far a value is followed to who reads of it, in the steps below."""
_BACK, _OVER, _KEPT = 1, 2, 1
"""How far it is to who gets a value back, to what it is handed over to, and to the attribute that keeps it."""
_MOST_PLACES = 100
"""Places where one value is looked at."""
_Held = tuple[Frame, Anchor]
"""A value in a function."""


class Readers:
    """Answers for one program."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._handed: dict[Frame, dict[Anchor, list[tuple[int, ir.Call, int | str]]]] = {}
        self._kept: dict[Frame, dict[Anchor, list[str]]] = {}
        self._back: dict[Frame, dict[Anchor, set[Anchor]]] = {}
        self._told: dict[_Held, list[Taint]] = {}
        self._others: dict[tuple[_Held, str], list[_Held]] = {}

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
            if held not in self._told:
                self._told[held] = list(self._read(*held))
            for taint in self._told[held]:
                taints.setdefault(taint.kind, taint)
            for other, step in self._beyond(held, _FARTHEST - far) if len(seen) < _MOST_PLACES else ():
                if other not in seen and len(seen) < _MOST_PLACES:
                    seen.add(other)
                    todo.append((other, far + step))
        return Value(tuple(taints.values()))

    def _read(self, frame: Frame, anchor: Anchor) -> Iterator[Taint]:
        ev = self._evaluator
        masked = {put.key for _, put in frame.of_kind(ir.Put) if put.key and anchor in _anchors(frame, put.base)}
        for use in ev.evidence(frame.module).read_of(frame, anchor):
            if use.key in masked:
                continue  # it puts something else in its place
            kind, place = use.meaning.kind, ev.place(frame, use.line, use.column)
            why = f"`{use.key}` is read of this answer, so it holds {title(kind)}"
            yield Taint(kind, "body", Confidence.MEDIUM, place, why, guessed=True, answered=True, told_back=True)

    def _beyond(self, held: _Held, far: int) -> Iterator[tuple[_Held, int]]:
        """Yield the same value in other functions, and as an attribute, with how far it is."""
        ways = (
            (0, self._made_of),
            (_BACK, self._handed_back),
            (_KEPT, self._kept_in),
            (_OVER, self._handed_over),
        )
        for step, way in ways:
            if step <= far:
                key = (held, way.__name__)
                if key not in self._others:
                    self._others[key] = list(islice(way(*held), _MOST_PLACES))
                yield from ((other, step) for other in self._others[key])

    def _handed_back(self, frame: Frame, anchor: Anchor) -> Iterator[_Held]:
        if frame not in self._back:
            found = self._back[frame] = {}
            for one in frame.function.returns:
                for part, place in _returned(frame, one):
                    for held in _anchors(frame, part):
                        found.setdefault(held, set()).add(place)
        places = self._back[frame].get(anchor)
        for site, _ in self._evaluator.calling.of(frame) if places else ():
            there = anchor_of(site.frame, site.node)
            for place in sorted(places or ()):
                if there is not None:
                    yield site.frame, (*there, *place)

    def _handed_over(self, frame: Frame, anchor: Anchor) -> Iterator[_Held]:
        for number, call, given in self._handed_on(frame).get(anchor, ()):
            for callee in self._evaluator.callees(frame, number, call):
                index = _parameter(callee, given)
                if index is not None and callee.frame is not None:
                    yield callee.frame, ("parameter", callee.frame.function.name, index)

    def _made_of(self, frame: Frame, anchor: Anchor) -> Iterator[_Held]:
        """Yield the value in the constructor of the same class: ``from_answer`` hands it to ``cls``."""
        for other, there in self._handed_over(frame, anchor) if frame.function.cls else ():
            if other.function.cls == frame.function.cls and other.function.name.endswith(".__init__"):
                yield other, there

    def _kept_in(self, frame: Frame, anchor: Anchor) -> Iterator[_Held]:
        for name in self._kept_as(frame).get(anchor, ()):
            yield frame, ("self", frame.function.cls or "", name)

    def _kept_as(self, frame: Frame) -> dict[Anchor, list[str]]:
        """Return the attributes of its object that a function sets, by what it sets them to."""
        if frame not in self._kept:
            found = self._kept[frame] = {}
            for _, put in frame.of_kind(ir.Put):
                if put.attribute and put.key and is_self(frame, put.base):
                    for anchor in _anchors(frame, put.value):
                        found.setdefault(anchor, []).append(put.key)
        return self._kept[frame]

    def _handed_on(self, frame: Frame) -> dict[Anchor, list[tuple[int, ir.Call, int | str]]]:
        """Return the arguments of a function's calls by what they are."""
        if frame not in self._handed:
            found = self._handed[frame] = {}
            for number, call in frame.of_kind(ir.Call):
                fixed = call.args if call.fixed < 0 else call.args[: call.fixed]
                doubles = (("**", one) for one in call.doubles)
                arguments: list[tuple[int | str, int]] = [*enumerate(fixed), *call.kwargs, *doubles]
                for given, one in arguments:
                    for anchor in _anchors(frame, one):
                        found.setdefault(anchor, []).append((number, call, given))
        return self._handed[frame]


def _returned(frame: Frame, number: int) -> Iterator[tuple[int, Anchor]]:
    """Yield what a function returns, and where in its result that is: the parts of ``return status, answer``."""
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, ir.Group) and node.type == "tuple":
            yield from ((one, ("[]", key)) for key, one in node.entries)
        else:
            yield root, ()


def _anchors(frame: Frame, number: int) -> set[Anchor]:
    """Return what a node is, or a part of: ``answer`` of ``cast(dict, answer["result"])``."""
    wholes = (one for root in unwrapped(frame, number) for one in containers(frame, root))
    return set(filter(None, (anchor_of(frame, one) for one in wholes)))


def _parameter(callee: Callee, given: int | str) -> int | None:
    """Return which parameter takes an argument, given by its place, its name or, with all its entries, by ``**``."""
    params = callee.frame.function.params if callee.frame is not None else []
    if isinstance(given, int):
        place = given + callee.offset
        return place if place < len(params) and params[place].form == "any" else None
    return next((place for place, one in enumerate(params) if given == one.name or one.form == given == "**"), None)
