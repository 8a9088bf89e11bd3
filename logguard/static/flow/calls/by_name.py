"""The results of functions of which only the name is known."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.static.flow.calls.results import argument_values, looked_up, named_result
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.frame import Frame, last_name
from logguard.static.flow.objects.carriers import response_of, sends
from logguard.static.flow.objects.classes import looks_exception
from logguard.static.flow.values import CLEAN, UNKNOWN, Path, Value, passed, union, weakened
from logguard.static.index import ir


def by_name(ev: Evaluator, frame: Frame, number: int, node: ir.Call, path: Path, minus: frozenset[str]) -> Value:
    """The result of a function of which only the name is known."""
    name = last_name(frame, node.func) or ""
    uses = ev.evidence(frame.module).of(ev, frame, number, path, minus)
    place = (node.line, node.column)
    if looks_exception(name) and not path:
        return passed(union([UNKNOWN, *argument_values(ev, frame, node)]), carrier="exception")
    if ev.verbs.cleans(name):
        return CLEAN
    if path or ev.verbs.checks(name):
        return UNKNOWN
    found = looked_up(ev, frame, node, uses)
    if found is not None:
        return found
    meaning = ev.verbs.result(ev.vocabulary, name, noun=True)
    if meaning is not None:
        value = named_result(ev, frame, node, name, ev.vocabulary.about(meaning, frame.module.topics))
        first = frame.node(node.args[0]) if node.args else None
        if isinstance(first, ir.Const) and first.text and first.type == "str" and ev.verbs.looks_up(name):
            # get_secret("REDIS_HOST"): the key says what comes, and it isn't a secret.
            value = weakened(value, Confidence.LOW)
        return union([UNKNOWN, value, uses])
    if ev.verbs.builds(name):
        built = [
            taint
            for value in argument_values(ev, frame, node)
            for taint in value.taints
            if taint.confidence >= Confidence.MEDIUM
        ]
        return union([UNKNOWN, uses, weakened(Value(tuple(built)), Confidence.MEDIUM)])
    if ev.verbs.converts(name):
        return union(
            [UNKNOWN, uses, *(weakened(one, Confidence.MEDIUM) for one in argument_values(ev, frame, node)[:2])]
        )
    if sends(name) and name not in ("get", "open", "call", "query"):
        answer = response_of(ev, frame, node, place)
        if answer is not None:
            return union([answer, uses])
    return union([UNKNOWN, uses])
