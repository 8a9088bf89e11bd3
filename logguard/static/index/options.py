"""Options of a command line that ask for a value without showing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

HIDDEN_INPUT = "credential.password"
"""What somebody types without seeing it."""


def hidden_options(node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the parameters of a command that are filled by hidden input.

    ``@click.option("--pin", hide_input=True)``, ``pin=typer.Option(hide_input=True)``, and the same in ``Annotated``.
    """
    found = {name for call in node.decorator_list if _hides(call) for name in _option(call)}
    positional = [*node.args.posonlyargs, *node.args.args]
    defaults = zip(positional[len(positional) - len(node.args.defaults) :], node.args.defaults, strict=True)
    pairs = [*defaults, *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)]
    found |= {argument.arg for argument, default in pairs if _hides(default)}
    annotated = [one for one in (*positional, *node.args.kwonlyargs) if isinstance(one.annotation, ast.Subscript)]
    return found | {one.arg for one in annotated if one.annotation and any(map(_hides, ast.walk(one.annotation)))}


def _hides(node: ast.AST | None) -> bool:
    """Whether a call declares an option with ``hide_input=True``."""
    return isinstance(node, ast.Call) and any(
        one.arg == "hide_input" and isinstance(one.value, ast.Constant) and one.value.value is True
        for one in node.keywords
    )


def _option(node: ast.expr) -> Iterator[str]:
    """Yield the parameter that an option is handed to: its bare name if it has one, else its first long flag."""
    given = node.args if isinstance(node, ast.Call) else []
    names = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    bare = [name for name in names if name.isidentifier()]
    flags = sorted(names, key=lambda name: len(name) - len(name.lstrip("-")), reverse=True)
    if bare:
        yield bare[0]
    elif flags:
        yield flags[0].lstrip("-").replace("-", "_").lower()
