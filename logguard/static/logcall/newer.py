"""Tell source that needs a newer Python from source that is broken: libcst reads the syntax of every version."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

_SINCE = (
    ("3.14", ("TemplatedString",)),
    ("3.13", ("TypeVar.default", "TypeVarTuple.default", "ParamSpec.default")),
    ("3.12", ("TypeAlias", "TypeParameters")),
    ("3.11", ("TryStar",)),
)
"""The first version that knows a construct, by the name of libcst's node (or of a part of it that is there)."""


def needed(source: bytes, running: str) -> str | None:
    """Return the Python version that a source needs, if it is newer than the running ``major.minor``.

    Returns ``None`` for a source that no version reads.
    """
    try:
        module = cst.parse_module(source)
    except (cst.ParserSyntaxError, SyntaxError, ValueError, LookupError, RecursionError):
        return None  # not even the encoding can be told
    nodes = list(_nodes(module))
    if any(_bare_tuple(node) for node in nodes):
        return None  # `except A, B:` is Python 2 more often than 3.14
    names = {name for node in nodes for name in _names(node)}
    for version, constructs in _SINCE:
        if any(name in names for name in constructs):
            return version if _number(version) > _number(running) else None
    # Nothing else that the parser of an older Python would refuse: quotes within an f-string.
    return "3.12" if _number(running) < _number("3.12") else None


def _names(node: cst.CSTNode) -> Iterator[str]:
    name = type(node).__name__
    yield name
    if getattr(node, "default", None) is not None:
        yield f"{name}.default"


def _bare_tuple(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.ExceptHandler) and isinstance(node.type, cst.Tuple) and not node.type.lpar


def _nodes(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
