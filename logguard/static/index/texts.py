"""Lower texts that are put together: f-strings, ``%``, ``+`` and ``format``."""

from __future__ import annotations

import ast

from logguard.static.index.ir import Const, Item, Template, Text
from logguard.static.index.literals import constant, key_before
from logguard.static.index.mutation import Mutations

_REPR = (ord("r"), ord("a"))


class Texts(Mutations):
    """Lowering of texts."""

    def joined(self, node: ast.JoinedStr) -> int:
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

    def binary(self, node: ast.BinOp) -> int:
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


def formatted(shape: Template, args: list[int], kwargs: dict[str, int], doubles: list[int]) -> Text:
    """Return the text that a template's ``format`` makes of its arguments."""
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
