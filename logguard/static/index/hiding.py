"""Tests by which a project tells the keys that it hides: ``any(word in key for word in HIDDEN)``."""

from __future__ import annotations

import ast
import re

from logguard.static.index.ir import Const
from logguard.static.index.literals import constant

_WORD = re.compile(r"[A-Za-z]{3}")
_AFFIXES = ("startswith", "endswith")
_SEARCHES = ("search", "match", "fullmatch", "findall")


def hides(test: ast.expr, key: str) -> bool | None:
    """Return whether a test holds for the keys to hide (or, if false, for the others); ``None`` if it tells neither.

    What a key begins with is a word of at least three letters: ``_`` marks what is private, not what is secret.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = hides(test.operand, key)
        return None if inner is None else not inner
    if isinstance(test, ast.BoolOp):
        told = {hides(value, key) for value in test.values} - {None}
        return told.pop() if len(told) == 1 else None
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.In, ast.NotIn)):
        inside = _is_word(test.left) and _is_key(test.comparators[0], key)
        return isinstance(test.ops[0], ast.In) if inside else None
    return True if isinstance(test, ast.Call) and _finds(test, key) else None


def is_mask(node: ast.expr) -> bool:
    """Whether an expression is a literal that stands in a value's place: ``"***"``, ``"<redacted>"``, ``None``."""
    if not isinstance(node, ast.Constant):
        return False
    made = constant(node.value)
    return isinstance(made, Const) and (made.masked or made.type == "none")


def compared(test: ast.expr, shown: ast.expr, holds: bool) -> ast.expr | None:
    """Return what a value isn't where a test holds (or doesn't): the password of ``"***" if x == password else x``."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    differs = (ast.NotEq, ast.NotIn) if holds else (ast.Eq, ast.In)
    other = test.comparators[0]
    if not isinstance(test.ops[0], differs) or isinstance(other, ast.Constant):
        return None
    return other if ast.dump(test.left) == ast.dump(shown) else None


def _finds(test: ast.Call, key: str) -> bool:
    """Whether a call looks for words in a key."""
    func, first = test.func, test.args[0] if test.args else None
    if isinstance(func, ast.Name) and func.id == "any" and isinstance(first, (ast.GeneratorExp, ast.ListComp)):
        inner = first.elt
        words = {one.id for part in first.generators for one in ast.walk(part.target) if isinstance(one, ast.Name)}
        if isinstance(inner, ast.Compare) and len(inner.ops) == 1 and isinstance(inner.ops[0], ast.In):
            left = inner.left
            while isinstance(left, ast.Call) and isinstance(left.func, ast.Attribute):
                left = left.func.value
            return isinstance(left, ast.Name) and left.id in words and _is_key(inner.comparators[0], key)
        return isinstance(inner, ast.Call) and _looks_at(inner, key)
    return _looks_at(test, key)


def _looks_at(test: ast.Call, key: str) -> bool:
    """Whether a method of a key or of a pattern looks at how the key is written."""
    if not isinstance(test.func, ast.Attribute):
        return False
    if test.func.attr in _AFFIXES:
        affixes = test.args[0].elts if test.args and isinstance(test.args[0], ast.Tuple) else test.args[:1]
        named = any(_is_word(one) or isinstance(one, (ast.Name, ast.Attribute)) for one in affixes)
        return named and _is_key(test.func.value, key)
    patterns = [one for one in test.args if isinstance(one, ast.Constant)]
    searched = test.func.attr in _SEARCHES and any(_is_key(one, key) for one in test.args)
    return searched and all(map(_is_word, patterns))


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(_WORD.search(node.value))


def _is_key(node: ast.expr, key: str) -> bool:
    """Whether an expression is a key, in lower case or as a text."""
    if isinstance(node, ast.Call):
        inner = node.func.value if isinstance(node.func, ast.Attribute) else node.args[0] if node.args else None
        return inner is not None and _is_key(inner, key)
    return isinstance(node, ast.Name) and node.id == key
