"""Lower calls, and note those that may log."""

from __future__ import annotations

import ast

from logguard.detect.suspect import suspect
from logguard.static.index.absent import there_again
from logguard.static.index.ir import Attr, Call, FuncRef, Group, Template
from logguard.static.index.mutation import Mutations
from logguard.static.index.summary import LogSite
from logguard.static.index.texts import formatted


class Calls(Mutations):
    """Lowering of calls."""

    def call(self, node: ast.Call) -> int:
        scope = self.scope
        func = node.func
        if isinstance(func, ast.Name) and func.id in ("locals", "vars") and not node.args and func.id not in scope.env:
            entries = [(name, number) for name, number in scope.env.items() if name != "self"]
            return scope.add(Group("locals", entries, [], []))
        callee = self.expr(func)
        args: list[int] = []
        stars: list[int] = []
        fixed = -1
        for argument in node.args:
            if isinstance(argument, ast.Starred):
                fixed = len(args) if fixed < 0 else fixed
                stars.append(self.expr(argument.value))
            else:
                args.append(self.expr(argument))
        if scope.caught and not args and _name_called(func) in ("format_exc", "print_exc", "exc_info"):
            args.append(scope.caught[-1])
        kwargs: list[tuple[str, int]] = []
        doubles: list[int] = []
        for keyword in node.keywords:
            value = self.expr(keyword.value)
            if keyword.arg is None:
                doubles.append(value)
            else:
                kwargs.append((keyword.arg, value))
        if isinstance(func, ast.Attribute) and func.attr == "format" and not stars:
            shape = scope.nodes[scope.nodes[callee].base] if isinstance(scope.nodes[callee], Attr) else None  # type: ignore[union-attr]
            if isinstance(shape, Template):
                return scope.add(formatted(shape, args, dict(kwargs), doubles))
        line, column = node.lineno, node.col_offset
        number = scope.add(
            Call(
                callee,
                args,
                kwargs,
                stars,
                doubles,
                line,
                column,
                node.end_lineno or line,
                node.end_col_offset or column,
                fixed,
            )
        )
        if self._may_log(func):
            first = self.statement or node
            caught = scope.caught[-1] if scope.caught else -1
            site = LogSite(number, first.lineno, _head_end(first), caught, _suspect(node), scope.failed)
            scope.function.logs.append(site)
        else:
            there_again(scope, callee, [*args, *(value for _, value in kwargs)])
        if isinstance(func, ast.Attribute):
            self.changed(func, args, kwargs, doubles, node)
        self.called(node)
        return number

    def _may_log(self, func: ast.expr) -> bool:
        """Whether a call may log: whether it does is decided by what is called, in the next stage."""
        if isinstance(func, ast.Attribute):
            return func.attr in self.sinks
        if isinstance(func, ast.Name):
            held = self.scope.env.get(func.id)
            # A local name may be an alias of a method: `log_method = log.error`.
            return func.id in self.sinks if held is None else not isinstance(self.scope.nodes[held], FuncRef)
        return isinstance(func, (ast.Call, ast.Subscript, ast.IfExp))


def _name_called(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def _suspect(node: ast.Call) -> bool:
    """Whether a literal of a call may hold a secret."""
    for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
        literal = argument.left if isinstance(argument, ast.BinOp) else argument
        parts = literal.values if isinstance(literal, ast.JoinedStr) else [literal]
        for part in parts:
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and suspect(part.value):
                return True
    return False


def _head_end(node: ast.stmt | ast.expr) -> int:
    """Return the last line of a statement without its body."""
    if isinstance(node, (ast.If, ast.While)):
        return node.test.end_lineno or node.lineno
    if isinstance(node, (ast.For, ast.AsyncFor)):
        return node.iter.end_lineno or node.lineno
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return node.items[-1].context_expr.end_lineno or node.lineno
    return node.end_lineno or node.lineno
