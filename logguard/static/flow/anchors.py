"""Which nodes of a function are the same value: those with the same anchor."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.static.flow.frame import Frame, last_name, root_of, roots
from logguard.static.flow.resolve import is_self
from logguard.static.habits import habits
from logguard.static.index import ir

Anchor = tuple[str | int, ...]
"""What two nodes share when they are the same value."""
READERS = frozenset({"get", "pop", "setdefault", "__getitem__"})
"""Methods that read an entry of a mapping."""
_CONVERSIONS = frozenset({"str", "repr", "bytes", "dict"})


def containers(frame: Frame, number: int) -> Iterator[int]:
    """Yield a node and the containers that it is an item of."""
    todo, seen = [number], {number}
    while todo:
        current = todo.pop(0)
        yield current
        for root in roots(frame, current):
            node = frame.node(root)
            func = frame.node(node.func) if isinstance(node, ir.Call) else None
            if isinstance(node, ir.Item) or (isinstance(node, ir.Elem) and _is_answer(frame, node.base)):
                outer = node.base
            elif isinstance(func, ir.Attr) and func.name in READERS:
                outer = func.base
            elif isinstance(node, ir.Call) and node.args and last_name(frame, node.func) in habits().parsers:
                yield node.args[0]  # the text; not the cache that it came out of
                continue
            else:
                continue
            if outer not in seen:  # ``d = d["next"]`` in a loop
                seen.add(outer)
                todo.append(outer)


def _is_answer(frame: Frame, number: int) -> bool:
    """Whether what is iterated over shows its elements: what a call returns, not a consumer, a file or a table."""
    for root in roots(frame, number):
        node = frame.node(root)
        name = last_name(frame, node.func) if isinstance(node, ir.Call) else None
        if isinstance(node, ir.Item) or (name is not None and not name[:1].isupper() and name != "open"):
            return True
    return False


def unwrapped(frame: Frame, number: int) -> Iterator[int]:
    """Yield the values behind conversions: ``x`` of ``str(x)``, of ``cast(dict, x)`` and of ``"%s" % x``."""
    todo, seen = [number], {number}
    while todo:
        for root in roots(frame, todo.pop(0)):
            inner = _converted(frame, frame.node(root))
            if inner is None:
                yield root
            elif inner not in seen:  # ``x = str(x)`` in a loop
                seen.add(inner)
                todo.append(inner)


def _converted(frame: Frame, node: ir.Node) -> int | None:
    """Return what a conversion shows as it is."""
    if isinstance(node, ir.Text) and len(node.parts) == 1:
        return node.parts[0]
    if not isinstance(node, ir.Call) or not node.args:
        return None
    name = last_name(frame, node.func)
    if name == "cast":
        return node.args[-1]
    return node.args[0] if name in _CONVERSIONS else None


def anchor_of(frame: Frame, number: int, depth: int = 0) -> Anchor | None:
    root = root_of(frame, number)
    if depth > 5:
        return None
    node = frame.node(root)
    if isinstance(node, ir.Param):
        return ("parameter", frame.function.name, node.index)
    if isinstance(node, ir.Attr):
        if is_self(frame, node.base):
            return ("self", frame.function.cls or "", node.name)
        base = anchor_of(frame, node.base, depth + 1)
        if base is None:
            return None
        return (*base, "()" if node.name in habits().body and base[0] == "node" else node.name)
    if isinstance(node, ir.Free):
        return ("free", node.name)
    if isinstance(node, ir.Item):
        base = anchor_of(frame, node.base, depth + 1)
        return (*base, "[]", node.key or "*") if base is not None else None
    if isinstance(node, ir.Call):
        func = frame.node(node.func)
        constant = all(isinstance(frame.node(one), ir.Const) for one in node.args)
        if isinstance(func, ir.Attr) and func.name in habits().body and constant:  # ``text("utf-8")``
            base = anchor_of(frame, func.base, depth + 1)
            return (*base, "()") if base is not None else None
        return ("node", frame.function.name, root)
    return ("node", frame.function.name, root) if isinstance(node, ir.Elem) else None
