"""Index one file: parse it with ``ast`` and lower it to a `ModuleSummary`."""

from __future__ import annotations

import ast
import warnings

from logguard.core.names import words
from logguard.static.index.definitions import Module
from logguard.static.index.scope import Scope
from logguard.static.index.statements import Statements
from logguard.static.index.summary import Function, ModuleSummary


def index(
    source: str | bytes, module: str, path: str, sinks: frozenset[str], is_package: bool = False
) -> ModuleSummary:
    """Return the summary of a file.

    ``module`` is its dotted name, ``path`` what findings call it, ``sinks`` the last words of
    the calls that may log. Raises ``SyntaxError``, ``ValueError`` (null bytes)
    or ``RecursionError`` (nesting) where the source can't be parsed. Nothing of the source is imported or run.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the scanned code: invalid escapes and the like
        tree = ast.parse(source)
    noted = (b"logguard:" in source) if isinstance(source, bytes) else "logguard:" in source
    return lower(tree, module, path, sinks, is_package, noted)


def lower(
    tree: ast.Module, module: str, path: str, sinks: frozenset[str], is_package: bool = False, noted: bool = False
) -> ModuleSummary:
    """Return the summary of a parsed file; ``noted`` says that a comment of ours may be in it."""
    package = module if is_package else module.rpartition(".")[0]
    made = Module(package, sinks)
    body = made.add(Function("", None, None, [], [], 1))
    scope = Scope(body, None)
    Statements(made, scope).body(tree.body)
    body.scope = scope.env
    parts = {part for name in (module, *made.imports) for part in name.split(".")}
    topics = {word for part in parts for word in (*words(part), part.lower()) if word}
    return ModuleSummary(
        module,
        path,
        made.functions,
        made.classes,
        sorted(topics),
        made.options,
        stars=made.stars,
        words=frozenset(made.words),
        noted=noted,
    )
