"""Calls that reach a method of the program through a class of a library: ``session.post`` of an heir of a session."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.core.catalog import Catalog, DelegateEntry
from logguard.static.flow.frame import Frame
from logguard.static.flow.module import Module
from logguard.static.flow.resolve import Callee, class_of
from logguard.static.index.ir import Attr, Call


def delegated(catalog: Catalog, frame: Frame, call: Call) -> Iterator[Callee]:
    """Yield what a library's method runs that a class of the program has inherited."""
    func = frame.node(call.func)
    if not isinstance(func, Attr) or not any(func.name in row.names for row in catalog.delegates):
        return
    owner = class_of(frame, func.base)
    for row in _rows(catalog, *owner) if owner is not None else ():
        found = owner[0].method(owner[1], row.to) if owner is not None and func.name in row.names else None
        if found is not None:
            yield Callee(found, bound=True, ahead=row.ahead)


def delegating(catalog: Catalog, target: Frame) -> set[str]:
    """Return the names of a library's methods that run a method of the program."""
    cls, name = target.function.cls, target.function.name.rpartition(".")[2]
    if cls is None or all(row.to != name for row in catalog.delegates):
        return set()
    return {method for row in _rows(catalog, target.module, cls) if row.to == name for method in row.names}


def _rows(catalog: Catalog, module: Module, cls: str) -> Iterator[DelegateEntry]:
    bases = {home.imported_as(base) for home, one in module.lineage(cls) for base in one.bases}
    return (row for row in catalog.delegates if not bases.isdisjoint(row.types))
