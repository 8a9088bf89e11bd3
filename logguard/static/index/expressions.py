"""Lower expressions: one method a construct, found by the node's class."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from logguard.detect.suspect import suspect
from logguard.static.index.absent import there_again
from logguard.static.index.ir import Attr, Call, Const, FuncRef, Group, Item, LogSite, Slice, Template, Text
from logguard.static.index.keys import const_key
from logguard.static.index.literals import constant, key_before
from logguard.static.index.mutation import Mutations

_MAX_ENTRIES = 40


class Expressions(Mutations):
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

    def _joined(self, node: ast.JoinedStr) -> int:
        parts: list[int] = []
        keys: list[str | None] = []
        quoted: list[int] = []
        before, address = "", False
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                if value.conversion in _REPR:
                    quoted.append(len(parts))
                parts.append(self.expr(value.value))
                keys.append(key_before(before))
                before = "?"
            elif isinstance(value, ast.Constant) and isinstance(value.value, str):
                before = value.value
                part = constant(value.value)
                parts.append(self.scope.add(part if isinstance(part, Const) else Const("str")))
                keys.append(None)
                address = address or _is_address(part)
        return self.scope.add(Text(parts, keys, address, quoted))

    def _binary(self, node: ast.BinOp) -> int:
        if isinstance(node.op, ast.Mod):
            return self._percent(node)
        if isinstance(node.op, ast.Add):
            return self._plus(node)
        left, right = self.expr(node.left), self.expr(node.right)
        if isinstance(node.op, (ast.BitOr, ast.Div)):
            return self.scope.add(Text([left, right], [None, None]))
        return self.scope.flag()

    def _percent(self, node: ast.BinOp) -> int:
        template = self.expr(node.left)
        shape = self.scope.nodes[template]
        right = node.right
        if not isinstance(shape, Template):
            return self.scope.add(Text([template, self.expr(right)], [None, None]))
        if isinstance(right, ast.Tuple):
            parts = [self.expr(value) for value in right.elts]
            return self.scope.add(Text(parts, _padded(shape.keys, len(parts)), shape.address, shape.quoted))
        value = self.expr(right)
        if any(not name.isdigit() for name in shape.names):
            parts = [self.scope.add(Item(value, name, -1, right.lineno, right.col_offset)) for name in shape.names]
            return self.scope.add(Text(parts, list(shape.keys), shape.address, shape.quoted))
        return self.scope.add(Text([value], _padded(shape.keys, 1), shape.address, shape.quoted))

    def _plus(self, node: ast.BinOp) -> int:
        operands: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
            operands.append(left.right)
            left = left.left
        operands.append(left)
        operands.reverse()
        parts = [self.expr(operand) for operand in operands]
        keys = [None, *(key_before(_literal(operand)) for operand in operands[:-1])]
        address = any(_is_address(self.scope.nodes[part]) for part in parts)
        return self.scope.add(Text(parts, keys, address))

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
        return self.scope.join([self.expr(node.body), self.expr(node.orelse)])

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

    def _call(self, node: ast.Call) -> int:
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
                return scope.add(_formatted(shape, args, dict(kwargs), doubles))
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


_REPR = (ord("r"), ord("a"))


def _formatted(shape: Template, args: list[int], kwargs: dict[str, int], doubles: list[int]) -> Text:
    parts: list[int] = []
    keys: list[str | None] = []
    quoted: list[int] = []
    for number, (name, key) in enumerate(zip(shape.names, shape.keys, strict=True)):
        if number in shape.quoted:
            quoted.append(len(parts))
        head = name.split(".")[0].split("[")[0]
        if head.isdigit() and int(head) < len(args):
            parts.append(args[int(head)])
            keys.append(key)
        elif head in kwargs:
            parts.append(kwargs[head])
            keys.append(key)
    return Text([*parts, *doubles], [*keys, *(None for _ in doubles)], shape.address, quoted)


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


def _int(node: ast.expr | None) -> int | None:
    if node is None:
        return None
    key = const_key(node)
    return int(key) if key is not None and key.lstrip("-").isdigit() else None


def _literal(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr) and node.values:
        return _literal(node.values[-1])
    return "?"


def _is_address(node: object) -> bool:
    return isinstance(node, (Const, Template, Text)) and node.address


def _padded(keys: list[str | None], length: int) -> list[str | None]:
    return [*keys[:length], *([None] * (length - len(keys)))]


_HANDLERS: dict[type[ast.AST], Callable[[Any, Any], int]] = {
    ast.Constant: Expressions._constant,
    ast.Name: Expressions._name,
    ast.Attribute: Expressions._attribute,
    ast.Subscript: Expressions._subscript,
    ast.JoinedStr: Expressions._joined,
    ast.BinOp: Expressions._binary,
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
    ast.Call: Expressions._call,
}
