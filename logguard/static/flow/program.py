"""The program under analysis: summaries by module, and who calls whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from logguard.static.index.ir import (
    AnyNode,
    Attr,
    Bind,
    Call,
    Class,
    ClassRef,
    Free,
    FuncRef,
    Function,
    Imported,
    Join,
    ModuleSummary,
    Param,
    Put,
)

HANDED_AS = ("target", "callback", "func")
"""Keywords that hand a function over."""
_NUMBER = re.compile(r"#\d+")
"""What tells functions of one name apart; people don't see it."""


@dataclass(frozen=True, slots=True)
class CallSite:
    """A call in a function."""

    frame: Frame
    node: int
    call: Call
    shift: int = 0
    """How many leading arguments are not the callee's: the function itself in ``submit(f, x)``."""


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A function in its module; one for each function, so identity is equality."""

    module: Module
    function: Function
    known_roots: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)
    """Answers of `roots`, by node."""
    known_classes: dict[int, tuple[Module, str] | None] = field(default_factory=dict, repr=False)
    """Answers of `resolve.class_of`, by node; a node being asked for counts as unknown."""
    known_names: dict[int, str | None] = field(default_factory=dict, repr=False)
    """Answers of `resolve.qualified`, by node."""

    @property
    def key(self) -> str:
        """``module:qualified name``."""
        return f"{self.module.summary.path}:{self.function.name}"

    @property
    def name(self) -> str:
        """Fully qualified dotted name, for people."""
        inner = _NUMBER.sub("", self.function.name).replace(".<class>", "")
        return f"{self.module.summary.module}.{inner}" if inner else self.module.summary.module

    def node(self, number: int) -> AnyNode:
        """Return a node of this function."""
        return self.function.nodes[number]


class Module:
    """A module with what is derived from its summary when it is asked for."""

    def __init__(self, summary: ModuleSummary) -> None:
        self.summary = summary
        self.frames = {name: Frame(self, function) for name, function in summary.functions.items()}
        self.topics = frozenset(summary.topics)

    @property
    def body(self) -> Frame:
        """The module's own body."""
        return self.frames[""]

    @cached_property
    def global_stores(self) -> dict[str, list[tuple[Frame, int]]]:
        """Assignments from within functions to names of the module or an enclosing function."""
        found: dict[str, list[tuple[Frame, int]]] = {}
        for frame in self.frames.values():
            for name, node in frame.function.global_stores:
                found.setdefault(name, []).append((frame, node))
        return found

    @cached_property
    def attribute_stores(self) -> dict[str, list[tuple[Frame, int, int]]]:
        """(frame, base, value) of attribute assignments, by attribute name."""
        found: dict[str, list[tuple[Frame, int, int]]] = {}
        for frame in self.frames.values():
            for base, name, value in frame.function.stores:
                found.setdefault(name, []).append((frame, base, value))
        return found

    @cached_property
    def call_sites(self) -> dict[str, list[CallSite]]:
        """Calls by the last word of what is called, and of functions handed over as callbacks."""
        found: dict[str, list[CallSite]] = {}
        for frame in self.frames.values():
            for number, node in enumerate(frame.function.nodes):
                if not isinstance(node, Call):
                    continue
                name = last_name(frame, node.func)
                if name:
                    found.setdefault(name, []).append(CallSite(frame, number, node))
                for position, argument in enumerate(node.args):
                    handed = handed_function(frame, argument)
                    if handed:
                        found.setdefault(handed, []).append(CallSite(frame, number, node, position + 1))
                for name, argument in node.kwargs:
                    handed = handed_function(frame, argument) if name in HANDED_AS else None
                    if handed:
                        found.setdefault(handed, []).append(CallSite(frame, number, node, -1))
        return found

    def classes_of(self, cls: str) -> Iterator[Class]:
        """Yield a class and those of its bases that this module defines, nearest first."""
        seen: set[str] = set()
        todo = [cls]
        while todo:
            name = todo.pop(0)
            found = self.summary.classes.get(name)
            if found is None or name in seen:
                continue
            seen.add(name)
            yield found
            todo += found.bases

    def heirs_of(self, cls: str) -> Iterator[Class]:
        """Yield the classes of this module that inherit from a class."""
        for other in self.summary.classes.values():
            if other.name != cls and any(one.name == cls for one in self.classes_of(other.name)):
                yield other

    def method(self, cls: str, name: str) -> Frame | None:
        """Return the method that an object of a class runs under a name, if this module defines it."""
        for one in self.classes_of(cls):
            if name in one.methods:
                return self.frames.get(one.methods[name])
        return None


def stripped(frame: Frame, number: int) -> int:
    """Follow names to the node that they hold."""
    node = frame.node(number)
    while isinstance(node, Bind):
        number = node.value
        node = frame.node(number)
    return number


def last_name(frame: Frame, number: int) -> str | None:
    """Return the last word of what a node names: ``post`` of ``session.post``."""
    node = frame.node(number)
    if isinstance(node, Attr | Free):
        return node.name
    if isinstance(node, FuncRef | ClassRef | Imported):
        return _NUMBER.sub("", node.name.rpartition(".")[2])
    if isinstance(node, Bind):
        return last_name(frame, node.value) or node.name
    return frame.function.params[node.index].name if isinstance(node, Param) else None


def handed_function(frame: Frame, number: int) -> str | None:
    """Return the name of a function that an argument hands over, if it is one of the module's."""
    node = frame.node(stripped(frame, number))
    functions = frame.module.summary.functions
    if isinstance(node, FuncRef):
        return _NUMBER.sub("", node.name.rpartition(".")[2])
    if isinstance(node, Free) and node.name in functions:
        return node.name
    if isinstance(node, Attr) and frame.function.cls:
        method = frame.module.method(frame.function.cls, node.name)
        if method is not None and not any(
            "property" in word or "setter" in word for word in method.function.decorators
        ):
            return node.name
    return None


def roots(frame: Frame, number: int) -> tuple[int, ...]:
    """Return the nodes that a node may be, through names, branches and changes of the object."""
    known = frame.known_roots.get(number)
    if known is not None:
        return known
    found: list[int] = []
    seen: set[int] = set()
    todo = [number]
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        node = frame.node(current)
        if isinstance(node, Bind):
            todo.append(node.value)
        elif isinstance(node, Put):
            todo.append(node.base)
        elif isinstance(node, Join):
            todo += reversed(node.values)
        else:
            found.append(current)
    made = tuple(found)
    frame.known_roots[number] = made
    return made


def root_of(frame: Frame, number: int) -> int:
    """Return the first of the nodes that a node may be."""
    found = roots(frame, number)
    return found[0] if found else number
