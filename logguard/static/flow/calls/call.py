"""What shows of a call's result: by the called function's body, by the catalog, else by its name."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.core.finding import Confidence
from logguard.static.flow.anchors import READERS
from logguard.static.flow.calls.by_name import by_name
from logguard.static.flow.calls.catalogued import catalogued
from logguard.static.flow.calls.echoes import returned
from logguard.static.flow.calls.methods import method
from logguard.static.flow.calls.results import argument_values, has_argument, looked_up, named_result
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame, last_name, root_of, roots
from logguard.static.flow.naming import qualified
from logguard.static.flow.nodes.names import catalog_source
from logguard.static.flow.objects.arguments import filled
from logguard.static.flow.objects.carriers import response_of, sends
from logguard.static.flow.objects.classes import generates_repr, hidden_in_repr, is_exception
from logguard.static.flow.objects.fields import all_fields, field_value, instance
from logguard.static.flow.objects.owner import Owner
from logguard.static.flow.resolve import Callee, is_self
from logguard.static.flow.values import (
    ANSWER,
    CALLED,
    CLEAN,
    NONE,
    UNKNOWN,
    Hole,
    Path,
    State,
    Value,
    passed,
    union,
    weakened,
)
from logguard.static.habits import habits
from logguard.static.index import ir
from logguard.static.verbs import verbs


def call(ev: Evaluator, node: ir.Call, ask: Ask) -> Value:
    """Return what shows of a call's result: where that says nothing, what is done with it may."""
    value = _result(ev, node, ask)
    if ask.path or value.taints or value.state is not State.UNKNOWN:
        return value
    if any(hole.path[:1] != (ANSWER,) for hole in value.holes):
        return value
    uses = ev.evidence(ask.frame.module).of(ev, ask.frame, ask.number, ask.path, ask.minus)
    if uses.shown or not _may_be_answer(ev, ask.frame, node):
        return union([value, uses])
    return union([value, ev.readers.of(ask.frame, ask.number)])


def _may_be_answer(ev: Evaluator, frame: Frame, node: ir.Call) -> bool:
    """Whether a call may return something with entries: it makes no object, and no text or number of what it has."""
    name = last_name(frame, node.func) or ""
    if name in habits().conversions:
        return True
    made = name[:1].isupper() or name in READERS or name in ev.catalog.convert_methods or ev.verbs.converts(name)
    return not made and qualified(frame, node.func) not in ev.catalog.convert


def _result(ev: Evaluator, node: ir.Call, ask: Ask) -> Value:
    dotted = qualified(ask.frame, node.func)
    place = (node.line, node.column)
    callees = ev.callees(ask.frame, ask.number, node)
    names = [one.frame.name for one in callees if one.frame is not None and not one.cls]
    for name in filter(None, (dotted, *names)):
        if name in ev.catalog.sanitizers:
            return _sanitized(ev, ask.frame, node, ev.catalog.sanitizers[name], ask.path)
        if name in ev.catalog.sources and has_argument(ask.frame, node, ev.catalog.sources[name].when):
            return catalog_source(ev, ask.frame, name, ask.path, place)
    # What is only declared says nothing of its result: heirs do, or the name alone.
    targets = [one for one in callees if one.frame is None or one.cls or not one.frame.function.stub]
    if callees and not targets:
        return _declared(ev, ask.frame, node, ask.path)
    if targets:
        return _project(ev, ask.frame, ask.number, node, targets, ask.path, ask.minus)
    if dotted is not None:
        known = catalogued(ev, ask.frame, node, dotted, ask.path, ask.minus)
        if known is not None:
            return known
    echo = returned(ev, ask.frame, node) if not ask.path else None
    if echo is not None:
        return echo
    func = ask.frame.node(node.func)
    if isinstance(func, ir.Attr):
        found = method(ev, ask.frame, ask.number, node, func, ask.path, ask.minus)
        if found is not None:
            return found
    named = by_name(ev, ask.frame, ask.number, node, ask.path, ask.minus)
    return union([named, *(ev.value(ask.frame, root, (CALLED, *ask.path)) for root in _callbacks(ask.frame, node))])


def _declared(ev: Evaluator, frame: Frame, node: ir.Call, path: Path) -> Value:
    """Return what the name of a function says of its result that nobody implements here.

    Its object isn't asked: the visitors of a syntax tree would ask one another without end.
    """
    name = last_name(frame, node.func) or ""
    meaning = ev.verbs.result(ev.vocabulary, name)
    if meaning is None or path:
        return NONE
    return named_result(ev, frame, node, name, ev.vocabulary.about(meaning, frame.module.topics))


def _callbacks(frame: Frame, node: ir.Call) -> Iterator[int]:
    """Yield what a call runs that is handed over to this function, or kept in its object: a function or a class."""
    for root in roots(frame, node.func):
        found = frame.node(root)
        if isinstance(found, ir.Param) or (isinstance(found, ir.Attr) and is_self(frame, found.base)):
            yield root
    func = frame.node(node.func)
    if isinstance(func, ir.Attr) and verbs().makes(func.name) and not is_self(frame, func.base):
        # `model.parse_obj(answer)` is a `model`.
        yield from (root for root in roots(frame, func.base) if isinstance(frame.node(root), ir.Param))


def _sanitized(ev: Evaluator, frame: Frame, node: ir.Call, cleans: frozenset[str], path: Path) -> Value:
    if not cleans:
        return CLEAN
    value = union(ev.value(frame, argument, path) for argument in node.args)
    return Value(tuple(taint for taint in value.taints if taint.kind not in cleans), value.state)


def _project(
    ev: Evaluator, frame: Frame, number: int, node: ir.Call, targets: list[Callee], path: Path, minus: frozenset[str]
) -> Value:
    """The result of a function or class of the program."""
    found: list[Value] = []
    for target in targets:
        if target.cls is not None:
            found.append(_constructed(ev, frame, node, target, path, minus))
        elif target.frame is not None:
            found.append(_returned(ev, frame, number, node, target, path, minus))
    return union(found)


def _constructed(
    ev: Evaluator, frame: Frame, node: ir.Call, target: Callee, path: Path, minus: frozenset[str]
) -> Value:
    owner = target.cls
    assert owner is not None
    module, cls = owner
    fields = _fields_in_order(ev, owner) if target.frame is None else {}
    if path and path[0] in fields:
        given = _given(node, path[0], fields)
        if given is None:
            return field_value(ev, owner, path[0], path[1:], minus)
        return ev.value(frame, given, path[1:], minus)
    if is_exception(module, cls) and not path and module.method(cls, "__str__") is None:
        return passed(union([UNKNOWN, *argument_values(ev, frame, node)]), carrier="exception")
    if not path and fields:
        shown = all_fields(ev, owner, minus, only_repr=True)
        visible = {taint.kind for taint in shown.taints}
        parts = [shown]
        for name in fields:
            given = _given(node, name, fields)
            if given is None or name in minus:
                continue
            value = ev.value(frame, given)
            parts.append(
                passed(
                    Value(
                        tuple(t for t in value.taints if t.kind not in visible and _repr_shows(ev, owner, name)),
                        State.CLEAN,
                    ),
                    carrier="object",
                )
            )
        return union(parts)
    value = instance(ev, frame, owner, path, minus)
    return filled(ev, frame, node, target, value)


def _repr_shows(ev: Evaluator, owner: Owner, name: str) -> bool:
    module, cls = owner
    for home, one in module.lineage(cls):
        for field in one.fields:
            if field.name == name:
                if ev.declared(home.body, field.types, (0, 0)) is not None:
                    return False
                return not hidden_in_repr(home, one, field)
    return True


def _fields_in_order(ev: Evaluator, owner: Owner) -> dict[str, int]:
    module, cls = owner
    if not generates_repr(ev, module, cls):
        return {}
    names = [field.name for _, one in reversed(module.lineage(cls)) for field in one.fields]
    return {name: position for position, name in enumerate(dict.fromkeys(names))}


def _given(node: ir.Call, name: str, fields: dict[str, int]) -> int | None:
    for keyword, value in node.kwargs:
        if keyword == name:
            return value
    position = fields[name]
    return node.args[position] if position < len(node.args) else None


def _is_cleaned(ev: Evaluator, frame: Frame, node: ir.Call) -> bool:
    """Whether a method is called on what a redactor returns: ``mask(settings).__str__()``."""
    func = frame.node(node.func)
    base = frame.node(root_of(frame, func.base)) if isinstance(func, ir.Attr) else None
    return isinstance(base, ir.Call) and ev.verbs.cleans(last_name(frame, base.func) or "")


def _named_otherwise(ev: Evaluator, frame: Frame, node: ir.Call) -> bool:
    """Whether a look-up is for something that the constant key says is not sensitive: ``get_info("remote.path")``."""
    first = frame.node(root_of(frame, node.args[0])) if node.args else None
    return isinstance(first, ir.Const) and bool(first.text) and ev.meaning(frame, first.text or "") is None


def _returned(
    ev: Evaluator, frame: Frame, number: int, node: ir.Call, target: Callee, path: Path, minus: frozenset[str]
) -> Value:
    inner = target.frame
    assert inner is not None
    name = inner.function.name.rpartition(".")[2].partition("#")[0]
    if not inner.function.returns:
        return NONE
    value = union(ev.value(inner, one, path, minus) for one in inner.function.returns)
    value = Value(tuple(one for one in value.shown if isinstance(one, Hole) or not one.told_back), value.state)
    value = filled(ev, frame, node, target, value)
    if ev.verbs.cleans(name) or (ev.verbs.made_for_logs(name) and _redacts(ev, inner)):
        # A redactor is judged by its body: what it cuts is weighed, what it hands back unchanged is its early exit.
        kept = tuple(
            one
            for one in value.shown
            if one.carrier == "mask" or (one.kept != 0 if isinstance(one, Hole) else one.kind == "payment.last_four")
        )
        return Value(kept, State.UNKNOWN if kept else State.CLEAN)
    if target.bound and _is_cleaned(ev, frame, node):
        return CLEAN
    if value.taints and not path and ev.verbs.looks_up(name) and _named_otherwise(ev, frame, node):
        return weakened(value, Confidence.LOW)
    if path or value.taints or value.state is not State.UNKNOWN:
        return value
    meaning = ev.verbs.result(ev.vocabulary, name)
    if meaning is not None and not value.holes:
        return union([value, named_result(ev, frame, node, name, ev.vocabulary.about(meaning, frame.module.topics))])
    uses = ev.evidence(frame.module).of(ev, frame, number, path, minus)
    if sends(name):
        answer = response_of(ev, frame, node, (node.line, node.column))
        if answer is not None:
            return union([value, answer, uses])
    looked = looked_up(ev, frame, node, uses) if ev.verbs.looks_up_alone(name) and not _is_path(frame, node) else None
    return union([value, looked or uses])


def _redacts(ev: Evaluator, frame: Frame) -> bool:
    """Whether a function calls what takes something out of a text."""
    return any(ev.verbs.redacts(last_name(frame, call.func) or "") for _, call in frame.of_kind(ir.Call))


def _is_path(frame: Frame, node: ir.Call) -> bool:
    """Whether what a call looks up is no key, but the path of something: ``get("/users/update-password")``."""
    first = frame.node(root_of(frame, node.args[0])) if node.args else None
    return isinstance(first, ir.Const) and "/" in (first.text or "")
