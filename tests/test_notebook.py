"""Notebooks: the code cells are one program, and a finding names the line of the file and the cell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from logguard.static.notebook import lines, python_of
from tests.command import run

TOKEN = "ghp_" + "a1B2" * 9
HEAD = ["import logging, getpass\n", "log = logging.getLogger(__name__)\n"]


def notebook(*cells: list[str], indent: int | None = 1, kind: str = "code", language: str = "python") -> bytes:
    """Return a notebook of these cells behind a text cell, as Jupyter writes it."""
    made: list[dict[str, Any]] = [
        {"cell_type": "markdown", "metadata": {}, "source": ['# A "title"\n', "log.info(password)"]}
    ]
    made += [
        {"cell_type": kind, "execution_count": 1, "metadata": {}, "outputs": [{"text": ['\\"x\n']}], "source": one}
        for one in cells
    ]
    whole = {"cells": made, "metadata": {"kernelspec": {"language": language}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=indent).encode()


CELLS: list[tuple[str, list[str], list[str]]] = [
    ("noop", [], []),
    ("plain", ["x = 1\n", "y = 2"], ["x = 1", "y = 2"]),
    ("line-magic", ["%matplotlib inline\n", "x = 1"], ["pass", "x = 1"]),
    ("shell", ["if a:\n", "    !ls\n"], ["if a:", "    pass"]),
    ("help", ["frame?\n"], ["pass"]),
    ("assigned-shell", ["files = !ls *.py\n"], ["files = None"]),
    ("remainder-stays", ["x = a % b\n"], ["x = a % b"]),
    ("comment-stays", ["# why?\n"], ["# why?"]),
    ("other-language", ["%%bash\n", "echo 1\n"], ["", ""]),
    ("timed", ["%%time\n", "x = 1\n"], ["pass", "x = 1"]),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "python"), [case[1:] for case in CELLS], ids=[case[0] for case in CELLS])
def test_python_of_a_cell(cell: list[str], python: list[str]) -> None:
    """Commands for the notebook are left out, line by line."""
    assert python_of(notebook(cell)).decode().split("\n") == (python or [""])


@pytest.mark.parametrize("indent", [1, 4, None], ids=["as-jupyter", "wide", "one-line"])
def test_lines_stand_where_the_file_has_them(indent: int | None) -> None:
    """The text at the place that a line names is that line."""
    data = notebook(["a = 1\n", "b = '\\u00e9\"'\n"], ["c = 3"], indent=indent)
    rows = data.decode().split("\n")
    for line in lines(data):
        raw = json.dumps(line.text)[1:-1]
        assert rows[line.at - 1][line.column :].startswith(raw)
    assert [(line.cell, line.number) for line in lines(data)] == [(2, 1), (2, 2), (3, 1)]


def test_text_cells_and_other_languages_are_no_code() -> None:
    """Only code cells of a Python notebook are read."""
    assert lines(notebook(["x = 1"], kind="raw")) == ()
    assert lines(notebook(["x = 1"], language="R")) == ()


def test_a_leak_across_cells(tmp_path: Path) -> None:
    """The value comes from one cell and is shown in another; the report names both by the lines of the file."""
    (tmp_path / "logguard.toml").write_text("")
    (tmp_path / "a.ipynb").write_bytes(
        notebook([*HEAD, "pw = getpass.getpass()"], ["for n in x:\n", "    log.info('%s', pw)\n"])
    )
    rows = (tmp_path / "a.ipynb").read_text().split("\n")
    taken, shown = (next(n for n, row in enumerate(rows, 1) if part in row) for part in ("pw = get", "%s', pw"))
    text = run("scan", cwd=tmp_path)
    assert text.code == 1
    assert f"a.ipynb:{shown}:10 (cell 3, line 2)" in text.out
    assert "    log.info('%s', pw)" in text.out
    finding = json.loads(run("scan", "--format", "json", cwd=tmp_path).out)["findings"][0]
    assert finding["cell"] == {"number": 3, "line": 2}
    assert (finding["line"], finding["source"]["line"], finding["sink"]["line"]) == (shown, taken, shown)
    assert [step["line"] for step in finding["flow"]] == [taken, taken, shown]


def test_suppression_in_a_cell(tmp_path: Path) -> None:
    """A comment in the cell works as in a file."""
    (tmp_path / "logguard.toml").write_text("")
    cell = [*HEAD, "def f(password):\n", "    log.info('%s', password)  # logguard: ignore[LGD101] -- shown in class\n"]
    (tmp_path / "a.ipynb").write_bytes(notebook(cell))
    assert run("scan", cwd=tmp_path).code == 0


def test_no_secret_of_a_notebook_is_printed(tmp_path: Path) -> None:
    """Not from the cell that leaks it, and not from an output beside it."""
    (tmp_path / "logguard.toml").write_text("")
    for indent in (1, None):
        (tmp_path / "a.ipynb").write_bytes(
            notebook([*HEAD, f"log.info('token {TOKEN}')  # {TOKEN}"], [f"x = '{TOKEN}'"], indent=indent)
        )
        result = run("scan", cwd=tmp_path)
        assert result.code == 1
        assert TOKEN not in result.out + result.err


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"{}", b"\xff\xfe", b'{"cells": 1}', b"[" * 5000],
    ids=["empty", "cut", "list", "no-cells", "not-utf-8", "wrong-cells", "deep"],
)
def test_what_is_no_notebook_is_named(data: bytes, tmp_path: Path) -> None:
    """One line, and exit code 4."""
    (tmp_path / "logguard.toml").write_text("")
    (tmp_path / "a.ipynb").write_bytes(data)
    result = run("scan", cwd=tmp_path)
    assert result.code == 4
    assert "incomplete: a.ipynb: not a notebook that can be read" in result.err
