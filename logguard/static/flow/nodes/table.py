"""Which function answers for which kind of node."""

from __future__ import annotations

from logguard.static.flow.calls.call import call
from logguard.static.flow.evaluate import Handler
from logguard.static.flow.nodes.attributes import attr
from logguard.static.flow.nodes.changes import put, select
from logguard.static.flow.nodes.containers import elem, group, item, join, key
from logguard.static.flow.nodes.exceptions import caught
from logguard.static.flow.nodes.literals import const, reference, template
from logguard.static.flow.nodes.names import bind, free, imported, param
from logguard.static.flow.nodes.texts import slice_, text
from logguard.static.index import ir


def handlers() -> dict[type[ir.AnyNode], Handler]:
    """Return the handler of every kind of node."""
    return {
        ir.Const: const,
        ir.Template: template,
        ir.Param: param,
        ir.Free: free,
        ir.Imported: imported,
        ir.FuncRef: reference,
        ir.ClassRef: reference,
        ir.Bind: bind,
        ir.Attr: attr,
        ir.Item: item,
        ir.Slice: slice_,
        ir.Elem: elem,
        ir.Key: key,
        ir.Text: text,
        ir.Group: group,
        ir.Put: put,
        ir.Select: select,
        ir.Join: join,
        ir.Call: call,
        ir.Caught: caught,
    }
