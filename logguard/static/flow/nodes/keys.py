"""Keys that a loop or a selection runs through, as far as they are constants."""

from __future__ import annotations

from logguard.static.flow.frame import Frame, roots, stripped
from logguard.static.flow.naming import lookup, qualified
from logguard.static.index import ir

_NAMES = (ir.Imported, ir.Attr)


def listed_keys(frame: Frame, index: int) -> list[str]:
    """Return the keys that an index runs through, where they come from a constant list: an allow-list."""
    found: list[str] = []
    for root in roots(frame, index):
        node = frame.node(root)
        if not isinstance(node, ir.Elem):
            return []
        for outer, number in held(frame, node.base):
            listed = [outer.node(one) for one in members(outer, outer.node(number))]
            if not listed or not all(isinstance(one, ir.Const) and one.text for one in listed):
                return []
            found += [one.text for one in listed if isinstance(one, ir.Const) and one.text]
    return found


def held(frame: Frame, number: int) -> list[tuple[Frame, int]]:
    """Return what a node may be, looked up in enclosing scopes as well."""
    found: list[tuple[Frame, int]] = []
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, ir.Free):
            found += [(outer, one) for outer, inner in lookup(frame, node.name) for one in roots(outer, inner)]
        else:
            found.append((frame, root))
    return found


def constant_key(frame: Frame, number: int) -> str | None:
    """Return the text of a key, where it or a constant is one: ``ATTR_PIN``, here or elsewhere, for ``"pin"``.

    Of several that it may be, all must be known and the same.
    """
    texts: set[str | None] = set()
    for root in roots(frame, number):
        nodes = [where.node(one) for where, held_by in _defined(frame, root) for one in roots(where, held_by)]
        texts |= {node.text if isinstance(node, ir.Const) else None for node in nodes} or {None}
    return texts.pop() if len(texts) == 1 else None


def _defined(frame: Frame, number: int) -> list[tuple[Frame, int]]:
    """Return what a name is given at the top of a module, here or elsewhere, or the node itself if it is no name."""
    node = frame.node(number)
    if isinstance(node, ir.Free):
        found = list(lookup(frame, node.name))
        if len(found) != 1 or found[0][0].function.name:
            return []  # what a name of an enclosing function holds at its end may not be what it held
        outer, inner = found[0]
        return _elsewhere(outer, inner) if isinstance(outer.node(stripped(outer, inner)), _NAMES) else found
    return _elsewhere(frame, number) if isinstance(node, _NAMES) else [(frame, number)]


def _elsewhere(frame: Frame, number: int) -> list[tuple[Frame, int]]:
    dotted = qualified(frame, number)
    return frame.module.program.constant(dotted, frame.module) if dotted else []


def own_key(frame: Frame, number: int) -> str | None:
    """Return the text of the key of one of `Group.rest`, where a constant names it: ``{ATTR_PIN: pin}``."""
    node = frame.node(number)
    if not isinstance(node, ir.Item) or node.index < 0:
        return None
    made = frame.node(node.base)
    return constant_key(frame, node.index) if isinstance(made, ir.Group) and made.type == "dict" else None


def key_of(frame: Frame, node: ir.Item | ir.Put) -> str | None:
    """Return the key that an entry is read or set by, as it stands there or as a constant holds it."""
    return node.key if node.key is not None or node.index < 0 else constant_key(frame, node.index)


def members(frame: Frame, node: ir.AnyNode) -> list[int]:
    if isinstance(node, ir.Group):
        return [*(value for _, value in node.entries), *node.rest]
    if isinstance(node, ir.Call) and node.args:
        return members(frame, frame.node(node.args[0]))
    return []


def _selected_keys(frame: Frame, node: ir.Select) -> tuple[frozenset[str], bool]:
    """Return the keys of a selection, and whether all of them are known."""
    keys = set(node.keys)
    complete = True
    for name in node.names:
        held = (
            [(frame, frame.function.scope[name])]
            if name in frame.function.scope
            else list(lookup(frame, name.rpartition(".")[2]))
        )
        found = [outer.node(root) for outer, inner in held for root in roots(outer, inner)]
        for group_node in found:
            if isinstance(group_node, ir.Call) and group_node.args:
                continue
            if not isinstance(group_node, (ir.Group, ir.Const)):
                complete = False
        texts = [
            outer.node(value)
            for outer, inner in held
            for root in roots(outer, inner)
            for value in members(outer, outer.node(root))
        ]
        known = {one.text for one in (*texts, *found) if isinstance(one, ir.Const) and one.text}
        keys |= known
        complete = complete and bool(known)
    if node.lowered:  # one that isn't written in lower case is never met
        keys = {key for key in keys if key == key.lower()}
        keys |= {written for key in keys for written in (key.upper(), key.capitalize(), _as_header(key))}
    return frozenset(keys), complete


def _as_header(key: str) -> str:
    """Return a key as names of headers are written: ``X-Api-Key``."""
    return "-".join(part.capitalize() for part in key.split("-"))
