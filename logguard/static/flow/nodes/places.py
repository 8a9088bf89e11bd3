"""Names and places of nodes, for what is said of them."""

from __future__ import annotations

from logguard.static.flow.frame import Frame
from logguard.static.index import ir


def name_of(frame: Frame, number: int) -> str | None:
    node = frame.node(number)
    if isinstance(node, (ir.Free, ir.Attr)):
        return node.name
    if isinstance(node, ir.Imported):
        return node.name.rpartition(".")[2]
    return node.name if isinstance(node, ir.Bind) else None


def shown_name(frame: Frame, number: int) -> str | None:
    node = frame.node(number)
    if isinstance(node, (ir.Bind, ir.Attr, ir.Free)):
        return node.name
    if isinstance(node, ir.Param):
        return frame.function.params[node.index].name
    return None


def place_of(frame: Frame, number: int) -> tuple[int, int]:
    node = frame.node(number)
    if isinstance(node, (ir.Bind, ir.Attr, ir.Free, ir.Item, ir.Call)):
        return node.line, node.column
    if isinstance(node, ir.Param):
        parameter = frame.function.params[node.index]
        return parameter.line, parameter.column
    return frame.function.line, 0
