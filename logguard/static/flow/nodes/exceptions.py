"""What an exception carries."""

from __future__ import annotations

from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.nodes.places import place_of
from logguard.static.flow.objects.arguments import filled
from logguard.static.flow.program import Frame
from logguard.static.flow.values import UNKNOWN, Mark, Value, passed, union
from logguard.static.index import ir


def caught(ev: Evaluator, node: ir.Caught, ask: Ask) -> Value:
    """An exception carries what it was raised with, here or in a function that was called."""
    found: list[Value] = []
    for raised, at in ask.frame.function.raises:
        if node.start <= at <= node.stop and raised != ask.number:
            found.append(passed(ev.value(ask.frame, raised, ask.path), _raised_here(ev, ask.frame, raised)))
    for place in range(node.start, node.stop):
        call = ask.frame.node(place)
        if not isinstance(call, ir.Call):
            continue
        for callee in ev.callees(ask.frame, place, call):
            if callee.frame is None or callee.frame is ask.frame:
                continue
            for raised, _ in callee.frame.function.raises:
                value = passed(ev.value(callee.frame, raised, ask.path), _raised_here(ev, callee.frame, raised))
                found.append(filled(ev, ask.frame, call, callee, value))
    return passed(union([*found, UNKNOWN]), carrier="exception")


def _raised_here(ev: Evaluator, frame: Frame, raised: int) -> Mark:
    return ev.mark(frame, *place_of(frame, raised), "raised with an exception")
