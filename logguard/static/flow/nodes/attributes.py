"""What shows of attributes: what the object's class, the catalog or the name says."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.names import words
from logguard.static.flow.calls import echoes
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame, last_name, root_of
from logguard.static.flow.naming import qualified
from logguard.static.flow.nodes.names import catalog_source, element_of, one_of
from logguard.static.flow.objects.carriers import carrier_attribute, response_part, without_credentials
from logguard.static.flow.objects.fields import attribute, dumped
from logguard.static.flow.objects.options import ARGUMENTS, command_line
from logguard.static.flow.values import CLEAN, State, Taint, Value, passed, union, weakened
from logguard.static.habits import habits
from logguard.static.index import ir


def _decides(taint: Taint) -> bool:
    """Whether a value is known well enough: a user name may be an e-mail address, as its uses tell."""
    return taint.kind != "personal.username" and taint.confidence > Confidence.LOW


def _is_masked(ev: Evaluator, frame: Frame, node: ir.Attr) -> bool:
    """Whether a library masks what is secret in an attribute: the `dsn` of a connection."""
    of = words(last_name(frame, node.base) or "")[-1:]
    kept = isinstance(frame.node(root_of(frame, node.base)), ir.Attr)  # by settings, or an object of one's own
    return not kept and any(
        of and of[0] in row.of and not frame.module.topics.isdisjoint(row.within)
        for row in ev.catalog.masked[node.name]
    )


def attr(ev: Evaluator, node: ir.Attr, ask: Ask) -> Value:
    """``base.name``: what the object's class, its catalog entry or its name says."""
    place = (node.line, node.column)
    dotted = qualified(ask.frame, ask.number)
    if dotted is not None and dotted in ev.catalog.sources and not ev.catalog.sources[dotted].when:
        return catalog_source(ev, ask.frame, dotted, ask.path, place)
    if dotted == ARGUMENTS:
        return command_line(ev, ask.frame.module, ask.path)
    if dotted is not None:
        held = ask.frame.module.program.constant(dotted, ask.frame.module)
        if held:
            return union(ev.value(outer, inner, ask.path, ask.minus) for outer, inner in held)
    if node.name == "__dict__":
        return dumped(ev, ask.frame, node.base, ask.path, ask.minus)
    known = attribute(ev, ask.frame, node, ask.path, ask.minus)
    if known is not None:
        inner, types, decided = known
        if decided:
            return inner
    else:
        inner, types = ev.value(ask.frame, node.base, (node.name, *ask.path), ask.minus), []
    response = response_part(ev, ask.frame, node.base, node.name, ask.path, place)
    if response is not None and not inner.taints:
        if response.taints:
            return response
        inner = union([inner, response])
    echoed = echoes.attribute(ev, ask.frame, node) if not ask.path else None
    if echoed is not None and echoed.shown:
        return echoed
    if node.name in habits().whole and not ask.path and not inner.taints:
        whole = ev.value(ask.frame, node.base)
        if whole.taints:
            return passed(whole, ev.mark(ask.frame, *place, f"its `.{node.name}`"))
    if ask.path:
        carrier = carrier_attribute(ev, ask.frame, node, place) if ask.path == ("*",) else None
        if carrier is not None and not inner.taints:
            return union([inner, carrier])
        return element_of(ev, ask.frame, node.name, inner, place) if one_of(ask.path) else inner
    if inner.state is State.UNKNOWN and not any(_decides(taint) for taint in inner.taints):
        carrier = carrier_attribute(ev, ask.frame, node, place)
        if carrier is not None and any(taint.carrier == "headers" for taint in carrier.taints):
            carrier = None if without_credentials(ev, ask.minus) else carrier
        if carrier is not None and any(taint.confidence > Confidence.LOW for taint in carrier.taints):
            return union([inner, carrier])
        uses = ev.evidence(ask.frame.module).of(ev, ask.frame, ask.number, ask.path, ask.minus)
        if carrier is not None:  # what is read of a body says more than that it is one
            return union([inner, uses, carrier])
        if node.name in habits().body and not uses.shown:
            uses = ev.readers.of(ask.frame, ask.number)
        inner = union([inner, uses])
    if not inner.taints and node.name in ev.catalog.masked and _is_masked(ev, ask.frame, node):
        return CLEAN
    value = ev.named(ask.frame, node.name, inner, place, types, minus=ask.minus)
    if node.name.isupper() and value.taints and not inner.taints:
        # An upper-case attribute is usually the name of a key: `ACTION.PIN`, `Keys.TOKEN`.
        base = ask.frame.node(node.base)
        settings = isinstance(base, (ir.Free, ir.Imported)) and base.name.rpartition(".")[2].lower() in (
            "settings",
            "config",
            "conf",
            "secrets",
            "self",
            "cls",
        )
        return value if settings or isinstance(base, ir.Param) else weakened(value, Confidence.LOW)
    return value
