"""Decide what is a logger, by what flows into it; the name decides only where nothing else is known."""

from __future__ import annotations

from logguard.core.catalog import Catalog
from logguard.core.names import words
from logguard.static.flow.frame import Frame, last_name, roots
from logguard.static.flow.naming import lookup, qualified
from logguard.static.flow.resolve import callees, class_of, is_self
from logguard.static.flow.slots import Slot
from logguard.static.habits import habits
from logguard.static.index import ir

_DEEPEST = 8


class Loggers:
    """Recognises loggers."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._asked: set[tuple[Frame, int]] = set()
        """Nodes looked at for one question: had one been a logger, the question would be answered."""

    def is_logger(self, frame: Frame, number: int, bound: list[Slot], depth: int = 0) -> bool:
        """Whether a node is a logger; context bound to it on the way is added to ``bound``."""
        if depth == 0:
            self._asked.clear()
        if depth > _DEEPEST or (frame, number) in self._asked:
            return False
        self._asked.add((frame, number))
        dotted = qualified(frame, number)
        if dotted is not None and dotted in self._catalog.logger_objects:
            return True
        found = roots(frame, number)
        if any(self._root_is_logger(frame, root, bound, depth) for root in found):
            return True
        node = frame.node(number)
        while isinstance(node, ir.Join):
            node = frame.node(node.values[0])
        return (
            isinstance(node, ir.Bind)
            and named_logger(node.name)
            and all(self._may_be_any(frame, root) for root in found)
        )

    def _may_be_any(self, frame: Frame, number: int) -> bool:
        """Whether nothing is known of what a node is, so that its name may decide."""
        node = frame.node(number)
        if isinstance(node, ir.Call):
            return not list(callees(frame, node)) and (qualified(frame, node.func) or "").count(".") == 0
        return isinstance(node, (ir.Param, ir.Item, ir.Elem, ir.Attr))

    def _root_is_logger(self, frame: Frame, number: int, bound: list[Slot], depth: int) -> bool:
        node = frame.node(number)
        if isinstance(node, ir.Call):
            return self._call_is_logger(frame, node, bound, depth)
        if isinstance(node, ir.Imported):
            held = frame.module.program.constant(node.name, frame.module)
            if held:
                return any(self.is_logger(outer, inner, bound, depth + 1) for outer, inner in held)
            return node.name in self._catalog.logger_objects or named_logger(node.name.rpartition(".")[2])
        if isinstance(node, ir.Free):
            held = list(lookup(frame, node.name))
            if held:
                return any(self.is_logger(outer, inner, bound, depth + 1) for outer, inner in held)
            return named_logger(node.name)
        if isinstance(node, ir.Param):
            parameter = frame.function.params[node.index]
            if parameter.types:
                return any(
                    name in self._catalog.logger_types or name.rpartition(".")[2] in self._catalog.logger_types
                    for name in parameter.types
                ) or (
                    named_logger(parameter.name)
                    and not any(frame.module.owner(name) is not None for name in parameter.types)
                )
            return named_logger(parameter.name)
        if isinstance(node, ir.Attr):
            return self._attribute_is_logger(frame, node, bound, depth)
        if isinstance(node, ir.Item):
            return named_logger(last_name(frame, node.base) or "")
        return False

    def _attribute_is_logger(self, frame: Frame, node: ir.Attr, bound: list[Slot], depth: int) -> bool:
        owner = class_of(frame, node.base)
        if owner is not None:
            module, cls = owner
            stores = [
                (other, value)
                for other, base, value in module.program.self_stores(module, cls, node.name)
                if is_self(other, base) and not _is_itself(other, value, node.name)
            ]
            for home, one in module.lineage(cls):
                body = home.frames.get(f"{one.name}.<class>")
                if body is not None and node.name in body.function.scope:
                    stores.append((body, body.function.scope[node.name]))
            if stores:
                return any(self.is_logger(other, value, bound, depth + 1) for other, value in stores) or (
                    named_logger(node.name)
                    and all(
                        isinstance(other.node(root), (ir.Const, ir.Param))
                        for other, value in stores
                        for root in roots(other, value)
                    )
                )
            getter = module.method(cls, node.name)
            if getter is not None:
                return any(
                    self.is_logger(getter, value, bound, depth + 1) for value in getter.function.returns
                ) or named_logger(node.name)
        return named_logger(node.name)

    def _call_is_logger(self, frame: Frame, node: ir.Call, bound: list[Slot], depth: int) -> bool:
        dotted = qualified(frame, node.func)
        if dotted is not None and dotted in self._catalog.factories:
            if dotted.endswith("LoggerAdapter"):
                bound += [Slot("extra", one, None, frame) for one in node.args[1:2]]
            return True
        func = frame.node(node.func)
        if (
            isinstance(func, ir.Attr)
            and func.name in self._catalog.binders
            and self.is_logger(frame, func.base, bound, depth + 1)
        ):
            bound += [Slot("bound", value, name, frame) for name, value in node.kwargs]
            bound += [Slot("bound", value, None, frame) for value in node.doubles]
            return True
        name = last_name(frame, node.func) or ""
        own = list(callees(frame, node))
        if own:
            inner = [callee.frame for callee in own if callee.frame is not None and callee.cls is None]
            if inner:
                return any(
                    self.is_logger(one, value, bound, depth + 1) for one in inner for value in one.function.returns
                )
            return any(
                base.rpartition(".")[2] in self._catalog.logger_types
                for callee in own
                if callee.cls
                for _, one in callee.cls[0].lineage(callee.cls[1])
                for base in one.bases
            )
        found = words(name)
        return bool(found) and found[-1] in habits().logger_factories and (len(found) > 1 or name == "Logger")


def _is_itself(frame: Frame, number: int, name: str) -> bool:
    """Whether what an attribute is set to is what it was: ``self.log.propagate = False`` changes it in place."""
    found = [frame.node(root) for root in roots(frame, number)]
    return all(isinstance(one, ir.Attr) and one.name == name and is_self(frame, one.base) for one in found)


def named_logger(name: str) -> bool:
    """Whether a name that nothing else is known of is a logger's."""
    found = words(name)
    return bool(found) and found[-1] in habits().loggers
