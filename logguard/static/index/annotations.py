"""The dotted names in an annotation, a base class or a decorator."""

from __future__ import annotations

import ast
import re

_DOTTED = re.compile(r"[A-Za-z_][\w.]*")


def names_in(node: ast.expr) -> list[str]:
    """Return the dotted names of an expression, outermost first: ``Optional[pydantic.SecretStr]`` gives two.

    The argument of ``kind("personal.email")`` is kept as ``kind:personal.email``.
    """
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        base = names_in(node.value)
        return [f"{base[0]}.{node.attr}"] if base else []
    if isinstance(node, ast.Subscript):
        return names_in(node.value) + names_in(node.slice)
    if isinstance(node, (ast.Tuple, ast.List)):
        return [name for value in node.elts for name in names_in(value)]
    if isinstance(node, ast.BinOp):
        return names_in(node.left) + names_in(node.right)
    if isinstance(node, ast.Call):
        func = names_in(node.func)
        first = node.args[0] if node.args else None
        if (
            func
            and func[0].split(".")[-1] == "kind"
            and isinstance(first, ast.Constant)
            and isinstance(first.value, str)
        ):
            return [f"kind:{first.value}"]
        return func
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _DOTTED.findall(node.value)
    return []
