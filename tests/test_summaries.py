"""Summaries are self-contained values: they survive being written, and hold no text of literals."""

from __future__ import annotations

import string
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from logguard.core.catalog import Catalog
from logguard.core.names import Vocabulary
from logguard.core.policy import Policy
from logguard.report.snippet import masked
from logguard.static.flow.module import Module
from logguard.static.flow.trace import Leak, Tracer
from logguard.static.index.module import index
from logguard.static.index.summary import ModuleSummary
from logguard.static.logcall.source import SourceText
from tests.pages import Example, examples

CATALOG = Catalog(Policy())
SHOP = sorted((Path(__file__).parent.parent / "examples" / "shop").glob("*.py"))


def summary_of(source: str) -> ModuleSummary:
    """Return the summary of a piece of code."""
    return index(source, "app", "app.py", CATALOG.sink_names)


def leaks_of(summary: ModuleSummary) -> list[Leak]:
    """Return the leaks of a program of one module."""
    module = Module(summary)
    return Tracer(module.program, Vocabulary(Policy()), CATALOG).leaks(module).leaks


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.id)
def test_summary_survives_being_written(example: Example) -> None:
    """A cached summary gives the same leaks as a fresh one."""
    fresh = summary_of(example.code)
    read = msgspec.msgpack.decode(msgspec.msgpack.encode(fresh), type=ModuleSummary)
    assert read == fresh
    found = [(leak.taint, leak.slot, leak.sink.call) for leak in leaks_of(read)]
    assert found == [(leak.taint, leak.slot, leak.sink.call) for leak in leaks_of(fresh)]


@given(st.text(alphabet=string.ascii_letters + string.digits + "!#$&*+-/?@^", min_size=12, max_size=40))
def test_summary_holds_no_value(value: str) -> None:
    """A literal that looks like a value is not in the summary, and so in no cache."""
    secret = f"{value}9!xQ"
    made = msgspec.json.encode(summary_of(f"PASSWORD = {secret!r}\nx = f({secret!r})\n")).decode()
    assert secret not in made or "/" in secret or "?" in secret


@given(st.lists(st.sampled_from(["x = 1", "if x:", "    pass", "def f(a):", "    return a", "for i in y:", "try:", "except E as e:", "log.info(x)", "x[0] += f(**k)", "lambda: (yield)", "class A(B):"]), max_size=12))  # fmt: skip
@settings(max_examples=300)
def test_lowering_takes_whatever_parses(lines: list[str]) -> None:
    """Any source that parses has a summary, and tracing it ends."""
    source = "\n".join(lines) + "\n"
    try:
        compile(source, "x", "exec")
    except (SyntaxError, ValueError):
        return
    leaks_of(summary_of(source))


@given(st.text(max_size=80))
def test_masking_keeps_the_length(line: str) -> None:
    """Columns still fit after literals were masked."""
    assert len(masked(line)) == len(line)


@given(st.text(alphabet="aé漢😀\t ", max_size=30), st.integers(0, 30))
def test_columns_are_counted_in_characters(line: str, at: int) -> None:
    """``ast`` counts bytes from 0, a finding characters from 1."""
    text = SourceText(line.encode())
    position = min(at, len(line))
    assert text.column(1, len(line[:position].encode())) == position + 1


@pytest.mark.parametrize("path", SHOP, ids=lambda path: path.name)
def test_tracing_is_repeatable(path: Path) -> None:
    """Two runs over one file give the same leaks in the same order."""
    first, second = (leaks_of(summary_of(path.read_text())) for _ in range(2))
    assert [leak.taint for leak in first] == [leak.taint for leak in second]
