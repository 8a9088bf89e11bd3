"""Hostile files and trees: what is said of each, with which exit code, and that none changes what is found beside it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from logguard.static.files import select
from tests.command import run

GOOD = "import logging\nlog = logging.getLogger(__name__)\ndef f(password):\n    log.info('%s', password)\n"
CLEAN = "import logging\nlog = logging.getLogger(__name__)\ndef f(n):\n    log.info('%s', n)\n"
TOKEN = "ghp_" + "a1B2" * 9
FOUND, NO_PYTHON, INCOMPLETE, USAGE = 1, 3, 4, 2
Build = Callable[[Path], object]


@dataclass(frozen=True)
class Case:
    """A file or tree in a folder ``odd``, and what a scan of it comes to."""

    id: str
    build: Build
    code: int
    said: str = ""
    """What standard error says of it; where empty, it is not named there."""


def file(name: str, data: str | bytes) -> Build:
    """Return what writes a file."""

    def build(folder: Path) -> None:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogateescape"))

    return build


def both(*builds: Build) -> Build:
    """Return what builds several."""

    def build(folder: Path) -> None:
        for one in builds:
            one(folder)

    return build


def link(name: str, target: str) -> Build:
    """Return what makes a symbolic link."""

    def build(folder: Path) -> None:
        (folder / name).symlink_to(target.format(outside=folder.parent / "outside"))

    return build


def broken(name: str, data: str | bytes, reason: str) -> Case:
    """Return a file that can't be analysed."""
    return Case(name, file("x.py", data), INCOMPLETE, f"incomplete: odd/x.py: {reason}")


NESTED = "(" * 5000 + ")" * 5000
CASES = [
    Case("noop", file("x.py", CLEAN), 0),
    Case("leak", file("x.py", GOOD), FOUND),
    # what isn't Python
    broken("syntax-error", "def f(:\n", "syntax error at line 1"),
    broken("syntax-error-later", "x = 1\n\nif x\n", "syntax error at line 3"),
    broken("python-2-print", "print 'x'\n", "syntax error at line 1"),
    broken("python-2-except", "try:\n    x\nexcept E, e:\n    pass\n", "syntax error at line 3"),
    broken("python-2-octal", "x = 0777\n", "syntax error at line 1"),
    broken("python-2-backticks", "x = `y`\n", "syntax error at line 1"),
    broken("indentation", "def f():\n  x\n    y\n", "syntax error at line 3"),
    broken("unclosed", "x = (1,\n", "syntax error at line 1"),
    broken("unclosed-string", "x = '''\n", "syntax error at line 1"),
    broken("merge-conflict", "<<<<<<< HEAD\nx = 1\n=======\n", "syntax error at line 1"),
    broken("template", "{% if x %}\nimport y\n{% endif %}\n", "syntax error at line 1"),
    broken("html", "<!DOCTYPE html>\n<html>\n", "syntax error at line 1"),
    broken("binary", bytes(range(256)) * 10, "null bytes in the source"),
    broken("elf", b"\x7fELF\x02\x01\x01\x00" + b"\0" * 100, "null bytes in the source"),
    broken("null-byte", b"x = 1\0\n", "null bytes in the source"),
    broken("not-utf-8", b"x = '\xff\xfe'\n", "syntax error"),
    broken("utf-16", "x = 1\n".encode("utf-16"), "null bytes in the source"),
    broken("unknown-encoding", "# -*- coding: klingon -*-\nx = 1\n", "syntax error: unknown encoding: klingon"),
    broken("encoding-that-is-none", "# -*- coding: rot13 -*-\nx = 1\n", "syntax error"),
    broken("nested-parentheses", f"x = {NESTED}\n", "nested too deeply"),
    broken("nested-lists", "x = " + "[" * 5000 + "]" * 5000 + "\n", "nested too deeply"),
    broken("nested-calls", "x = " + "f(" * 5000 + ")" * 5000 + "\n", "nested too deeply"),
    broken("nested-unary", "x = " + "-" * 100_000 + "1\n", ""),
    broken("nested-blocks", "".join(" " * n + "if x:\n" for n in range(200)) + " " * 200 + "pass\n", "nested too deeply"),
    broken("too-large", b"# " + b"x" * (20 * 1024 * 1024) + b"\n", "larger than 20 MB"),
    Case("notebook-cut", file("x.ipynb", "{"), INCOMPLETE, "incomplete: odd/x.ipynb: not a notebook that can be read"),
    Case("notebook-broken-cell", file("x.ipynb", json.dumps({"cells": [{"cell_type": "code", "source": "def f(:"}]})), INCOMPLETE, "incomplete: odd/x.ipynb: syntax error at line 1"),
    # what is Python, in an odd way
    Case("empty", file("x.py", ""), 0),
    Case("only-a-comment", file("x.py", "# \u2028 \x0c\n"), 0),
    Case("byte-order-mark", file("x.py", b"\xef\xbb\xbf" + GOOD.encode()), FOUND),
    Case("latin-1", file("x.py", b"# -*- coding: latin-1 -*-\nx = '\xe9'\n" + GOOD.encode()), FOUND),
    Case("carriage-returns", file("x.py", GOOD.replace("\n", "\r")), FOUND),
    Case("windows-line-ends", file("x.py", GOOD.replace("\n", "\r\n")), FOUND),
    Case("form-feeds", file("x.py", "\x0c" + GOOD), FOUND),
    Case("no-line-end", file("x.py", GOOD.rstrip()), FOUND),
    Case("tabs", file("x.py", GOOD.replace("    ", "\t")), FOUND),
    Case("long-line", file("x.py", GOOD + f"x = '{'a' * 1_000_000}'\n"), FOUND),
    Case("long-name", file("x.py", GOOD + f"{'a' * 100_000} = 1\n"), FOUND),
    Case("large-number", file("x.py", GOOD + f"x = 0x{'f' * 100_000}\n"), FOUND),
    Case("long-sum", file("x.py", GOOD + "x = " + "1 + " * 900 + "1\n"), FOUND),
    Case("many-functions", file("x.py", GOOD + "".join(f"def g{n}(x):\n    return x\n" for n in range(5000))), FOUND),
    Case("many-elifs", file("x.py", GOOD + "if x == 0:\n    pass\n" + "".join(f"elif x == {n}:\n    pass\n" for n in range(900))), FOUND),
    Case("invalid-escapes", file("x.py", GOOD + "x = '\\d \\q'\n"), FOUND),
    Case("surrogates-in-a-literal", file("x.py", GOOD + "x = '\\ud800'\nlog.info(x)\n"), FOUND),
    Case("circle-of-imports", both(file("a.py", "from b import *\nimport a\n" + GOOD), file("b.py", "from a import *\nimport b\n")), FOUND),
    Case("class-that-is-its-own-base", file("x.py", GOOD + "class A(A):\n    pass\nclass B(C):\n    pass\nclass C(B):\n    pass\nlog.info(A())\n"), FOUND),
    Case("function-that-calls-itself", file("x.py", GOOD + "def g(x):\n    log.info(g(x))\n    return g(g(x))\n"), FOUND),
    Case("stub", file("x.pyi", "def f(password: str) -> None: ...\n"), 0),
    # trees
    Case("link-to-a-file-outside", both(file("y.py", CLEAN), link("x.py", "{outside}/secret.py")), 0),
    Case("link-to-a-folder-outside", both(file("y.py", CLEAN), link("x", "{outside}")), 0),
    Case("link-to-the-root", both(file("y.py", CLEAN), link("x", "/")), 0),
    Case("link-to-itself", both(file("y.py", CLEAN), link("x.py", "x.py")), 0),
    Case("links-in-a-circle", both(file("y.py", CLEAN), link("a", "."), link("b", "a")), 0),
    Case("link-to-nothing", both(file("y.py", CLEAN), link("x.py", "nothing.py")), 0),
    Case("ignore-file-that-is-a-link", both(file("y.py", GOOD), link(".gitignore", "{outside}/ignore")), FOUND),
    Case("folder-named-like-a-file", both(file("y.py", CLEAN), file("x.py/z.txt", "")), 0),
    Case("pipe", both(file("y.py", CLEAN), lambda folder: os.mkfifo(folder / "x.py")), 0),
    Case("deep-folders", file("/".join(["d"] * 200) + "/x.py", GOOD), FOUND),
    Case("odd-names", both(file("a b\t;$(x)'.py", CLEAN), file("-rf.py", CLEAN), file("\u202e\u0301.py", CLEAN)), 0),
    Case("import-that-would-run", both(file("conftest.py", "raise SystemExit(9)\n"), file("setup.py", "raise SystemExit(9)\n"), file("logging.py", CLEAN)), 0),
    Case("ignored-everywhere", both(file(".gitignore", "*\n"), file("x.py", GOOD)), NO_PYTHON, "no Python files to scan"),
    Case("odd-ignore-file", both(file(".gitignore", b"[\n***/***/***/***\n\xff\n!\n"), file("x.py", GOOD)), FOUND),
    Case("policy-of-a-scanned-tree-that-is-broken", both(file("logguard.toml", "[[[\n"), file("x.py", CLEAN)), USAGE, "odd/logguard.toml"),
    Case("policy-that-is-a-link", both(link("logguard.toml", "{outside}/logguard.toml"), file("x.py", GOOD)), USAGE, "is a link"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project with an empty ``odd``, and things beside it that a scan must not touch."""
    if sys.platform == "win32":
        pytest.skip("links, pipes and such names are those of POSIX")
    project = tmp_path / "project"
    (project / "odd").mkdir(parents=True)
    (project / "logguard.toml").write_text("")
    outside = project / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text(GOOD)
    (outside / "ignore").write_text("*\n")
    (outside / "logguard.toml").write_text('exclude = ["*.py"]\n')
    return project


def test_there_are_sixty() -> None:
    """The table has what was promised, each once."""
    assert len({case.id for case in CASES}) == len(CASES) >= 60


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_hostile(case: Case, folder: Path) -> None:
    """The exit code, one line, and no traceback."""
    case.build(folder / "odd")
    result = run("scan", "odd", cwd=folder)
    assert "Traceback" not in result.err
    assert (result.code, case.said in result.err) == (case.code, True)
    assert result.err.count("incomplete:") == (case.code == INCOMPLETE)


def test_hostile_files_change_nothing_beside_them(folder: Path) -> None:
    """Five hundred good files, with a leak in each tenth: the findings are the same with all of the others among them."""
    for number in range(500):
        (folder / f"good_{number}.py").write_text(CLEAN if number % 10 else GOOD)
    alone = json.loads(run("scan", "--format", "json", "--exclude", "outside", cwd=folder).out)
    for case in CASES:
        if case.code != USAGE:
            (folder / "odd" / case.id).mkdir()
            case.build(folder / "odd" / case.id)
    among = json.loads(run("scan", "--format", "json", "--exclude", "outside", cwd=folder).out)
    kept = [finding for finding in among["findings"] if not finding["path"].startswith("odd/")]
    assert len(kept) == 50
    assert kept == alone["findings"]
    named = {one["path"].split("/")[1] for one in among["summary"]["incomplete"]}
    assert named == {case.id for case in CASES if case.code == INCOMPLETE}


def test_each_of_several_folders_without_a_policy_is_its_own_root(tmp_path: Path) -> None:
    """What is given second isn't counted from the folder that was given first."""
    for name in ("a", "b"):
        (tmp_path / name / "inner").mkdir(parents=True)
        (tmp_path / name / "inner" / "x.py").write_text("x = 1\n")
    selection = select([tmp_path / "a", tmp_path / "b"], None)
    assert [target.relative for target in selection.targets] == ["inner/x.py", "inner/x.py"]
    assert selection.whole_roots
