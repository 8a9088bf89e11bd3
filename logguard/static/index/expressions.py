"""Lower expressions: one method a construct, found by the node's class."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from logguard.static.index.calls import Calls
from logguard.static.index.filtering import filtered
from logguard.static.index.hiding import compared, is_mask
from logguard.static.index.ir import Attr, Call, FuncRef, Group, Item, Slice
from logguard.static.index.keys import const_key
from logguard.static.index.literals import constant
from logguard.static.index.texts import Texts

_MAX_ENTRIES = 40


class Expressions(Calls, Texts):
    """Lowering of expressions; ``Statements`` completes it."""

    def expr(self, node: ast.expr) -> int:
        """Lower an expression and return its node."""
        handler = _HANDLERS.get(type(node))
        return handler(self, node) if handler is not None else self.scope.flag()

    def _constant(self, node: ast.Constant) -> int:
        return self.scope.add(constant(node.value))

    def _name(self, node: ast.Name) -> int:
        return self.scope.read(node.id, node.lineno, node.col_offset)

    def _attribute(self, node: ast.Attribute) -> int:
        return self.scope.add(Attr(self.expr(node.value), node.attr, node.end_lineno or node.lineno, node.col_offset))

    def _subscript(self, node: ast.Subscript) -> int:
        base = self.expr(node.value)
        index = node.slice
        if isinstance(index, ast.Slice):
            return self.scope.add(Slice(base, _int(index.lower), _int(index.upper), node.lineno, node.col_offset))
        key = const_key(index)
        number = -1 if key is not None else self.expr(index)
        return self.scope.add(Item(base, key, number, node.lineno, node.col_offset))

    def _bool(self, node: ast.BoolOp) -> int:
        values = [self.expr(value) for value in node.values]
        # `a and b` is b, or something falsy: an empty password tells nothing.
        return values[-1] if isinstance(node.op, ast.And) else self.scope.join(values)

    def _unary(self, node: ast.UnaryOp) -> int:
        value = self.expr(node.operand)
        return self.scope.flag() if isinstance(node.op, ast.Not) else value

    def _compare(self, node: ast.Compare) -> int:
        self.expr(node.left)
        for value in node.comparators:
            self.expr(value)
        return self.scope.flag()

    def _choice(self, node: ast.IfExp) -> int:
        self.expr(node.test)
        if is_mask(node.orelse) and not isinstance(node.body, ast.Constant):
            return self.scope.join([self._unmasked(node.body, node.orelse, node.test, True), self.expr(node.orelse)])
        if is_mask(node.body) and not isinstance(node.orelse, ast.Constant):
            return self.scope.join([self.expr(node.body), self._unmasked(node.orelse, node.body, node.test, False)])
        return self.scope.join([self.expr(node.body), self.expr(node.orelse)])

    def _unmasked(self, shown: ast.expr, mask: ast.expr, test: ast.expr, holds: bool) -> int:
        """Lower what a choice shows where it shows no mask: by the key of a loop, or what it was compared with."""
        scope = self.scope
        before = scope.env
        scope.env = {**before, **filtered(scope, test, holds)}
        value = self.expr(shown)
        scope.env = before
        hidden = compared(test, shown, holds)
        if hidden is None:
            return value
        here = (shown.lineno, shown.col_offset)
        func = scope.add(Attr(value, "replace", *here))
        given = [self.expr(hidden), self.expr(mask)]
        return scope.add(Call(func, given, [], [], [], *here, shown.end_lineno or here[0], shown.end_col_offset or 0))

    def _walrus(self, node: ast.NamedExpr) -> int:
        value = self.expr(node.value)
        self.assign(node.target, value)
        return self.scope.env.get(node.target.id, value)

    def _await(self, node: ast.Await) -> int:
        return self.expr(node.value)

    def _yield(self, node: ast.Yield) -> int:
        if node.value is not None:
            self.scope.function.returns.append(self.scope.add(Group("list", [], [self.expr(node.value)], [])))
        return self.scope.flag()

    def _yield_from(self, node: ast.YieldFrom) -> int:
        value = self.expr(node.value)
        self.scope.function.returns.append(value)
        return value

    def _starred(self, node: ast.Starred) -> int:
        return self.expr(node.value)

    def _sequence(self, node: ast.List | ast.Tuple | ast.Set) -> int:
        entries: list[tuple[str, int]] = []
        rest: list[int] = []
        spread: list[int] = []
        for number, value in enumerate(node.elts):
            if isinstance(value, ast.Starred):
                spread.append(self.expr(value.value))
            elif spread or number >= _MAX_ENTRIES:
                rest.append(self.expr(value))
            else:
                entries.append((str(number), self.expr(value)))
        return self.scope.add(Group(type(node).__name__.lower(), entries, rest, spread))

    def _dict(self, node: ast.Dict) -> int:
        entries: list[tuple[str, int]] = []
        rest: list[int] = []
        spread: list[int] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                spread.append(self.expr(value))
                continue
            name = const_key(key)
            number = self.expr(value)
            if name is None and isinstance(key, (ast.Name, ast.Attribute)):
                # A key held in a constant: the constant's name tells what stands under it.
                index = self.expr(key)
                base = self.scope.add(Group("dict", [], [number], []))
                rest.append(self.scope.add(Item(base, None, index, key.lineno, key.col_offset)))
            elif name is None:
                self.expr(key)
                rest.append(number)
            else:
                entries.append((name, number))
        return self.scope.add(Group("dict", entries, rest, spread))

    def _lambda(self, node: ast.Lambda) -> int:
        return self.scope.add(FuncRef(self.lambda_function(node)))


def _int(node: ast.expr | None) -> int | None:
    if node is None:
        return None
    key = const_key(node)
    return int(key) if key is not None and key.lstrip("-").isdigit() else None


_HANDLERS: dict[type[ast.AST], Callable[[Any, Any], int]] = {
    ast.Constant: Expressions._constant,
    ast.Name: Expressions._name,
    ast.Attribute: Expressions._attribute,
    ast.Subscript: Expressions._subscript,
    ast.JoinedStr: Expressions.joined,
    ast.BinOp: Expressions.binary,
    ast.BoolOp: Expressions._bool,
    ast.UnaryOp: Expressions._unary,
    ast.Compare: Expressions._compare,
    ast.IfExp: Expressions._choice,
    ast.NamedExpr: Expressions._walrus,
    ast.Await: Expressions._await,
    ast.Yield: Expressions._yield,
    ast.YieldFrom: Expressions._yield_from,
    ast.Starred: Expressions._starred,
    ast.List: Expressions._sequence,
    ast.Tuple: Expressions._sequence,
    ast.Set: Expressions._sequence,
    ast.Dict: Expressions._dict,
    ast.Lambda: Expressions._lambda,
    ast.ListComp: Expressions.comprehension,
    ast.SetComp: Expressions.comprehension,
    ast.GeneratorExp: Expressions.comprehension,
    ast.DictComp: Expressions.comprehension,
    ast.Call: Expressions.call,
}
