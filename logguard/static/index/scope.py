"""A function under construction: its nodes, and what each local name holds at this point."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from logguard.static.index.ir import FEW, AnyNode, Bind, Const, Elem, Free, Join, Put, Select, Slice, Text
from logguard.static.index.summary import Function


class Scope:
    """The state of lowering one function. ``env`` maps local names to nodes; branches copy and merge it."""

    def __init__(self, function: Function, outer: Scope | None) -> None:
        self.function = function
        self.outer = outer
        self.nodes = function.nodes
        self.env: dict[str, int] = {}
        self.declared_outer: set[str] = set()
        """Names under ``global`` or ``nonlocal``."""
        self.caught: list[int] = []
        """The exceptions being handled, innermost last."""
        self.failed = False
        """Whether this is a branch for what went wrong."""
        self._flag = -1

    def add(self, node: AnyNode) -> int:
        """Append a node and return its number."""
        self.nodes.append(node)
        return len(self.nodes) - 1

    def flag(self) -> int:
        """Return the node of a value that tells nothing."""
        if self._flag < 0:
            self._flag = self.add(Const("bool"))
        return self._flag

    def read(self, name: str, line: int, column: int) -> int:
        """Return the node that ``name`` holds here."""
        found = self.env.get(name)
        return found if found is not None else self.add(Free(name, line, column))

    def join(self, values: Iterable[int]) -> int:
        """Return one node for several possible ones."""
        distinct = list(dict.fromkeys(values))
        if len(distinct) == 2:
            for old, new in (distinct, distinct[::-1]):
                if self._masks(new, old):
                    return new
        return distinct[0] if len(distinct) == 1 else self.add(Join(distinct))

    def _masks(self, new: int, old: int) -> bool:
        """Whether ``new`` is ``old`` with entries masked: ``if "token" in d: d["token"] = "***"`` masks both paths."""
        masked = False
        node = self.nodes[new]
        while new != old and isinstance(node, (Put, Select)):
            if isinstance(node, Put) and not self._is_mask(node.value):
                return False
            if isinstance(node, Select) and (node.only or node.absent or not (node.names or len(node.keys) > 1)):
                return False  # one key that is taken out under a condition is there without it
            masked, new = True, node.base
            node = self.nodes[new]
        return masked and (new == old or (isinstance(node, Join) and old in node.values))

    def _is_mask(self, number: int) -> bool:
        """Whether a value is a constant text, or made of constants, the key that it stands for and a few letters."""
        node = self.nodes[self.value_of(number)]
        if isinstance(node, Text):
            parts = [self.nodes[self.value_of(part)] for part in node.parts]
            return all(isinstance(part, (Const, Elem)) or _is_short(part) for part in parts)
        return isinstance(node, Const) and node.type == "str"

    def merge(self, envs: list[dict[str, int]]) -> dict[str, int]:
        """Return what names hold where several paths meet."""
        if len(envs) == 1:
            return envs[0]
        first, *others = envs
        merged = dict(first)
        differ: set[str] = set()
        for env in others:
            for name, node in env.items():
                if merged.setdefault(name, node) != node:
                    differ.add(name)
        for name in [name for name in merged if name in differ] if differ else ():
            merged[name] = self.join([env[name] for env in envs if name in env])
        return merged

    def replace(self, old: int, new: int) -> None:
        """Let every name that holds ``old`` hold ``new``: an object was changed, and all its names see it."""
        same = self.value_of(old)
        for name, node in self.env.items():
            if self.value_of(node) == same:
                self.env[name] = new

    def value_of(self, number: int) -> int:
        """Follow names to the node that they were given."""
        node = self.nodes[number]
        while isinstance(node, Bind):
            number = node.value
            node = self.nodes[number]
        return number

    def unsettle(self, node: int) -> None:
        """Forget what is known of an object's attributes from here on: somebody else may have set them."""
        base = node
        while isinstance(self.nodes[base], Put):
            base = self.nodes[base].base  # type: ignore[union-attr]  # narrowed by the loop
        if base != node:
            self.replace(node, self.add(Join([node, base])))

    def element(self, base: int, values: bool = False) -> int:
        """Return the node of an element of ``base``."""
        return self.add(Elem(base, values))


def assigned_in(body: Iterable[ast.AST]) -> set[str]:
    """Return the names that a loop's body binds or whose objects it may change."""
    names: set[str] = set()
    todo = list(body)
    for node in todo:
        of = type(node)
        if of is ast.Name:
            if type(node.ctx) is not ast.Load:  # type: ignore[attr-defined]  # a name, by its class
                names.add(node.id)  # type: ignore[attr-defined]
            continue
        if of is ast.Attribute or of is ast.Subscript:
            root = root_name(node)  # type: ignore[arg-type]  # an expression
            if root and (of is ast.Attribute or type(node.ctx) is not ast.Load):  # type: ignore[attr-defined]
                names.add(root)
        for name in of._fields:
            value = getattr(node, name)
            if isinstance(value, ast.AST):
                todo.append(value)
            elif isinstance(value, list):
                todo += [one for one in value if isinstance(one, ast.AST)]
    return names


def root_name(node: ast.expr) -> str | None:
    """Return ``x`` for ``x.a[b].c``, ``None`` where the chain doesn't start with a name."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def _is_short(node: AnyNode) -> bool:
    """Whether a node is a slice that leaves no more of a text than a mask may."""
    return isinstance(node, Slice) and (
        (node.stop is None and node.start is not None and -FEW <= node.start < 0)
        or (node.start in (None, 0) and node.stop is not None and 0 <= node.stop <= FEW)
    )
