"""What shows of names: parameters, variables, globals and imports."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.kinds import is_guessable
from logguard.core.names import words
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame, last_name, root_of
from logguard.static.flow.naming import lookup
from logguard.static.flow.objects.carriers import with_headers, without_credentials
from logguard.static.flow.objects.fields import instance, ruled, typed
from logguard.static.flow.resolve import is_method
from logguard.static.flow.values import (
    CALLED,
    UNKNOWN,
    Hole,
    Path,
    State,
    Taint,
    Value,
    doubted,
    is_unknown,
    passed,
    union,
    weakened,
)
from logguard.static.index import ir

_KNOWN = (ir.Group, ir.Put, ir.Select, ir.Const, ir.Text)
"""Values whose parts are known."""
_DEEPEST_RETURN = 4
"""Functions that hand a mapping back, one to the next."""


def param(ev: Evaluator, node: ir.Param, ask: Ask) -> Value:
    """A parameter: its callers decide, and its name and type."""
    parameter = ask.frame.function.params[node.index]
    place = (parameter.line, parameter.column)
    if node.index == 0 and is_method(ask.frame):
        return instance(ev, ask.frame, (ask.frame.module, ask.frame.function.cls or ""), ask.path, ask.minus)
    said = ruled(ev, ask.frame, f"{ask.frame.name}:{parameter.name}", ask.path, place)
    if said is not None:
        return said
    hole = Hole(ask.frame.key, node.index, ask.path, ask.minus)
    whole = typed(ev, ask.frame, parameter.types, ask.path, ask.minus)
    if whole is not None:
        # Which object it is, callers may tell: what its constructor was given shows of it.
        return union([whole, Value((hole,))]) if whole.holes and not ask.path else whole
    inner = union([Value((hole,)), ev.evidence(ask.frame.module).of(ev, ask.frame, ask.number, ask.path, ask.minus)])
    if one_of(ask.path) and parameter.form == "any":
        return element_of(ev, ask.frame, parameter.name, inner, place)
    if ask.path or parameter.form in ("*", "**"):
        return inner
    if not parameter.types:
        inner = union([inner, _named_after(ev, ask, parameter.name)])
    value = ev.named(ask.frame, parameter.name, inner, place, parameter.types, minus=ask.minus)
    if ev.evidence(ask.frame.module).opened(ask.frame, ask.number):
        value = doubted(value, "credential.")
    return carrier_named(ev, ask, parameter.name, value, place)


def _named_after(ev: Evaluator, ask: Ask, name: str) -> Value:
    """Return what the text of an object shows that is named after a class of the program with a `repr` of its own."""
    home = ask.frame.module.program.class_called(name)
    if home is None or not {"__repr__", "__str__"} & home[1].methods.keys():
        return UNKNOWN
    shown = instance(ev, ask.frame, (home[0], home[1].name), (), ask.minus)
    return Value(weakened(shown, Confidence.MEDIUM).taints)


def carrier_named(ev: Evaluator, ask: Ask, name: str, value: Value, place: tuple[int, int]) -> Value:
    """A name such as ``headers`` says that a whole header set is held, if nothing is left out of it."""
    return value if without_credentials(ev, ask.minus) else with_headers(ev, ask.frame, name, value, place)


def one_of(path: Path) -> bool:
    """Whether a path leads to one of the elements of a list."""
    return len(path) == 1 and (is_unknown(path[0]) or path[0].lstrip("-").isdigit())


def element_of(ev: Evaluator, frame: Frame, name: str, inner: Value, place: tuple[int, int]) -> Value:
    """An element of something whose name is a plural: one of ``passwords``."""
    meaning = ev.meaning(frame, name)
    if meaning is None or not name.lower().endswith("s") or inner.taints or inner.state is not State.UNKNOWN:
        return inner
    return ev.named(frame, name, inner, place, [])


def free(ev: Evaluator, node: ir.Free, ask: Ask) -> Value:
    """A name of an enclosing scope."""
    found = [ev.value(outer, inner, ask.path, ask.minus) for outer, inner in lookup(ask.frame, node.name)]
    if found:
        return union(found)
    if ask.path:
        return UNKNOWN
    return ev.named(ask.frame, node.name, UNKNOWN, (node.line, node.column), [])


def imported(ev: Evaluator, node: ir.Imported, ask: Ask) -> Value:
    """An imported name: known to the catalog, or a constant whose name says something."""
    source = ev.catalog.sources.get(node.name)
    last = node.name.rpartition(".")[2]
    if source is not None and not source.when:
        return catalog_source(ev, ask.frame, source.name, ask.path, (ask.frame.function.line, 0))
    program = ask.frame.module.program
    defined = program.find(node.name, ask.frame.module) if ask.path[:1] == (CALLED,) else None
    if defined is not None and defined[1] in defined[0].summary.classes:
        return instance(ev, ask.frame, defined, ask.path[1:], ask.minus)
    held = program.constant(node.name, ask.frame.module)
    if held:
        return union(ev.value(outer, inner, ask.path, ask.minus) for outer, inner in held)
    if ask.path or not last.isupper():
        return UNKNOWN
    # An imported constant may be the name of a key as well as the value.
    return weakened(ev.named(ask.frame, last, UNKNOWN, (ask.frame.function.line, 0), []), Confidence.LOW)


def catalog_source(ev: Evaluator, frame: Frame, name: str, path: Path, place: tuple[int, int]) -> Value:
    row = ev.catalog.sources[name]
    if path and not is_unknown(path[0]):
        return UNKNOWN
    note = row.note or f"what `{name}` returns"
    confidence = {"low": Confidence.LOW, "medium": Confidence.MEDIUM, "high": Confidence.HIGH}[row.confidence]
    if path and row.carrier and path[0] != "*":
        confidence = Confidence.LOW  # one entry, whichever it is, is hardly a sensitive one
    taint = Taint(row.kind, row.carrier, confidence, ev.place(frame, *place), f"it is {note}", certain=True)
    return Value((taint,))


def bind(ev: Evaluator, node: ir.Bind, ask: Ask) -> Value:
    """A name is given a value."""
    place = (node.line, node.column)
    field = f"{ask.frame.module.summary.module}.{node.name}" if not ask.frame.function.name else ""
    if field:
        said = ruled(ev, ask.frame, field, ask.path, place)
        if said is not None:
            return said
    inner = ev.value(ask.frame, node.value, ask.path, ask.minus)
    inner = passed(inner, ev.mark(ask.frame, *place, f"held by `{node.name}`"))
    if one_of(ask.path):
        return element_of(ev, ask.frame, node.name, inner, place)
    if ask.path:
        return inner
    if node.types and not inner.taints:
        whole = typed(ev, ask.frame, node.types, ask.path, ask.minus)
        if whole is not None and whole.shown:
            return union([whole, inner])
    if ev.vocabulary.says_cleaned(node.name):
        inner = Value(
            tuple(one for one in inner.shown if isinstance(one, Taint) and is_guessable(one.kind)), inner.state
        )
    if _comes_from_program(ev, ask.frame, node.value) and ev.vocabulary.otherwise(node.name):
        inner = doubted(inner)
    if said_otherwise(ev, ask.frame, node.value):
        return inner
    types = node.types or _constructed(ask.frame, node.value)
    value = ev.named(ask.frame, node.name, inner, place, types, minus=ask.minus)
    if ev.evidence(ask.frame.module).opened(ask.frame, ask.number):
        value = doubted(value, "credential.")
    held = ask.frame.node(node.value)
    if isinstance(held, _KNOWN) or _is_put_together(ev, ask.frame, node.value):
        return value
    return carrier_named(ev, ask, node.name, value, place)


def _is_put_together(ev: Evaluator, frame: Frame, number: int) -> bool:
    """Whether a function of the program returns what it has put together itself, so that its entries are known."""
    return isinstance(frame.node(number), ir.Call) and _entries_known(ev, frame, number, 0)


def _entries_known(ev: Evaluator, frame: Frame, number: int, depth: int) -> bool:
    """Whether all entries of a mapping stand in the source, here or in the functions that return it."""
    node = frame.node(number)
    while isinstance(node, ir.Bind) or (isinstance(node, ir.Put) and node.key is not None):
        number = node.value if isinstance(node, ir.Bind) else node.base
        node = frame.node(number)
    if isinstance(node, ir.Join):
        return all(_entries_known(ev, frame, one, depth) for one in node.values if one < number)
    if not isinstance(node, ir.Call) or depth >= _DEEPEST_RETURN:
        return isinstance(node, ir.Group) and node.type == "dict" and not node.spread and not node.rest
    made = [one.frame for one in ev.callees(frame, number, node)]
    ends = [(inner, end) for inner in made if inner is not None for end in inner.function.returns]
    return bool(ends) and all(_entries_known(ev, inner, end, depth + 1) for inner, end in ends)


def _comes_from_program(ev: Evaluator, frame: Frame, number: int) -> bool:
    """Whether a value is what a function of the program returns: what it makes of its arguments, its name may tell."""
    node = frame.node(root_of(frame, number))
    return isinstance(node, ir.Call) and bool(ev.callees(frame, root_of(frame, number), node))


def said_otherwise(ev: Evaluator, frame: Frame, number: int) -> bool:
    """Whether where a value comes from says that it is harmless, whatever it is called here.

    ``key = row["key_hash"]``, ``token = room_token.to_string()``, ``token = "t%d-%d" % place``.
    """
    node = frame.node(root_of(frame, number))
    if isinstance(node, ir.Text):
        parts = [
            place for place, one in enumerate(node.parts) if not isinstance(frame.node(one), (ir.Const, ir.Template))
        ]
        return bool(parts) and all(place in node.quoted for place in parts)
    name = node.key if isinstance(node, ir.Item) else node.name if isinstance(node, ir.Attr) else None
    func = frame.node(node.func) if isinstance(node, ir.Call) else None
    if isinstance(func, ir.Attr) and ev.verbs.converts(func.name):
        name = last_name(frame, func.base)
    return name is not None and (ev.vocabulary.harmless(name) or ev.vocabulary.hashed(name))


def _constructed(frame: Frame, number: int) -> list[str]:
    """Return the class that a value is made of, by the look of its name: an object's text is rarely its content."""
    node = frame.node(root_of(frame, number))
    name = last_name(frame, node.func) if isinstance(node, ir.Call) else None
    if name is None or not name[:1].isupper() or name.isupper():
        return []
    found = words(name)
    return [] if found[-1] in ("cookie", "str", "dict", "text") else [f"{name}()"]
