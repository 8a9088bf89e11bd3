"""Answers to questions that need one another: kept, and found by going round where they form a cycle.

An answer that needs one that is still open is provisional. The outermost of a cycle, its head, is asked again with what
it brought so far until it brings no more; then the others of the cycle are right as well, and are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from itertools import islice
from typing import NamedTuple

from logguard.static.flow.values import CLEAN, NONE, Taint, Value, union

_MOST_ROUNDS = 3
_MOST_KNOWN = 150_000
"""Answers that are kept: some 60 MB."""
_NOTHING = 1 << 30
_CUT_SHORT = -1
_OF_A_CHAIN = 0.9
"""How many of the questions of a chain are about a node of their own, at least."""


class _Provisional(NamedTuple):
    """An answer that may lack something."""

    value: Value
    lowest: int
    """The depth of the outermost open question that it needs."""
    rendered: int
    """The depth of the outermost question that renders a class which it left out."""


class Answers:
    """What is known so far; ``compute`` of one question may ask others."""

    def __init__(self) -> None:
        self.known: dict[Hashable, Value] = {}
        """Answers that lack nothing."""
        self._open: dict[Hashable, int] = {}
        self._provisional: dict[Hashable, _Provisional] = {}
        self._assumed: dict[Hashable, Value] = {}
        self._rendering: dict[Hashable, int] = {}
        self._lowest = self._rendered = _NOTHING

    def begin(self) -> None:
        """Forget what was cut short, and all where it has become too much: a large program has millions of answers."""
        if len(self.known) > _MOST_KNOWN:
            self.known.clear()
        self._provisional.clear()
        self._lowest = self._rendered = _NOTHING

    @property
    def depth(self) -> int:
        """How many questions are open."""
        return len(self._open)

    @property
    def recurring(self) -> bool:
        """Whether most open questions are about nodes that others are about: it is recursion that is deep, no chain."""
        about = {ask[:2] for ask in self._open if isinstance(ask, tuple)}
        return len(about) < _OF_A_CHAIN * len(self._open)

    def get(self, ask: Hashable) -> Value | None:
        """Return an answer, as far as there is one."""
        known = self.known.get(ask)
        if known is not None:
            return known
        if ask in self._open:
            self._lowest = min(self._lowest, self._open[ask])
            return self._assumed.get(ask, NONE)
        provisional = self._provisional.get(ask)
        if provisional is None:
            return None
        self._lowest = min(self._lowest, provisional.lowest)
        self._rendered = min(self._rendered, provisional.rendered)
        return provisional.value

    def cut(self) -> None:
        """Note that a question wasn't answered: whatever needs it isn't kept."""
        self._lowest = _CUT_SHORT

    def find(self, ask: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the answer that ``compute`` finds, going round where it needs itself."""
        depth, before = len(self._open), len(self._provisional)
        lowest, rendered = self._lowest, self._rendered
        self._lowest = self._rendered = _NOTHING
        self._open[ask] = depth
        made = compute()
        if self._lowest == depth:
            made = self._settled(ask, compute, made, before)
            self._lowest = _NOTHING if self._lowest >= depth else self._lowest
        del self._open[ask]
        if depth <= self._rendered != _NOTHING:
            self._forget(before, rendered_alone=True)
            self._rendered = _NOTHING
        if self._lowest == self._rendered == _NOTHING:
            self.known[ask] = made
        else:
            self._provisional[ask] = _Provisional(made, self._lowest, self._rendered)
        self._lowest, self._rendered = min(lowest, self._lowest), min(rendered, self._rendered)
        return made

    def render(self, owner: Hashable, fields: Callable[[], Value]) -> Value:
        """Return what all fields of a class show; one that holds itself shows nothing more of itself."""
        if owner in self._rendering:
            self._rendered = min(self._rendered, self._rendering[owner])  # elsewhere, the same answer would show more
            return CLEAN
        self._rendering[owner] = len(self._open) - 1
        try:
            return fields()
        finally:
            del self._rendering[owner]

    def _settled(self, ask: Hashable, compute: Callable[[], Value], made: Value, before: int) -> Value:
        depth = self._open[ask]
        assumed = NONE
        for _ in range(_MOST_ROUNDS):
            if _same(made, assumed) or self._lowest < depth:
                break
            self._forget(before)
            assumed = self._assumed[ask] = made
            made = union([made, compute()])
        self._assumed.pop(ask, None)
        if _same(made, assumed) and self._lowest == depth:
            for one in islice(reversed(self._provisional), len(self._provisional) - before):
                value, lowest, rendered = self._provisional[one]
                if lowest == depth and rendered == _NOTHING:
                    self.known[one] = value
        self._forget(before)
        return made

    def _forget(self, size: int, rendered_alone: bool = False) -> None:
        """Drop provisional answers that came after the first ``size``: all, or those that left out a class."""
        if not rendered_alone:
            while len(self._provisional) > size:
                self._provisional.popitem()
            return
        late = list(islice(reversed(self._provisional), len(self._provisional) - size))
        for one in late:
            if self._provisional[one].rendered != _NOTHING:
                del self._provisional[one]


def _same(value: Value, other: Value) -> bool:
    """Whether two answers say the same, whatever way the values took."""
    return value.state is other.state and _told(value) == _told(other)


def _told(value: Value) -> set[object]:
    return {
        (one.kind, one.carrier, one.origin, one.confidence)
        if isinstance(one, Taint)
        else (one.function, one.index, one.path, one.minus, one.carrier, one.kept)
        for one in value.shown
    }
