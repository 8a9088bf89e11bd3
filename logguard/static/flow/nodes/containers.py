"""What shows of containers, their entries and their elements."""

from __future__ import annotations

from msgspec.structs import replace

from logguard.core.finding import Confidence
from logguard.static.flow.evaluate import NO_KEYS, Ask, Evaluator
from logguard.static.flow.frame import Frame, last_name, root_of, roots, stripped
from logguard.static.flow.nodes.keys import key_of, listed_keys, own_key
from logguard.static.flow.nodes.places import name_of, place_of
from logguard.static.flow.objects.carriers import keyword_headers
from logguard.static.flow.objects.classes import names_mapping
from logguard.static.flow.values import CLEAN, Path, Taint, Value, is_unknown, passed, union
from logguard.static.index import ir


def group(ev: Evaluator, node: ir.Group, ask: Ask) -> Value:
    """A container shows its entries; a key says what stands under it."""
    keyed = node.type in ("dict", "locals")
    if ask.path and not is_unknown(ask.path[0]):
        key, rest = ask.path[0], ask.path[1:]
        for name, value in node.entries:
            if name == key:
                return entry(ev, ask.frame, name, value, rest, keyed, ask.minus)
        named = [(own_key(ask.frame, value), value) for value in node.rest]
        unknown = [ev.value(ask.frame, value, rest, ask.minus) for name, value in named if name is None or name == key]
        spread = [ev.value(ask.frame, value, ask.path, ask.minus) for value in node.spread]
        if not keyed and key.startswith("-") and key[1:].isdigit():
            if not node.spread and not node.rest and len(node.entries) >= int(key[1:]):
                return ev.value(ask.frame, node.entries[int(key)][1], rest, ask.minus)
            unknown += [ev.value(ask.frame, value, rest, ask.minus) for _, value in node.entries]
        return union([*unknown, *spread]) if unknown or spread else CLEAN
    rest = ask.path[1:]
    shown = [entry(ev, ask.frame, name, value, rest, keyed) for name, value in node.entries if name not in ask.minus]
    shown += [ev.value(ask.frame, one, rest) for one in node.rest if own_key(ask.frame, one) not in ask.minus]
    taken = ask.minus | {name for name, _ in node.entries} if keyed else NO_KEYS
    shown += [ev.value(ask.frame, value, ask.path, frozenset(taken)) for value in node.spread]
    whole = union(shown) if shown else CLEAN
    return passed(whole, carrier="arguments") if node.type == "locals" and not ask.path else whole


def entry(
    ev: Evaluator, frame: Frame, name: str, number: int, rest: Path, keyed: bool, minus: frozenset[str] = NO_KEYS
) -> Value:
    value = ev.value(frame, number, rest, minus)
    if not keyed or rest or name.isdigit():
        return value
    return ev.named(frame, name, value, place_of(frame, number), [])


def entry_of(ev: Evaluator, frame: Frame, base: int, key: str, rest: Path, minus: frozenset[str] = NO_KEYS) -> Value:
    value = ev.value(frame, base, (key, *rest), minus)
    return value if rest else ev.named(frame, key, value, (frame.function.line, 0), [])


def item(ev: Evaluator, node: ir.Item, ask: Ask) -> Value:
    """``base[key]``: the entry if it is known, else what the key says."""
    place = (node.line, node.column)
    meaning = None
    if node.key is None and node.index >= 0:
        name = name_of(ask.frame, node.index)
        meaning = ev.key_meaning(ask.frame, name) if name and name.isupper() else None
    listed = listed_keys(ask.frame, node.index) if node.key is None and node.index >= 0 else []
    if listed:
        return union(entry_of(ev, ask.frame, node.base, key, ask.path, ask.minus) for key in listed)
    key = key_of(ask.frame, node)
    step = key if key is not None else key_step(ask.frame, node.index, node.base)
    inner = ev.value(ask.frame, _selection(ask.frame, node), (step, *ask.path), ask.minus)
    if ask.path:
        return inner
    if node.key is not None and isinstance(ask.frame.node(node.base), (ir.Call, ir.Bind)):
        inner = _piece(ask.frame, node, inner)
    if meaning is not None:
        return ev.named(ask.frame, name_of(ask.frame, node.index) or "", inner, place, [], meaning)
    if key is None:
        return one_entry(inner)
    if key.lstrip("-").isdigit():
        return inner
    inner = union([inner, ev.evidence(ask.frame.module).of(ev, ask.frame, ask.number, ask.path, ask.minus)])
    value = ev.named(ask.frame, key, inner, place, [])
    return value if ask.minus else keyword_headers(ev, ask.frame, node.base, key, value, place)


def _selection(frame: Frame, node: ir.Item) -> int:
    """Return what an entry is read from: of ``d[k] for k in d if k != "pin"``, all but that entry."""
    key = frame.node(root_of(frame, node.index)) if node.index >= 0 else None
    selected = frame.node(key.base) if isinstance(key, ir.Key) else None
    if not isinstance(key, ir.Key) or not isinstance(selected, ir.Select):
        return node.base
    same = stripped(frame, selected.base) == stripped(frame, node.base)
    return key.base if same else node.base


def key_step(frame: Frame, index: int, base: int) -> str:
    """Return the step to an entry of which the key isn't known: where caller give both key and mapping, they know."""
    key = frame.node(root_of(frame, index)) if index >= 0 else None
    given = frame.node(root_of(frame, base))
    return f"?{key.index}" if isinstance(key, ir.Param) and isinstance(given, ir.Param) else "?"


def one_entry(value: Value) -> Value:
    """Return what an entry shows of which the key isn't known: of a carrier, hardly the sensitive one."""
    shown = tuple(
        replace(one, confidence=Confidence.LOW)
        if isinstance(one, Taint) and one.carrier in ("environment", "headers", "body")
        else one
        for one in value.shown
    )
    return Value(shown, value.state)


_PIECES: dict[tuple[str, str], tuple[str, ...]] = {
    ("?", "0"): ("url",),
    ("#", "0"): ("url",),
    ("@", "-1"): ("url", "credential.connection_string", "personal.email"),
    ("@", "1"): ("url", "credential.connection_string", "personal.email"),
    ("@", "2"): ("url", "credential.connection_string", "personal.email"),
    (" ", "0"): ("credential.authorization",),
    (":", "0"): ("credential.authorization", "credential.connection_string", "url"),
}
"""Separator and place of a piece of a split text, and what is not in that piece: a carrier or a kind."""


def _piece(frame: Frame, node: ir.Item, value: Value) -> Value:
    """Drop what can't be in a piece of a split text: the query before the ``?``, the password behind the ``@``."""
    call = frame.node(root_of(frame, node.base))
    if isinstance(call, ir.Call) and last_name(frame, call.func) in ("map", "list", "tuple") and call.args:
        call = frame.node(root_of(frame, call.args[-1]))
    func = frame.node(call.func) if isinstance(call, ir.Call) else None
    if not isinstance(call, ir.Call) or not isinstance(func, ir.Attr) or func.name not in _SPLITTERS:
        return value
    separator = frame.node(call.args[0]) if call.args else None
    text = separator.text if isinstance(separator, ir.Const) else " " if separator is None else None
    gone = _PIECES.get((text or "", node.key or ""), ())
    kept = tuple(
        one for one in value.shown if one.carrier not in gone and (not isinstance(one, Taint) or one.kind not in gone)
    )
    return Value(kept, value.state)


_SPLITTERS = frozenset({"split", "rsplit", "partition", "rpartition"})


def elem(ev: Evaluator, node: ir.Elem, ask: Ask) -> Value:
    """An element met when iterating."""
    if not node.values:
        # Used as a key, `for k in d: d[k]`, or an element of a mapping: it tells nothing.
        if ask.number in ask.frame.indices or holds_mapping(ev, ask.frame, node.base) or _keys(ask.frame, node.base):
            return CLEAN
        inner = without_keys(ev.value(ask.frame, node.base, ("*", *ask.path), ask.minus))
    else:
        inner = ev.value(ask.frame, node.base, ("*", *ask.path), ask.minus)
    return union([inner, ev.evidence(ask.frame.module).of(ev, ask.frame, ask.number, ask.path, ask.minus)])


def _keys(frame: Frame, base: int) -> bool:
    """Whether a node is the keys of a mapping: ``d.keys()``."""
    made = frame.node(root_of(frame, base))
    return isinstance(made, ir.Call) and not made.args and last_name(frame, made.func) in ("keys", "iterkeys")


def without_keys(value: Value) -> Value:
    """Return what iterating over a value shows: of a mapping its keys, and the names of headers tell nothing."""
    kept = tuple(
        one
        for one in value.shown
        if one.carrier not in ("environment", "headers", "object", "arguments")
        or (isinstance(one, Taint) and one.kind == "credential.cookie")
    )
    return Value(kept, value.state)


def _says_mapping(types: list[str]) -> bool:
    """Whether an annotation is that of a mapping, or of one that may be missing."""
    return names_mapping(next((name for name in types if name.rpartition(".")[2] not in ("Optional", "Union")), ""))


def holds_mapping(ev: Evaluator, frame: Frame, base: int) -> bool:
    """Whether a node is a mapping, by how it was made or by its annotation."""
    for root in roots(frame, base):
        node = frame.node(root)
        if isinstance(node, ir.Param) and _says_mapping(frame.function.params[node.index].types):
            return True
        if isinstance(node, ir.Select) or (isinstance(node, ir.Group) and node.type in ("dict", "locals")):
            return True
        if isinstance(node, ir.Call):
            for callee in ev.callees(frame, root, node):
                inner = callee.frame
                if (
                    inner is not None
                    and callee.cls is None
                    and any(_made_mapping(inner, one) for one in inner.function.returns)
                ):
                    return True
    return False


def _made_mapping(frame: Frame, number: int) -> bool:
    current = frame.node(number)
    while isinstance(current, (ir.Bind, ir.Put)):
        if (
            isinstance(current, ir.Put)
            and not current.attribute
            and current.key is not None
            and not current.key.lstrip("-").isdigit()
        ):
            return True
        current = frame.node(current.value if isinstance(current, ir.Bind) else current.base)
    return isinstance(current, ir.Group) and current.type == "dict"


def key(_ev: Evaluator, _node: ir.Key, _ask: Ask) -> Value:
    """A key of a mapping tells nothing."""
    return CLEAN


def join(ev: Evaluator, node: ir.Join, ask: Ask) -> Value:
    """One of several values."""
    return union(ev.value(ask.frame, value, ask.path, ask.minus) for value in node.values)
