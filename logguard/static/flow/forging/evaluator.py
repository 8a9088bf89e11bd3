"""The evaluator for outside text: the same flow as for secrets, where no name says anything."""

from __future__ import annotations

from logguard.core.catalog import Catalog
from logguard.core.finding import Confidence
from logguard.core.names import Meaning, Vocabulary, words
from logguard.static.flow.calls.call import call
from logguard.static.flow.evaluate import NO_KEYS, Ask, Evaluator, Handler
from logguard.static.flow.evidence import Evidence
from logguard.static.flow.forging.table import Outside, outside
from logguard.static.flow.frame import Frame, last_name, roots
from logguard.static.flow.module import Module
from logguard.static.flow.naming import qualified
from logguard.static.flow.nodes.attributes import attr
from logguard.static.flow.nodes.changes import put
from logguard.static.flow.nodes.containers import group, item
from logguard.static.flow.nodes.names import param
from logguard.static.flow.nodes.table import handlers
from logguard.static.flow.nodes.texts import text
from logguard.static.flow.resolve import class_of, is_self
from logguard.static.flow.values import CLEAN, UNKNOWN, Path, Taint, Value, union
from logguard.static.index import ir
from logguard.static.verbs import verbs

OUTSIDE = "outside"
"""Stands for the kind of a taint that has none."""


class _NoEvidence(Evidence):
    """Uses say nothing."""

    def carrier_named(self, name: str) -> None:
        return None

    def of(self, ev: Evaluator, frame: Frame, number: int, path: Path, minus: frozenset[str]) -> Value:
        return UNKNOWN

    def opened(self, frame: Frame, number: int) -> bool:
        return False


class ForgingEvaluator(Evaluator):
    """Answers which outside text shows, line ends and all."""

    def __init__(self, catalog: Catalog) -> None:
        own: dict[type[ir.AnyNode], Handler] = {
            ir.Param: _param,
            ir.Attr: _attr,
            ir.Item: _item,
            ir.Call: _call,
            ir.Text: _text,
            ir.Group: _group,
            ir.Put: _put,
        }
        names = Vocabulary.silent()
        super().__init__(names, verbs().without("clean", "clean-ends", "login"), catalog, {**handlers(), **own})

    def evidence(self, module: Module) -> Evidence:
        """Return that uses say nothing."""
        if module not in self._evidence:
            self._evidence[module] = _NoEvidence(module, self.vocabulary, self.catalog)
        return self._evidence[module]

    def named(
        self,
        frame: Frame,
        name: str,
        inner: Value,
        place: tuple[int, int],
        types: list[str],
        meaning: Meaning | None = None,
        minus: frozenset[str] = NO_KEYS,
    ) -> Value:
        """Return the value: its name says nothing."""
        return CLEAN if types and all(name in outside().clean_types for name in types) else inner

    def declared(self, frame: Frame, types: list[str], place: tuple[int, int]) -> Value | None:
        """Return that types hide nothing here."""
        return None


def _taint(ev: Evaluator, frame: Frame, place: tuple[int, int], why: str, sure: bool = True) -> Value:
    confidence = Confidence.MEDIUM if sure else Confidence.LOW
    return Value((Taint(OUTSIDE, "", confidence, ev.place(frame, *place), why),))


def _last(frame: Frame, number: int) -> str:
    found = words(last_name(frame, number) or "")
    return found[-1] if found else ""


def _ours(frame: Frame, number: int, name: str) -> bool:
    """Whether an attribute is one that the program gives its own object, or of a request that it sends."""
    owner = class_of(frame, number)
    if owner is not None:
        module, cls = owner
        if module.method(cls, name) is not None or any(
            field.name == name for _, one in module.lineage(cls) for field in one.fields
        ):
            return True
        if any(is_self(other, base) for other, base, _ in module.program.self_stores(module, cls, name)):
            return True
    names = [last_name(frame, number) or ""]
    for root in roots(frame, number):
        node = frame.node(root)
        names += [last_name(frame, node.func) or ""] if isinstance(node, ir.Call) else []
    # A class that is called makes a request of our own; a function without such a verb may hand one through.
    return any(words(one)[:1] and (words(one)[0] in outside().outgoing or one == "Request") for one in names)


def _param(ev: Evaluator, node: ir.Param, ask: Ask) -> Value:
    parameter = ask.frame.function.params[node.index]
    if parameter.types and all(name in outside().clean_types for name in parameter.types):
        return CLEAN
    return param(ev, node, ask)


def _attr(ev: Evaluator, node: ir.Attr, ask: Ask) -> Value:
    table: Outside = outside()
    place = (node.line, node.column)
    known = _last(ask.frame, node.base), node.name
    why = table.attributes.get(known) or (table.containers.get(known) if ask.path else None)
    if why is not None and not _ours(ask.frame, node.base, node.name):
        return _taint(ev, ask.frame, place, f"{why}: `{node.name}`")
    dotted = qualified(ask.frame, ask.number)
    if dotted in table.functions:
        return _taint(ev, ask.frame, place, f"{table.functions[dotted]}: `{dotted}`", sure=False)
    cls = ask.frame.function.cls
    if cls and is_self(ask.frame, node.base):
        bases = {base.rpartition(".")[2] for _, one in ask.frame.module.lineage(cls) for base in one.bases}
        why = next((table.own[base, node.name] for base in bases if (base, node.name) in table.own), None)
        if why is not None:
            return _taint(ev, ask.frame, place, f"{why}: `{node.name}`")
    return attr(ev, node, ask)


def _item(ev: Evaluator, node: ir.Item, ask: Ask) -> Value:
    why = outside().entries.get((last_name(ask.frame, node.base) or "", node.key or ""))
    if why is not None:
        return _taint(ev, ask.frame, (node.line, node.column), f"{why}: `{node.key}`")
    return item(ev, node, ask)


def _call(ev: Evaluator, node: ir.Call, ask: Ask) -> Value:
    table, place = outside(), (node.line, node.column)
    dotted = qualified(ask.frame, node.func)
    name = last_name(ask.frame, node.func) or ""
    if dotted in table.clean_functions or name in table.clean_names:
        return CLEAN
    func = ask.frame.node(node.func)
    if isinstance(func, ir.Attr):
        known = _last(ask.frame, func.base), name
        why = table.methods.get(known) or table.attributes.get(known)
        why = why or (table.containers.get(known) if ask.path else None)
        if why is not None and not _ours(ask.frame, func.base, name) and (node.args or name not in table.sized):
            return _taint(ev, ask.frame, place, f"{why}: `{name}`")
        key = ask.frame.node(node.args[0]) if node.args else None
        if name == "get" and isinstance(key, ir.Const):
            why = table.entries.get((last_name(ask.frame, func.base) or "", key.text or ""))
            if why is not None:
                return _taint(ev, ask.frame, place, f"{why}: `{key.text}`")
        if name in table.clean_methods and node.args:
            return CLEAN
    if dotted in table.functions:
        return _taint(ev, ask.frame, place, f"{table.functions[dotted]}: `{dotted}`", sure=False)
    return call(ev, node, ask)


def _group(ev: Evaluator, node: ir.Group, ask: Ask) -> Value:
    """A container shows the `repr` of what is in it."""
    return group(ev, node, ask) if ask.path else CLEAN


def _put(ev: Evaluator, node: ir.Put, ask: Ask) -> Value:
    """What is stored in a container shows its `repr` there; what is stored in an attribute doesn't show at all."""
    return put(ev, node, ask) if ask.path else ev.value(ask.frame, node.base, ask.path, ask.minus)


def _text(ev: Evaluator, node: ir.Text, ask: Ask) -> Value:
    """What is put into a text with ``%r`` or as a number has no line ends."""
    if not node.quoted:
        return text(ev, node, ask)
    kept = [part for number, part in enumerate(node.parts) if number not in node.quoted]
    return union([ev.value(ask.frame, part, ask.path, ask.minus) for part in kept])
