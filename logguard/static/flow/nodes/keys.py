"""Keys that a loop or a selection runs through, as far as they are constants."""

from __future__ import annotations

from logguard.static.flow.frame import Frame, roots
from logguard.static.flow.naming import lookup
from logguard.static.index import ir


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
            if not isinstance(group_node, ir.Group):
                complete = False
        texts = [
            outer.node(value)
            for outer, inner in held
            for root in roots(outer, inner)
            for value in members(outer, outer.node(root))
        ]
        known = {one.text for one in texts if isinstance(one, ir.Const) and one.text}
        keys |= known
        complete = complete and bool(known)
    return frozenset(keys), complete
