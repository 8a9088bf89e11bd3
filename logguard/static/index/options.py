"""Options of a command line that ask for a value without showing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

HIDDEN_INPUT = "credential.password"
"""What somebody types without seeing it."""


def hidden_options(
    decorators: list[ast.expr], defaults: list[tuple[ast.arg, ast.expr]], parameters: list[tuple[ast.arg, str]]
) -> set[str]:
    """Return the parameters of a command that are filled by hidden input.

    ``@click.option("--pin", hide_input=True)``, ``pin=typer.Option(hide_input=True)``, and the same in ``Annotated``.
    """
    found = {name for call in decorators if _hides(call) for name in _option(call)}
    found |= {argument.arg for argument, default in defaults if _hides(default)}
    annotated = [(one.arg, one.annotation) for one, _ in parameters if isinstance(one.annotation, ast.Subscript)]
    return found | {name for name, annotation in annotated if any(map(_hides, ast.walk(annotation)))}


def _hides(node: ast.AST) -> bool:
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
