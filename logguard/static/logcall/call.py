"""A log call as libcst reads it: its slots with exact spans, its shape, and the part of a slot that leaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from logguard.detect.suspect import suspect

Area = tuple[int, int, int, int]
"""Line, column, end line, end column; lines and columns from 1, in characters, ends exclusive."""


Below = dict[cst.CSTNode, Sequence[cst.CSTNode]]
"""The children of nodes, as far as they were asked for."""


@dataclass(frozen=True, slots=True)
class SlotText:
    """An argument of the call."""

    name: str | None
    """Its keyword, ``*`` or ``**``, or ``None`` for a positional one."""
    position: int
    area: Area
    leaves: tuple[tuple[str, Area], ...]
    """The names, attributes, items and calls in it, outermost first, with their text."""


@dataclass(frozen=True, slots=True)
class CallText:
    """A call."""

    area: Area
    slots: tuple[SlotText, ...]
    shape: str
    """The call without literals and white space."""
    literal: Area | None
    """A literal in it that is a secret."""
    literal_kind: str
    """The kind of that secret, or empty."""


def read(source: str, line: int, column: int) -> CallText | None:
    """Read a call from its exact source text, which starts at ``line`` and ``column`` (from 1) of its file.

    Returns ``None`` if the text isn't a call for the running libcst, or is nested too deeply for it: the finding stands
    without an exact mark then.
    """
    try:
        return _read(source, line, column)
    except RecursionError:
        return None


def _read(source: str, line: int, column: int) -> CallText | None:
    try:
        wrapper = MetadataWrapper(cst.parse_module(f"(\n{source}\n)\n"), unsafe_skip_copy=True)
        statement = wrapper.module.body[0]
    except (cst.ParserSyntaxError, IndexError):
        return None
    if not isinstance(statement, cst.SimpleStatementLine) or not isinstance(statement.body[0], cst.Expr):
        return None
    call = statement.body[0].value
    if not isinstance(call, cst.Call):
        return None
    positions = wrapper.resolve(PositionProvider)
    below: Below = {}

    def area(node: cst.CSTNode) -> Area:
        span = positions[node]
        return (*_moved(span.start.line, span.start.column), *_moved(span.end.line, span.end.column))

    def _moved(at_line: int, at_column: int) -> tuple[int, int]:
        # The text was put on the second line of a pair of brackets.
        return line + at_line - 2, at_column + (column if at_line == 2 else 1)

    module = wrapper.module
    slots = [
        SlotText(
            argument.keyword.value if argument.keyword else argument.star or None,
            number,
            area(argument.value),
            tuple((module.code_for_node(leaf), area(leaf)) for leaf in _leaves(argument.value, below)),
        )
        for number, argument in enumerate(call.args)
    ]
    whole = area(call)
    shape = _shape(call, below)
    for node in _nodes(call, below):
        kind = _secret(node)
        if kind is not None:
            return CallText(whole, tuple(slots), shape, area(node), kind)
    return CallText(whole, tuple(slots), shape, None, "")


def _secret(node: cst.CSTNode) -> str | None:
    """Return the kind of secret that a literal holds, if it is one."""
    text = (
        node.evaluated_value
        if isinstance(node, (cst.SimpleString, cst.ConcatenatedString))
        else node.value
        if isinstance(node, cst.FormattedStringText)
        else None
    )
    if not isinstance(text, str) or not suspect(text):
        return None
    from logguard.detect.detectors import verdict  # loads detect-secrets: only where a literal is suspect

    return verdict(text)


def _nodes(node: cst.CSTNode, below: Below) -> Iterator[cst.CSTNode]:
    """Yield a node and all below it, in the order of the source; libcst takes long to list the children of one."""
    todo = [node]
    while todo:
        current = todo.pop()
        yield current
        if current not in below:
            below[current] = current.children
        todo += reversed(below[current])


def _leaves(node: cst.CSTNode, below: Below) -> Iterator[cst.BaseExpression]:
    for one in _nodes(node, below):
        if isinstance(one, (cst.Name, cst.Attribute, cst.Subscript, cst.Call)):
            yield one


def _shape(call: cst.Call, below: Below) -> str:
    words: list[str] = []
    for node in _nodes(call, below):
        if isinstance(node, cst.Name):
            words.append(node.value)
        elif isinstance(node, cst.BaseExpression):
            words.append(type(node).__name__)
    return " ".join(words)
