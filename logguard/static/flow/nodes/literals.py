"""What shows of literals and references: nothing, unless a literal is a secret itself."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.kinds import title
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame
from logguard.static.flow.objects.fields import instance
from logguard.static.flow.values import CALLED, CLEAN, NONE, UNKNOWN, Taint, Value
from logguard.static.index import ir


def const(ev: Evaluator, node: ir.Const, ask: Ask) -> Value:
    """A literal tells nothing, unless it is a secret itself."""
    if node.secret is not None:
        return _literal(ev, ask.frame, node.secret)
    if node.type == "none" or (node.type == "str" and node.text == ""):
        return NONE
    return UNKNOWN if node.opaque else CLEAN


def template(ev: Evaluator, node: ir.Template, ask: Ask) -> Value:
    """A format tells nothing, unless its text is a secret itself."""
    return _literal(ev, ask.frame, node.secret) if node.secret is not None else CLEAN


def _literal(ev: Evaluator, frame: Frame, kind: str) -> Value:
    place = ev.place(frame, frame.function.line, 0)
    return Value((Taint(kind, "literal", Confidence.HIGH, place, f"the literal looks like {title(kind)}"),))


def reference(ev: Evaluator, node: ir.FuncRef | ir.ClassRef, ask: Ask) -> Value:
    """A function or class shows nothing but its name; a class that is called makes an object of it."""
    if isinstance(node, ir.ClassRef) and ask.path[:1] == (CALLED,):
        return instance(ev, ask.frame, (ask.frame.module, node.name), ask.path[1:], ask.minus)
    return CLEAN
