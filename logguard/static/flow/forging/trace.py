"""Find the log calls that outside text reaches with its line ends."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from logguard.core.catalog import Catalog
from logguard.core.finding import Confidence
from logguard.static.flow.callers import Callers
from logguard.static.flow.forging.evaluator import OUTSIDE, ForgingEvaluator
from logguard.static.flow.forging.table import outside
from logguard.static.flow.frame import root_of
from logguard.static.flow.program import Program
from logguard.static.flow.slots import LogCall, Slot
from logguard.static.flow.values import Taint
from logguard.static.index import ir


class Forging:
    """Answers for one program."""

    def __init__(self, program: Program, catalog: Catalog) -> None:
        self._evaluator = ForgingEvaluator(catalog)
        self._callers = Callers(self._evaluator, program)
        topics = outside().topics
        self._possible = any(module.topics & topics for module in program.modules)

    @property
    def tangled(self) -> bool:
        """Whether the last answer may lack something."""
        return self._evaluator.tangled

    def at(self, sink: LogCall) -> Iterator[tuple[Taint, Slot]]:
        """Yield the outside text that a log call shows, one for each slot."""
        if not self._possible or sink.channel != "log":
            return
        self._evaluator.begin()
        for slot in _lined(sink):
            value = self._evaluator.value(slot.frame, slot.node)
            found = [*value.taints]
            for hole in value.holes:
                arriving = self._callers.incoming(hole, sink.frame)
                field = hole.function != sink.frame.key  # of an object that came from anywhere
                found += [replace(one, confidence=Confidence.LOW) for one in arriving] if field else arriving
            taint = max((one for one in found if one.kind == OUTSIDE), key=lambda one: one.confidence, default=None)
            if taint is not None:
                yield taint, slot


def _lined(sink: LogCall) -> Iterator[Slot]:
    """Yield the slots of a message that keep line ends: not those of ``%r`` and of numbers."""
    quoted: list[int] = []
    positions = [slot for slot in sink.slots if slot.name.isdigit()]
    for slot in sink.slots:
        if slot.name == "message":
            shape = slot.frame.node(root_of(slot.frame, slot.node))
            quoted = shape.quoted if isinstance(shape, ir.Template) else []
            yield slot
        elif slot.name.isdigit() and positions.index(slot) not in quoted:
            yield slot
