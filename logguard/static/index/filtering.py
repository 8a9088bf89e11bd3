"""What a test on the key of a loop over a mapping tells of its entries: ``if key in HIDDEN: continue``."""

from __future__ import annotations

import ast

from logguard.static.index.ir import Elem, Key
from logguard.static.index.keys import KeyTest, key_test, tested_key
from logguard.static.index.scope import Scope


def filtered(scope: Scope, test: ast.expr, holds: bool, bound: frozenset[str] | None = None) -> dict[str, int]:
    """Return what the names of a loop over a mapping hold where a test holds (or doesn't): entries of a selection.

    A test on the key that isn't understood selects as well: which keys, is for the project to know. With ``bound``, the
    names that a comprehension binds, only those count, and only tests that are understood.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return filtered(scope, test.operand, not holds, bound)
    if isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) != holds:
            return {}  # one of several tests decided, and which one isn't known
        found: dict[str, int] = {}
        for value in test.values:
            before, scope.env = scope.env, {**scope.env, **found}
            found |= filtered(scope, value, holds, bound)
            scope.env = before
        return found
    known = scope.env if bound is None else {name: scope.env[name] for name in bound if name in scope.env}
    keys = {name: number for name, number in known.items() if isinstance(scope.nodes[scope.value_of(number)], Key)}
    name = tested_key(test, keys) if keys else None
    if name is None or (not holds and _calls(test, _LETTERS)):
        return {}
    if bound is not None and key_test(test, name) is None and not _calls(test, _ENDS):
        return {}
    mapping = scope.nodes[scope.value_of(keys[name])]
    assert isinstance(mapping, Key)
    told = key_test(test, name) or KeyTest([], ["?"], True)
    selected = scope.add(told.selected(mapping.base, told.only == holds))
    made = {name: scope.add(Key(selected))}
    for other, number in known.items():
        node = scope.nodes[scope.value_of(number)]
        if isinstance(node, Elem) and node.values and node.base == mapping.base:
            made[other] = scope.element(selected, values=True)
    return made


def _calls(test: ast.expr, methods: frozenset[str]) -> bool:
    """Whether a test is a call of one of these methods."""
    return isinstance(test, ast.Call) and isinstance(test.func, ast.Attribute) and test.func.attr in methods


_ENDS = frozenset({"startswith", "endswith"})
"""Tests by which a project names the entries that it means."""
_LETTERS = _ENDS | {"isupper", "islower", "isdigit", "isidentifier", "isalpha"}
"""Tests of how a key is written: what doesn't start with an underscore may be anything."""
