"""What a test tells of the entries of a mapping: where ``if not answer.get("token"):`` holds, there is none in it."""

from __future__ import annotations

import ast

from logguard.static.index.ir import Attr, Call, Const, Item, Select
from logguard.static.index.scope import Scope

_READS = frozenset({"get", "keys", "items", "values", "copy"})
"""Methods of mappings that change nothing."""


def absent(scope: Scope, test: ast.expr, holds: bool) -> dict[str, int]:
    """Return what names hold where a test holds (or doesn't): mappings without the entries that aren't there then."""
    found = _missing(scope, test, holds)
    if not found:
        return {}
    given = {node.target.id for node in ast.walk(test) if isinstance(node, ast.NamedExpr)}
    missing: dict[str, list[str]] = {}
    for name, key in found:
        if name not in given:  # else the test itself has put something else there
            missing.setdefault(name, []).append(key)
    return {name: scope.add(Select(scope.env[name], keys, [], False, True)) for name, keys in missing.items()}


def _missing(scope: Scope, test: ast.expr, holds: bool) -> list[tuple[str, str]]:
    """Return (name of the mapping, key) of what isn't there."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _missing(scope, test.operand, not holds)
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) != holds:
            return []  # one of several tests decided, and which one isn't known
        return [one for value in test.values for one in _missing(scope, value, holds)]
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        operator, left, right = test.ops[0], test.left, test.comparators[0]
        if isinstance(operator, (ast.In, ast.NotIn)):
            there = isinstance(operator, ast.In) == holds
            return [] if there else _entry(scope, right, left)
        if isinstance(right, ast.Constant) and right.value in (None, "", b""):
            empty = isinstance(operator, (ast.Is, ast.Eq)) == holds
            return _value(scope, left) if empty else []
        return []
    return [] if holds else _value(scope, test)


def _value(scope: Scope, node: ast.expr) -> list[tuple[str, str]]:
    """Return the entry that an expression reads: ``d["k"]``, ``d.get("k")``, or a name that was given one of these."""
    if isinstance(node, ast.Subscript):
        return _entry(scope, node.value, node.slice)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        return _entry(scope, node.func.value, node.args[0])
    if not isinstance(node, ast.Name) or node.id not in scope.env:
        return []
    held = scope.nodes[scope.value_of(scope.env[node.id])]
    base, key = -1, None
    if isinstance(held, Item):
        base, key = held.base, held.key
    elif isinstance(held, Call) and held.args:
        func, first = scope.nodes[held.func], scope.nodes[held.args[0]]
        if isinstance(func, Attr) and func.name == "get" and isinstance(first, Const):
            base, key = func.base, first.text
    return [(name, key) for name, number in scope.env.items() if key and number == base]


def _entry(scope: Scope, mapping: ast.expr, key: ast.expr) -> list[tuple[str, str]]:
    known = isinstance(mapping, ast.Name) and mapping.id in scope.env
    if not known or not isinstance(key, ast.Constant) or not isinstance(key.value, str):
        return []
    return [(mapping.id, key.value)]  # type: ignore[attr-defined]  # a name, as `known` says


def there_again(scope: Scope, callee: int, handed: list[int]) -> None:
    """Forget what a test has told of mappings that a call is handed or runs a method of: it may fill them."""
    func = scope.nodes[callee]
    if isinstance(func, Attr) and func.name not in _READS:
        handed = [*handed, func.base]
    for number in handed:
        held = scope.nodes[number]
        if isinstance(held, Select) and held.absent:
            scope.replace(number, held.base)
