"""Resolve names: what a node refers to, by full dotted name or as a function or class of the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from logguard.static.flow.frame import CallSite, Frame, last_name, roots, stripped
from logguard.static.flow.module import Module
from logguard.static.flow.naming import lookup, qualified
from logguard.static.index.ir import Attr, Call, ClassRef, Free, FuncRef, Imported, Param
from logguard.static.verbs import verbs

_DEEPEST_CLASS = 60


@dataclass(frozen=True, slots=True)
class Callee:
    """What a call may run: a function of the program, or a class of it."""

    frame: Frame | None
    cls: tuple[Module, str] | None = None
    bound: bool = False
    """Whether the first parameter is the object that the method is called on."""
    ahead: int = 0
    """How many parameters behind that a library fills in before it hands on the arguments of the call."""

    @property
    def offset(self) -> int:
        """How many parameters come before the one for the first argument of the call."""
        return self.bound + self.ahead


def class_of(frame: Frame, number: int) -> tuple[Module, str] | None:
    """Return the class of the program that a node's value is an instance of, where that is known."""
    if number in frame.known_classes:
        return frame.known_classes[number]
    pending = frame.module.program.pending
    key = (frame, number)
    if key in pending.open:
        pending.lowest = min(pending.lowest, pending.open[key])
        return None
    if key in pending.provisional:
        found, lowest = pending.provisional[key]
        pending.lowest = min(pending.lowest, lowest)
        return found
    depth = len(pending.open)
    if depth > _DEEPEST_CLASS:
        pending.lowest = -1
        return None
    outer, pending.lowest = pending.lowest, depth
    pending.open[key] = depth
    found = _class_of(frame, number)
    del pending.open[key]
    if depth == 0 or pending.lowest == depth:
        frame.known_classes[number] = found
        pending.lowest = outer
    else:
        pending.provisional[key] = found, pending.lowest
        pending.lowest = min(outer, pending.lowest)
    if depth == 0:
        pending.provisional.clear()
    return found


def _class_of(frame: Frame, number: int) -> tuple[Module, str] | None:
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, Param):
            if node.index == 0 and is_method(frame):
                return frame.module, frame.function.cls or ""
            types = frame.function.params[node.index].types
            found = class_named(frame.module, types) if types else _class_given(frame, node.index)
        elif isinstance(node, Call):
            found = _class_called(frame, node)
        elif isinstance(node, Free):
            found = None
            for outer, inner in lookup(frame, node.name):
                found = class_of(outer, inner)
                if found:
                    break
        elif isinstance(node, Attr):
            found = _class_of_attribute(frame, node) or _class_of_constant(frame, root)
        elif isinstance(node, Imported):
            found = _class_of_constant(frame, root)
        else:
            found = None
        if found is not None:
            return found
    return None


def _class_given(frame: Frame, index: int) -> tuple[Module, str] | None:
    """Return the class of what a constructor is given for a parameter without annotation, if all of it is of one."""
    cls = frame.function.cls
    if cls is None or not frame.function.name.endswith(".__init__"):
        return None
    wanted = frame.function.params[index]
    given: set[tuple[Module, str]] = set()
    program, name = frame.module.program, cls.rpartition(".")[2]
    above = (site for site in program.call_sites("__init__") if _names_class_above(site, name))
    for site in chain(program.call_sites(name), above):
        if site.shift or site.frame is frame:
            continue
        callee = next((one for one in callees(site.frame, site.call) if one.frame is frame), None)
        if callee is None:
            continue
        place, at = dict(site.call.kwargs).get(wanted.name, -1), index - callee.offset
        if place < 0 and 0 <= at < len(site.call.args) and site.call.fixed < 0:
            place = site.call.args[at]
        found = class_of(site.frame, place) if place >= 0 else None
        if found is not None:
            given.add(found)
    return given.pop() if len(given) == 1 else None


def _names_class_above(site: CallSite, name: str) -> bool:
    """Whether ``super().__init__()`` or ``Base.__init__(self)`` may be that of a class of this name."""
    func = site.frame.node(site.call.func)
    if not isinstance(func, Attr):
        return False
    own = site.frame.module.summary.classes.get(site.frame.function.cls or "")
    return last_name(site.frame, func.base) == name or (
        own is not None and any(base.rpartition(".")[2] == name for base in own.bases)
    )


def _class_of_constant(frame: Frame, number: int) -> tuple[Module, str] | None:
    """Return the class of what another module holds under a name."""
    dotted = qualified(frame, number)
    if dotted is None:
        return None
    held = frame.module.program.constant(dotted, frame.module)
    return next((found for outer, inner in held if (found := class_of(outer, inner))), None)


def _class_called(frame: Frame, node: Call) -> tuple[Module, str] | None:
    """Return the class of a call's result: the class that is called, or what the function says that it returns."""
    for callee in callees(frame, node):
        if callee.cls is not None:
            return callee.cls
        if callee.frame is not None:
            found = _class_returned(callee.frame)
            if found is not None:
                return found
    func = frame.node(stripped(frame, node.func))
    if not isinstance(func, Attr) or not verbs().makes(func.name):
        return None
    owner = next((one.cls for one in functions_of(frame, func.base) if one.cls is not None), None)
    return owner if owner is not None and owner[0].method(owner[1], func.name) is None else None


def _class_of_attribute(frame: Frame, node: Attr) -> tuple[Module, str] | None:
    owner = class_of(frame, node.base)
    if owner is None:
        return None
    module, cls = owner
    for home, one in module.lineage(cls):
        for field in one.fields:
            if field.name == node.name and field.types:
                return class_named(home, field.types)
        getter = home.frames.get(one.methods.get(node.name, ""))
        if getter is not None and node.name in one.methods:
            return _class_returned(getter)
    for other, base, value in module.program.self_stores(module, cls, node.name):
        if is_self(other, base):
            found = class_of(other, value)
            if found is not None:
                return found
    getter = _getter(module, cls, node.name)
    return _class_returned(getter) if getter is not None else None


def _classes_held(module: Module, cls: str, name: str) -> Iterator[Callee]:
    """Yield the class that a class attribute holds: ``response_class = Response``."""
    for home, one in module.lineage(cls):
        body = home.frames.get(f"{one.name}.<class>")
        for field in one.fields:
            if body is not None and field.name == name and field.value >= 0:
                yield from (callee for callee in functions_of(body, field.value) if callee.cls is not None)
                return


def _getter(module: Module, cls: str, name: str) -> Frame | None:
    """Return the method that makes an attribute which a class doesn't have."""
    return None if name.startswith("__") else module.method(cls, "__getattr__")


def class_named(module: Module, types: list[str]) -> tuple[Module, str] | None:
    """Return the class of the program among the names of an annotation written in a module."""
    return next((owner for name in types if (owner := module.owner(name)) is not None), None)


def _class_returned(frame: Frame) -> tuple[Module, str] | None:
    """Return the class of what a function returns, if all that is known of it says so."""
    return next((found for one in frame.function.returns if (found := class_of(frame, one))), None)


def is_method(frame: Frame) -> bool:
    """Whether the first parameter is the instance or the class."""
    function = frame.function
    if function.cls is None or not function.params or "staticmethod" in function.decorators:
        return False
    if function.parent is None or function.parent.endswith("<class>"):
        return function.parent is not None
    # What a decorator in a class puts in a method's place is one as well.
    return function.params[0].name == "self" and function.parent.rpartition(".")[2] in frame.module.decorators


def is_self(frame: Frame, number: int) -> bool:
    """Whether a node is the instance that a method runs on."""
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, Param) and node.index == 0 and is_method(frame):
            return True
        if isinstance(node, Free) and node.name in ("self", "cls"):
            return True
    return False


def callees(frame: Frame, call: Call) -> Iterator[Callee]:
    """Yield what a call may run, as far as the program defines it."""
    for root in roots(frame, call.func):
        yield from list(_targets(frame, root, set())) or _called_object(frame, root)


def _called_object(frame: Frame, number: int) -> Iterator[Callee]:
    """Yield the ``__call__`` of an object that is called like a function, if it is named after its class."""
    name = last_name(frame, number)
    if name is None or not frame.module.program.has_callable(name):
        return
    owner = class_of(frame, number)
    method = owner[0].method(owner[1], "__call__") if owner is not None else None
    if method is not None:
        yield Callee(method, bound=True)


def functions_of(frame: Frame, number: int) -> Iterator[Callee]:
    """Yield what a node that is handed over as a function may be."""
    for root in roots(frame, number):
        yield from _targets(frame, root, set())


def _targets(frame: Frame, number: int, seen: set[tuple[Frame, int]]) -> Iterator[Callee]:
    """Yield what a node may be; ``seen`` are those looked at before: names that hold each other are met many times."""
    node = frame.node(number)
    module = frame.module
    if (frame, number) in seen:
        return
    seen.add((frame, number))
    if isinstance(node, FuncRef):
        found = module.frames.get(node.name)
        if found is not None:
            yield Callee(found)
    elif isinstance(node, ClassRef):
        yield Callee(module.method(node.name, "__init__"), (module, node.name), bound=True)
    elif isinstance(node, Free):
        if node.name == "cls" and frame.function.cls:
            yield Callee(module.method(frame.function.cls, "__init__"), (module, frame.function.cls), bound=True)
        for outer, inner in lookup(frame, node.name):
            for root in roots(outer, inner):
                yield from _targets(outer, root, seen)
    elif isinstance(node, Param):
        if node.index == 0 and is_method(frame) and "classmethod" in frame.function.decorators:
            cls = frame.function.cls or ""
            yield Callee(module.method(cls, "__init__"), (module, cls), bound=True)
    elif isinstance(node, Imported):
        yield from _named(frame, node.name, seen)
    elif isinstance(node, Attr):
        dotted = qualified(frame, number)
        found_there = list(_named(frame, dotted, seen)) if dotted is not None else []
        yield from found_there or _methods(frame, node)


def named_function(frame: Frame, name: str) -> Iterator[Callee]:
    """Yield what a name that is written at the top level of a module may be as a function."""
    own = frame.module.frames.get(name)
    return iter([Callee(own)]) if own is not None else _named(frame, frame.module.imported_as(name), set())


def _named(frame: Frame, dotted: str, seen: set[tuple[Frame, int]]) -> Iterator[Callee]:
    """Yield the function or class of a dotted name that is imported."""
    program = frame.module.program
    found = program.find(dotted, frame.module)
    if found is None:
        return
    home, name = found
    if name in home.summary.classes:
        yield Callee(home.method(name, "__init__"), (home, name), bound=True)
        return
    owner, _, method = name.rpartition(".")
    if owner in home.summary.classes:
        inner = home.method(owner, method)
        if inner is not None:
            yield Callee(inner, bound="classmethod" in inner.function.decorators)
        return
    for outer, number in program.constant(dotted, frame.module):
        for root in roots(outer, number):
            yield from _targets(outer, root, seen)


def _methods(frame: Frame, node: Attr) -> Iterator[Callee]:
    module = frame.module
    base = frame.node(stripped(frame, node.base))
    if isinstance(base, Call) and qualified(frame, base.func) == "super" and frame.function.cls:
        for home, cls in module.lineage(frame.function.cls)[1:]:
            if node.name in cls.methods:
                yield Callee(home.frames.get(cls.methods[node.name]), bound=True)
                return
        return
    if isinstance(base, (ClassRef, Free)):
        names = [base.name] if isinstance(base, ClassRef) else []
        if isinstance(base, Free):
            for outer, inner in lookup(frame, base.name):
                held = outer.node(stripped(outer, inner))
                if isinstance(held, ClassRef):
                    names.append(held.name)
        for name in names:
            found = module.method(name, node.name)
            if found is not None:
                unbound = not ({"classmethod"} & set(found.function.decorators))
                yield Callee(found, bound=not unbound)
        if names:
            return
    owner = class_of(frame, node.base)
    if owner is None:
        return
    home, cls_name = owner
    found = home.method(cls_name, node.name)
    if found is not None:
        yield Callee(found, bound="staticmethod" not in found.function.decorators)
    elif (getter := _getter(home, cls_name, node.name)) is not None:
        made = (getter.node(root) for one in getter.function.returns for root in roots(getter, one))
        yield from (Callee(getter.module.frames.get(one.name)) for one in made if isinstance(one, FuncRef))
    else:
        yield from _classes_held(home, cls_name, node.name)
    for place, heir in home.program.heirs(home, cls_name):
        if node.name in heir.methods and heir.methods[node.name] in place.frames:
            other = place.frames[heir.methods[node.name]]
            if other is not found:
                yield Callee(other, bound="staticmethod" not in other.function.decorators)
