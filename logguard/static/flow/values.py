"""What is known of a value: which sensitive values show in it, which parameters do, or that it tells nothing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from logguard.core.catalog import Carrier
from logguard.core.finding import Confidence
from logguard.core.kinds import is_guessable, kinds
from logguard.static.index.ir import FEW

Path = tuple[str, ...]
"""Keys and attributes leading from a value to a part of it.

``*`` is any of them, ``?`` one that isn't known, ``?2`` the one that parameter 2 says; `CALLED` and `ANSWER` lead to
what comes of it.
"""
CALLED = "()"
"""The step to what a function returns, where which function it is isn't known yet: a callback."""
ANSWER = ">"
"""The step to the answer to a request that hands something over."""


def is_unknown(step: str) -> bool:
    """Whether a step may lead to any part."""
    return step == "*" or step.startswith("?")


class State(IntEnum):
    """Whether a value without taints is known to be harmless."""

    NONE = 0
    """There is no value: ``None``, an empty string, not assigned yet."""
    CLEAN = 1
    """Known to tell nothing, whatever its name says."""
    UNKNOWN = 2
    """Nothing is known: its name decides."""


class Place(NamedTuple):
    """Where in the program: module path, qualified function, line (from 1), column (from 0, in bytes)."""

    path: str
    function: str
    line: int
    column: int


class Mark(NamedTuple):
    """A step of a path, with what happened there in a few words."""

    place: Place
    note: str
    through: bool = False
    """Whether it went through a function and came back."""


class Taint(msgspec.Struct, frozen=True, gc=False):
    """A sensitive value that shows."""

    kind: str
    carrier: Carrier
    confidence: Confidence
    origin: Place
    why: str
    """What made it sensitive, in a few words: ``the name `password```."""
    declared: bool = False
    """Whether policy or annotation says so."""
    guessed: bool = False
    """Whether only its uses say so; given up where a name or a flow says the same."""
    marks: tuple[Mark, ...] = ()
    """The steps since its origin, in order."""
    certain: bool = False
    """Whether catalog or policy name the function that it comes from: no distance makes that less sure."""
    answered: bool = False
    """Whether it is what an answer is said to hold: logged where something failed, it is most often without."""
    told_back: bool = False
    """Whether only who gets it back from a function tells: what others get from that function is another answer."""


class Hole(msgspec.Struct, frozen=True, gc=False):
    """A parameter (or the part of it at ``path``) that shows: its callers decide what that is."""

    function: str
    """``module:qualified name``."""
    index: int
    path: Path
    minus: frozenset[str]
    """Keys that don't show."""
    carrier: Carrier = ""
    marks: tuple[Mark, ...] = ()
    kept: int = 0
    """How many characters a slice keeps of it: from the front, or, if negative, from the end; 0 is all."""


Shown = Taint | Hole


class Value(msgspec.Struct, frozen=True, gc=False):
    """All that may show of a value."""

    shown: tuple[Shown, ...] = ()
    state: State = State.UNKNOWN

    @property
    def taints(self) -> tuple[Taint, ...]:
        """The sensitive values in it."""
        return tuple([one for one in self.shown if isinstance(one, Taint)]) if self.shown else ()

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The parameters in it."""
        return tuple([one for one in self.shown if isinstance(one, Hole)]) if self.shown else ()


NONE = Value((), State.NONE)
CLEAN = Value((), State.CLEAN)
UNKNOWN = Value((), State.UNKNOWN)
_EMPTY = (NONE, CLEAN, UNKNOWN)
"""By state."""
_SOME = 10
_MOST_SHOWN = 24
_MOST_MARKS = 8


def union(values: Iterable[Value]) -> Value:
    """Return a value that may be any of several, or shows them all."""
    state = State.NONE
    showing: list[Value] = []
    for value in values:
        if value.state > state:
            state = value.state
        if value.shown:
            showing.append(value)
    if not showing:
        return _EMPTY[state]
    if len(showing) == 1:
        return showing[0] if showing[0].state is state else Value(showing[0].shown, state)
    best: dict[tuple[object, ...], Shown] = {}
    for value in showing:
        for one in value.shown:
            key = (
                (one.kind, one.carrier, one.origin)
                if isinstance(one, Taint)
                else (one.function, one.index, one.path, one.minus, one.kept)
            )
            known = best.get(key)
            if known is None or len(one.marks) < len(known.marks):
                best[key] = one
    return Value(tuple(best.values())[:_MOST_SHOWN], state)


def passed(value: Value, mark: Mark | None = None, carrier: Carrier | None = None) -> Value:
    """Return the value after one more step, or as a part of a carrier (which it keeps if it has one)."""
    if not value.shown:
        return value
    made: list[Shown] = []
    for one in value.shown:
        added = carrier if carrier and not one.carrier else None
        if mark is not None and len(one.marks) < _MOST_MARKS:
            made.append(replace(one, marks=(*one.marks, mark), carrier=added or one.carrier))
        else:
            made.append(replace(one, carrier=added) if added else one)
    return Value(tuple(made), value.state)


def cut(value: Value, kept: int) -> Value:
    """Return what is left of a text of which ``kept`` characters show (of its end, if negative): a partial mask."""
    made = [_cut(one, kept) for one in value.shown]
    return Value(tuple(one for one in made if one is not None), value.state if any(made) else State.CLEAN)


def _cut(one: Shown, kept: int) -> Shown | None:
    if isinstance(one, Hole):
        return replace(one, kept=kept)
    few = abs(kept) <= FEW
    kind = kinds().get(one.kind)
    if kept < 0 and few and kind is not None and kind.last_four:
        return replace(one, kind="payment.last_four", carrier="")
    if is_guessable(one.kind):
        return replace(one, carrier="mask", confidence=min(one.confidence, Confidence.MEDIUM))
    if few:
        return None
    some = Confidence.LOW if abs(kept) <= _SOME else min(one.confidence, Confidence.MEDIUM)
    return replace(one, carrier="mask", confidence=some)


def weakened(value: Value, most: Confidence) -> Value:
    """Return the value with at most this confidence."""
    return Value(
        tuple(replace(o, confidence=min(o.confidence, most)) if isinstance(o, Taint) else o for o in value.shown),
        value.state,
    )


def doubted(value: Value, of: str = "") -> Value:
    """Return the value where a name or a use on its way says that it is something else.

    ``of`` is how the kinds begin that it can't be; what is declared or certain stays what it is.
    """
    shown = tuple(
        replace(one, confidence=Confidence.LOW)
        if isinstance(one, Taint) and one.kind.startswith(of) and not (one.declared or one.certain)
        else one
        for one in value.shown
    )
    return Value(shown, value.state)
