"""Which nodes of a function are the same value: those with the same anchor."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.static.flow.frame import Frame, last_name, root_of, roots
from logguard.static.flow.resolve import is_self
from logguard.static.index import ir

Anchor = tuple[str | int, ...]
"""What two nodes share when they are the same value."""
READERS = frozenset({"get", "pop", "setdefault", "__getitem__"})
"""Methods that read an entry of a mapping."""


def containers(frame: Frame, number: int) -> Iterator[int]:
    """Yield a node and the containers that it is an item of."""
    yield number
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, ir.Item):
            yield from containers(frame, node.base)
        elif isinstance(node, ir.Call):
            func = frame.node(node.func)
            if isinstance(func, ir.Attr) and func.name in READERS:
                yield from containers(frame, func.base)


def unwrapped(frame: Frame, number: int) -> Iterator[int]:
    """Yield the values behind conversions: ``x`` of ``str(x)`` and of ``"%s" % x``."""
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, ir.Call) and last_name(frame, node.func) in ("str", "repr", "bytes", "dict") and node.args:
            yield from unwrapped(frame, node.args[0])
        elif isinstance(node, ir.Text) and len(node.parts) == 1:
            yield from unwrapped(frame, node.parts[0])
        else:
            yield root


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
        return (*base, node.name) if base is not None else None
    if isinstance(node, ir.Free):
        return ("free", node.name)
    if isinstance(node, ir.Item):
        base = anchor_of(frame, node.base, depth + 1)
        return (*base, "[]", node.key or "*") if base is not None else None
    if isinstance(node, ir.Call):
        func = frame.node(node.func)
        if isinstance(func, ir.Attr) and func.name == "json" and not node.args:
            base = anchor_of(frame, func.base, depth + 1)
            return (*base, "json()") if base is not None else None
        return ("node", frame.function.name, root)
    return ("node", frame.function.name, root) if isinstance(node, ir.Elem) else None
