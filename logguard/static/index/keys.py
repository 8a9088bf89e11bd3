"""Keys, tests on keys, and what is iterated over, as they stand in the source."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import NamedTuple

from logguard.detect.literal import looks_secret
from logguard.static.index.ir import Select

_NAME = re.compile(r"-?[\w.\- ]{1,80}\Z")
_LOWERS = ("lower", "casefold")


class KeyTest(NamedTuple):
    """What a test on a key says."""

    keys: list[str]
    names: list[str]
    """Names of constants that hold further keys."""
    only: bool
    """Whether these keys are the ones kept."""
    lowered: bool = False
    """Whether the key is put in lower case before."""

    def selected(self, base: int, only: bool) -> Select:
        """Return a copy of a mapping with these keys alone, or without them."""
        return Select(base, self.keys, self.names, only, lowered=self.lowered)


def const_key(node: ast.expr) -> str | None:
    """Return the text of a constant key or index, ``None`` for any other expression."""
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, (str, int, bytes))
        and not isinstance(node.value, bool)
    ):
        return plain_key(node.value.decode("latin-1") if isinstance(node.value, bytes) else str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return f"-{node.operand.value!r}"
    return None


def plain_key(text: str) -> str | None:
    """Return a key's text if it is a name; a value that somebody used as a key is never kept, for notes quote keys."""
    return text if _NAME.match(text) and looks_secret(text) is None else None


def key_test(test: ast.expr, key: str) -> KeyTest | None:
    """Return what a test says of the name of a key, if it is about one."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return None
    left = test.left
    lowered = False
    if isinstance(left, ast.Call) and isinstance(left.func, ast.Attribute):
        lowered = left.func.attr in _LOWERS
        left = left.func.value  # k.lower() in …
    if not (isinstance(left, ast.Name) and left.id == key):
        return None
    operator, right = test.ops[0], test.comparators[0]
    if not isinstance(operator, (ast.Eq, ast.NotEq, ast.In, ast.NotIn)):
        return None
    only = isinstance(operator, (ast.Eq, ast.In))
    values = right.elts if isinstance(right, (ast.Tuple, ast.List, ast.Set)) else [right]
    keys = [name for name in map(const_key, values) if name is not None]
    names = [dotted for dotted in (_dotted(value) for value in values) if dotted]
    if isinstance(operator, (ast.Eq, ast.NotEq)):
        names = [name for name in names if name.rpartition(".")[2].isupper()]  # a constant, not a limit
    return KeyTest(keys, names, only, lowered) if keys or names else None


def tested_key(test: ast.expr, keys: Iterable[str]) -> str | None:
    """Return the one of some keys that a test is about: by its text, not by its type."""
    found = {
        part.id
        for part in ast.walk(test)
        if isinstance(part, ast.Name) and part.id in keys and not _is_type_test(test, part.id)
    }
    return found.pop() if len(found) == 1 else None


def _is_type_test(test: ast.expr, key: str) -> bool:
    """Whether a test only asks whether there is a key, or of which type it is."""
    if isinstance(test, ast.UnaryOp):
        return _is_type_test(test.operand, key)
    if isinstance(test, ast.Name):
        return True
    return isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance"


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value)
        return f"{base}.{node.attr}" if base else None
    return None


def items_of(source: ast.expr) -> ast.expr | None:
    """Return ``d`` for ``d.items()``, ``six.iteritems(d)``, ``list(d.items())`` and ``sorted(d.items())``."""
    if not isinstance(source, ast.Call):
        return None
    func = source.func
    if isinstance(func, ast.Name) and func.id in ("list", "sorted", "tuple", "reversed") and len(source.args) == 1:
        return items_of(source.args[0])
    if isinstance(func, ast.Attribute) and func.attr in ("items", "iteritems"):
        return source.args[0] if source.args else func.value
    if isinstance(func, ast.Name) and func.id == "iteritems" and source.args:
        return source.args[0]
    return None
