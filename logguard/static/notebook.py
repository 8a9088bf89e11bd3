"""Jupyter notebooks: the code cells as one Python file, and where each of its lines stands in the notebook.

Findings name lines of the notebook file itself, which editors and code scanning can open, and the cell beside them.
Format: nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from logguard.core.finding import Cell, Finding, Source, Span, Step

SUFFIX = ".ipynb"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_MAGIC = re.compile(r"(\s*)(?:[%!?]|.*\?\s*$)")
_ASSIGNED = re.compile(r"(\s*[\w.,\s\[\]]*?=\s*)[%!].*$")
_SAME_LANGUAGE = re.compile(r"%%(?:time|timeit|capture|prun)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell: its text, its cell (from 1, all cells counted), and its place in the notebook file."""

    text: str
    cell: int
    number: int
    """In the cell, from 1."""
    at: int
    """Line of the file, from 1."""
    column: int
    """Characters in front of it in that line."""


@dataclass(frozen=True, slots=True)
class _Text:
    """A string of a JSON document with its place."""

    value: str
    line: int
    column: int


def python_of(data: bytes) -> bytes:
    """Return the code cells as Python, magics left out; raises ``ValueError`` for what isn't a notebook."""
    return "\n".join(line.text for line in lines(data)).encode("utf-8", "surrogatepass")


@lru_cache(maxsize=16)
def lines(data: bytes) -> tuple[Line, ...]:
    """Return the lines of all code cells in order; raises ``ValueError`` for what isn't a notebook."""
    text = data.decode("utf-8-sig")
    notebook = _entries(_placed(text))
    kernel = _entries(_entries(notebook.get("metadata")).get("kernelspec"))
    language = kernel.get("language")
    if isinstance(language, _Text) and language.value.lower() != "python":
        return ()
    return tuple(line for number, cell in enumerate(_cells(notebook), 1) for line in _code(cell, number))


def mapped(finding: Finding, where: dict[str, tuple[Line, ...]]) -> Finding:
    """Return a finding in which the lines of notebooks are those of their files."""

    def place(path: str, line: int, column: int) -> tuple[int, int]:
        found = _line(where, path, line)
        return (found.at, found.column + column) if found is not None else (line, column)

    def span(one: Span | None) -> Span | None:
        if one is None:
            return None
        return Span(one.path, *place(one.path, one.line, one.column), *place(one.path, one.end_line, one.end_column))

    cell = _line(where, finding.path, finding.line)
    line, column = place(finding.path, finding.line, finding.column)
    end_line, end_column = place(finding.path, finding.end_line, finding.end_column)
    source = finding.source
    return msgspec.structs.replace(
        finding,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        sink=span(finding.sink),
        mark=span(finding.mark),
        source=source and Source(source.path, *place(source.path, source.line, source.column), source.function),
        flow=[Step(step.path, *place(step.path, step.line, step.column), step.note) for step in finding.flow],
        cell=cell and Cell(cell.cell, cell.number),
    )


def _line(where: dict[str, tuple[Line, ...]], path: str, number: int) -> Line | None:
    found = where.get(path, ())
    return found[number - 1] if 0 < number <= len(found) else None


def _cells(notebook: dict[str, Any]) -> Iterator[dict[str, Any]]:
    found = notebook.get("cells")
    if not isinstance(found, list):
        raise ValueError("not a notebook")
    for cell in found:
        yield _entries(cell)


def _code(cell: dict[str, Any], number: int) -> Iterator[Line]:
    kind = cell.get("cell_type")
    source = cell.get("source")
    parts = source if isinstance(source, list) else [source]
    if not (isinstance(kind, _Text) and kind.value == "code"):
        return
    row = 0
    other = False
    for part in parts:
        if not isinstance(part, _Text):
            continue
        for text in part.value.splitlines():
            row += 1
            if row == 1:
                other = text.startswith("%%") and not _SAME_LANGUAGE.match(text)
            yield Line("" if other else _plain(text), number, row, part.line, part.column)


def _plain(text: str) -> str:
    """Return a line of a cell as Python has it: without commands for the notebook."""
    assigned = _ASSIGNED.match(text)
    if assigned is not None:
        return f"{assigned.group(1)}None"
    magic = _MAGIC.match(text)
    return f"{magic.group(1)}pass" if magic is not None and not text.lstrip().startswith("#") else text


def _entries(found: Any) -> dict[str, Any]:
    """Return what a JSON object holds, by key; empty for anything else."""
    return {key.value: value for key, value in found} if isinstance(found, tuple) else {}


def _placed(text: str) -> Any:
    """Return a JSON document in which each string has its place, and an object is a tuple of pairs."""
    document = json.loads(text, object_pairs_hook=tuple)
    places = _STRING.finditer(text)
    starts = [0]
    starts += [found.end() for found in re.finditer("\n", text)]
    line = 0

    def walk(node: Any) -> Any:
        nonlocal line
        if isinstance(node, str):
            start = next(places).start() + 1
            while line + 1 < len(starts) and starts[line + 1] <= start:
                line += 1
            return _Text(node, line + 1, start - starts[line])
        if isinstance(node, tuple):
            return tuple((walk(key), walk(value)) for key, value in node)
        return [walk(one) for one in node] if isinstance(node, list) else node

    return walk(document)
