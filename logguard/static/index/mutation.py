"""Changes of objects: method calls that grow or update a container, and assignments through a chain."""

from __future__ import annotations

import ast
from collections.abc import Callable

from logguard.static.index.ir import Attr, Const, Elem, Free, Group, Imported, Join, Put, Select
from logguard.static.index.iteration import Iterations
from logguard.static.index.keys import const_key

_GROWING = frozenset({"append", "appendleft", "add", "push", "put", "insert", "put_nowait", "write"})
_UPDATING = frozenset({"update", "extend", "add_all", "extendleft"})
_KEYED = frozenset({"add_header", "putheader", "set_cookie", "setdefault", "set", "add_field", "replace_header"})


class Mutations(Iterations):
    """Lowering of what changes an object in place."""

    def changed(
        self,
        func: ast.Attribute,
        args: list[int],
        kwargs: list[tuple[str, int]],
        doubles: list[int],
        node: ast.Call,
    ) -> None:
        """Record what a method call does to the object it is called on."""
        scope = self.scope
        name = func.attr
        if not isinstance(func.value, (ast.Name, ast.Attribute, ast.Subscript)):
            return
        here = (node.lineno, node.col_offset)
        if name in _GROWING and args:
            self.put_back(func.value, lambda base: scope.add(Put(base, None, args[-1], *here)))
        elif name in _UPDATING:
            made = "dict" if name == "update" else "list"
            extra = scope.add(Group(made, kwargs, [], [*args, *doubles]))
            self.put_back(
                func.value,
                lambda base: (
                    scope.add(Group("dict", kwargs, [], [base, *args, *doubles]))
                    if kwargs
                    else scope.add(Join([base, extra]))
                ),
            )
        elif name in _KEYED and len(args) >= 2:
            key = const_key(node.args[0])
            index = args[0] if key is None and isinstance(node.args[0], (ast.Name, ast.Attribute)) else -1
            set_to = (args[1], *here, False, index)
            self.put_back(func.value, lambda base: scope.add(Join([base, scope.add(Put(base, key, *set_to))])))
        elif name == "pop" and node.args and const_key(node.args[0]) is not None:
            gone = str(const_key(node.args[0]))
            self.put_back(func.value, lambda base: scope.add(Select(base, [gone], [], False)))
        elif name == "pop" and args and (listed := self._listed(args[0])) is not None:
            self.put_back(func.value, lambda base: scope.add(Select(base, *listed, False)))
        elif isinstance(func.value, ast.Name) and func.value.id in scope.env:
            scope.unsettle(scope.env[func.value.id])

    def _listed(self, number: int) -> tuple[list[str], list[str]] | None:
        """Return (keys, names of constants that hold them) that a loop runs through, where a node is one of them."""
        scope = self.scope
        one = scope.nodes[scope.value_of(number)]
        held = scope.nodes[scope.value_of(one.base)] if isinstance(one, Elem) else None
        if isinstance(held, (Free, Imported, Attr)):
            return [], [held.name]
        if not isinstance(held, Group) or held.spread:
            return None
        texts = [scope.nodes[entry] for _, entry in held.entries]
        keys = [text.text for text in texts if isinstance(text, Const) and text.text]
        return (keys, []) if keys and len(keys) == len(texts) else None

    def put_back(self, place: ast.expr, change: Callable[[int], int]) -> None:
        """Change the object at ``place`` and let all that holds it see the change."""
        scope = self.scope
        if isinstance(place, ast.Name):
            old = scope.read(place.id, place.lineno, place.col_offset)
            new = change(old)
            scope.replace(old, new)
            scope.env[place.id] = new
            if place.id in scope.declared_outer or (scope.function.name and place.id not in scope.env):
                scope.function.global_stores.append((place.id, new))
        elif isinstance(place, ast.Attribute):
            old = self.expr(place)
            new = change(old)
            base = self.expr(place.value)
            scope.function.stores.append((base, place.attr, new))
            self.put_back(
                place.value, lambda outer: scope.add(Put(outer, place.attr, new, place.lineno, place.col_offset, True))
            )
        elif isinstance(place, ast.Subscript):
            old = self.expr(place)
            new = change(old)
            key = const_key(place.slice)
            named = key is None and isinstance(place.slice, (ast.Name, ast.Attribute))
            index = self.expr(place.slice) if named else -1
            here = (place.lineno, place.col_offset, False, index)
            self.put_back(place.value, lambda outer: scope.add(Put(outer, key, new, *here)))
