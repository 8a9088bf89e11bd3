"""A function of the program, and what its nodes are called."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from logguard.static.index.ir import (
    AnyNode,
    Attr,
    Bind,
    Call,
    Caught,
    ClassRef,
    Free,
    FuncRef,
    Group,
    Imported,
    Item,
    Join,
    Node,
    Param,
    Put,
    Select,
)
from logguard.static.index.summary import Function

if TYPE_CHECKING:
    from logguard.static.flow.module import Module

_Node = TypeVar("_Node", bound=Node)
HANDED_AS = ("target", "callback", "func")
"""Keywords that hand a function over."""
_SOUGHT: tuple[type[Node], ...] = (Attr, Call, Caught, Group, Item, Put)
"""Kinds of nodes that functions are searched for."""
_OF_MAPPINGS = ("get", "items", "keys", "setdefault")
NUMBER = re.compile(r"#\d+")
"""What tells functions of one name apart; people don't see it."""


@dataclass(frozen=True, slots=True)
class CallSite:
    """A call in a function."""

    frame: Frame
    node: int
    call: Call
    shift: int = 0
    """How many leading arguments are not the callee's: the function itself in ``submit(f, x)``."""


@dataclass(frozen=True, eq=False)
class Frame:
    """A function in its module, with what is derived from it; one for each function, so identity is equality."""

    module: Module
    function: Function
    known_roots: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)
    """Answers of `roots`, by node."""
    known_classes: dict[int, tuple[Module, str] | None] = field(default_factory=dict, repr=False)
    """Answers of `resolve.class_of`, by node."""
    known_names: dict[int, str | None] = field(default_factory=dict, repr=False)
    """Answers of `resolve.qualified`, by node."""

    @cached_property
    def key(self) -> str:
        """``module:qualified name``."""
        return f"{self.module.summary.path}:{self.function.name}"

    @cached_property
    def name(self) -> str:
        """Fully qualified dotted name, for people."""
        inner = NUMBER.sub("", self.function.name).replace(".<class>", "")
        return f"{self.module.summary.module}.{inner}" if inner else self.module.summary.module

    @cached_property
    def _by_kind(self) -> dict[type[Node], array[int]]:
        found = {kind: array("I") for kind in _SOUGHT}
        for number, node in enumerate(self.function.nodes):
            if type(node) in found:
                found[type(node)].append(number)
        return found

    def of_kind(self, kind: type[_Node]) -> list[tuple[int, _Node]]:
        """Return the nodes of one of the kinds in `_SOUGHT`, each with its number."""
        nodes: Any = self.function.nodes
        return [(number, nodes[number]) for number in self._by_kind[kind]]

    @cached_property
    def indices(self) -> frozenset[int]:
        """The roots of what entries are read by in it: ``k`` of ``d[k]``."""
        read = (node.index for _, node in self.of_kind(Item) if node.index >= 0)
        return frozenset(root for index in read for root in roots(self, index))

    @cached_property
    def keyed_roots(self) -> frozenset[int]:
        """The roots of all that it reads or sets entries of by their keys: they are mappings."""
        keyed = [item.base for _, item in self.of_kind(Item) if item.key and not item.key.lstrip("-").isdigit()]
        keyed += [put.base for _, put in self.of_kind(Put) if put.key is not None and not put.attribute]
        keyed += [attr.base for _, attr in self.of_kind(Attr) if attr.name in _OF_MAPPINGS]
        return frozenset(root for base in keyed for root in roots(self, base))

    def node(self, number: int) -> AnyNode:
        """Return a node of this function."""
        return self.function.nodes[number]


def stripped(frame: Frame, number: int) -> int:
    """Follow names to the node that they hold."""
    nodes = frame.function.nodes
    while True:
        node = nodes[number]
        if type(node) is Bind:
            number = node.value
        elif type(node) is Select and node.absent:
            number = node.base
        else:
            return number


def last_name(frame: Frame, number: int) -> str | None:
    """Return the last word of what a node names: ``post`` of ``session.post``."""
    node = frame.node(number)
    if isinstance(node, (Attr, Free)):
        return node.name
    if isinstance(node, (FuncRef, ClassRef, Imported)):
        return NUMBER.sub("", node.name.rpartition(".")[2])
    if isinstance(node, Bind):
        return last_name(frame, node.value) or node.name
    if isinstance(node, Select) and node.absent:
        return last_name(frame, node.base)
    return frame.function.params[node.index].name if isinstance(node, Param) else None


def owner_name(frame: Frame, number: int) -> str:
    """Return the name of what a method is called on, or of the function that returns it: ``get_session().post``."""
    made = frame.node(number)
    return last_name(frame, number) or (last_name(frame, made.func) if isinstance(made, Call) else None) or ""


def handed_function(frame: Frame, number: int) -> str | None:
    """Return the name of a function that an argument hands over, if it is one of the module's."""
    node = frame.node(stripped(frame, number))
    if not isinstance(node, (FuncRef, Free, Imported, Attr)):
        return None
    if isinstance(node, FuncRef):
        return NUMBER.sub("", node.name.rpartition(".")[2])
    if isinstance(node, Free) and node.name in frame.module.summary.functions:
        return node.name
    if isinstance(node, Free):
        held = next((one for one in frame.module.held(node.name) if isinstance(one, Imported)), None)
        return held.name.rpartition(".")[2] if held is not None else None
    if isinstance(node, Imported):
        return node.name.rpartition(".")[2]
    if frame.function.cls:
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
    nodes = frame.function.nodes
    found: list[int] = []
    seen: set[int] = set()
    todo = [number]
    while todo:
        current = todo.pop()
        if current in seen:
            continue
        seen.add(current)
        node = nodes[current]
        if type(node) is Bind:
            todo.append(node.value)
        elif type(node) is Put or (type(node) is Select and node.absent):
            todo.append(node.base)
        elif type(node) is Join:
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
