"""What a test tells of a name: in ``if token is None:`` there is no token to leak."""

from __future__ import annotations

import ast
from http import HTTPStatus

from logguard.static.habits import habits

_NOTHING: frozenset[str] = frozenset()


def narrowings(test: ast.expr) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names that hold nothing that could leak where the test is true, and where it is false.

    Nothing is ``None``, something empty, or something that isn't a text after ``isinstance(x, str)`` was false.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        true, false = narrowings(test.operand)
        return false, true
    if isinstance(test, ast.BoolOp):
        sides = [narrowings(value) for value in test.values]
        every = frozenset.intersection
        some = frozenset.union
        if isinstance(test.op, ast.And):
            return some(*(true for true, _ in sides)), every(*(false for _, false in sides))
        return every(*(true for true, _ in sides)), some(*(false for _, false in sides))
    if isinstance(test, ast.Name):
        return _NOTHING, frozenset({test.id})
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.left, ast.Name):
        return _compared(test.left.id, test.ops[0], test.comparators[0])
    if isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == "isinstance":
        subject, kinds = test.args if len(test.args) == 2 else (None, None)
        if isinstance(subject, ast.Name) and kinds is not None and _text_types(kinds):
            return _NOTHING, frozenset({subject.id})
    return _NOTHING, _NOTHING


def _compared(name: str, operator: ast.cmpop, other: ast.expr) -> tuple[frozenset[str], frozenset[str]]:
    if not isinstance(other, ast.Constant) or other.value not in (None, "", b""):
        return _NOTHING, _NOTHING
    if isinstance(operator, (ast.Is, ast.Eq)):
        return frozenset({name}), _NOTHING
    return (_NOTHING, frozenset({name})) if isinstance(operator, (ast.IsNot, ast.NotEq)) else (_NOTHING, _NOTHING)


def _text_types(node: ast.expr) -> bool:
    """Whether types include the one that a credential nearly always is: `str`."""
    found = node.elts if isinstance(node, ast.Tuple) else [node]
    return any(isinstance(one, ast.Name) and one.id == "str" for one in found)


def replaced_if_there(node: ast.If) -> str | None:
    """Return ``d`` of ``if k in d: d[k] = …``: where the entry isn't there, there was nothing to replace."""
    test = node.test
    if node.orelse or not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.In):
        return None
    holder = test.comparators[0]
    first = node.body[0]
    target = first.targets[0] if isinstance(first, (ast.Assign, ast.Delete)) else None
    if not isinstance(holder, ast.Name) or not isinstance(target, ast.Subscript):
        return None
    same = isinstance(target.value, ast.Name) and target.value.id == holder.id
    return holder.id if same and ast.dump(target.slice) == ast.dump(test.left) else None


def failing(test: ast.expr) -> bool | None:
    """Whether something went wrong where a test is true; ``False`` where it is false, ``None`` if it doesn't say.

    ``if answer.status != 200:``, ``if not answer.ok:``, ``if answer.status_code not in (codes.ok, codes.created):``.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        inner = failing(test.operand)
        return None if inner is None else not inner
    if not isinstance(test, ast.Compare):
        return False if _name(test) in habits().truths else None
    if len(test.ops) != 1 or _name(test.left) not in habits().statuses:
        return None
    operator, given = test.ops[0], test.comparators[0]
    several = given.elts if isinstance(given, (ast.Tuple, ast.List, ast.Set)) else [given]
    statuses = [_status(one) for one in several]
    if isinstance(operator, (ast.Gt, ast.GtE)):
        return True if statuses[:1] >= [299] else None
    if isinstance(operator, (ast.Eq, ast.NotEq, ast.In, ast.NotIn)):
        same = isinstance(operator, (ast.Eq, ast.In))
        if statuses and all(200 <= status < 300 for status in statuses):
            return not same
        if statuses and all(status >= 400 for status in statuses):
            return same
    return None


def _status(node: ast.expr) -> int:
    """Return a status of HTTP: ``404``, ``HTTPStatus.NOT_FOUND``, ``requests.codes.not_found``; 0 for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, int) and not isinstance(node.value, bool) else 0
    if not isinstance(node, ast.Attribute) or _name(node.value) not in ("httpstatus", "codes", "status", "http"):
        return 0
    named = HTTPStatus.__members__.get(node.attr.upper())
    return int(named) if named is not None else 0


def _name(node: ast.expr) -> str:
    """Return the last word of what is tested: ``status`` of ``answer.status`` and of ``answer["status"]``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get" and node.args:
        node = node.args[0]
    elif isinstance(node, ast.Subscript):
        node = node.slice
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", getattr(node, "value", None))
    return name.lower() if isinstance(name, str) else ""
