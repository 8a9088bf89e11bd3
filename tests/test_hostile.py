"""Scanned code is hostile: bugs that were found, each with its name, and work that grows with the input, not faster."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from logguard.core.names import words
from logguard.detect.literal import looks_secret
from logguard.detect.suspect import suspect
from logguard.report.snippet import masked
from logguard.static.files import select
from logguard.static.flow.loggers import Loggers
from logguard.static.index.literals import constant
from logguard.static.scan import Scanner
from logguard.static.visible import Options
from tests.command import run
from tests.scanning import reported, scanned

HEAD = "import logging, getpass\nlog = logging.getLogger()\n"
TOKEN = "ghp_" + "a1B2" * 9

LEAKS = [
    ("recursive-dataclass", "from dataclasses import dataclass\n@dataclass\nclass N:\n    nxt: 'N'\n    password: str\ndef f(n: N):\n    log.info('%s', n)\n"),
    ("recursive-list", "from dataclasses import dataclass\n@dataclass\nclass N:\n    children: list['N']\n    password: str\ndef f(n: N):\n    log.info('%s', n)\n"),
    ("long-chain", "def f(password):\n    log.info(" + "'a' + " * 600 + "password)\n"),
    ("many-entries", "def f(password):\n    d = {'k': password}\n" + "".join(f"    d['k{n}'] = {n}\n" for n in range(90)) + "    log.info('%s', d)\n"),
    ("many-additions", "def f(password, x):\n    s = password\n" + "    s += x\n" * 90 + "    log.info('%s', s)\n"),
    ("many-branches", "def f(password, a):\n    s = password\n" + "".join(f"    if a == {n}:\n        s = s + 'x'\n" for n in range(70)) + "    log.info('%s', s)\n"),
    ("set-before-break", "def f():\n    v = ''\n    while True:\n        v = getpass.getpass()\n        break\n    log.info('%s', v)\n"),
    ("set-before-continue", "def f(xs):\n    v = ''\n    for x in xs:\n        log.info('%s', v)\n        v = getpass.getpass()\n        continue\n"),
    ("retry", "def f():\n    while True:\n        try:\n            v = getpass.getpass()\n        except OSError:\n            continue\n        else:\n            break\n    log.info('%s', v)\n"),
    ("bytes-left-out", "def f(password):\n    if isinstance(password, bytes):\n        return\n    log.info('%s', password)\n"),
    ("at-run-time", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    x = 1\nelse:\n    def f(password):\n        log.info('%s', password)\n"),
]  # fmt: skip


@pytest.mark.parametrize("code", [case[1] for case in LEAKS], ids=[case[0] for case in LEAKS])
def test_leak_is_found(code: str, tmp_path: Path) -> None:
    """None of these is lost, and none makes its file incomplete."""
    report = scanned(tmp_path, HEAD + code)
    assert report.summary.incomplete == []
    assert {finding.kind for finding in report.findings if finding.status == "reported"} == {"credential.password"}


QUOTED = [
    ("key", f"def f(d):\n    log.info('%s', d['{TOKEN} password'])\n"),
    ("slot", f"def f(x):\n    log.info('{TOKEN}_password=%s', x)\n"),
    ("option", f"import argparse\ndef f():\n    p = argparse.ArgumentParser()\n    p.add_argument('--{TOKEN}-password')\n    log.info('%s', p.parse_args())\n"),
    ("comment", f"def f(password):\n    log.info('%s', password)  # was {TOKEN}\n"),
    ("second-line", f"def f(password):\n    log.info(f'''\n  token {TOKEN} and {{password}}''')\n"),
]  # fmt: skip


@pytest.mark.parametrize("code", [case[1] for case in QUOTED], ids=[case[0] for case in QUOTED])
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_note_quotes_a_value(code: str, form: str, tmp_path: Path) -> None:
    """Keys, slots, options and comments may hold a token as well."""
    (tmp_path / "app.py").write_text(HEAD + code)
    (tmp_path / "logguard.toml").write_text("")
    result = run("scan", "--format", form, "--persona", "auditor", cwd=tmp_path)
    assert TOKEN not in result.out + result.err


TEXTS: list[tuple[str, Callable[[int], str]]] = [
    ("letters", lambda n: "a" * n),
    ("pass", lambda n: "pass" * (n // 4)),
    ("slots", lambda n: "%(" * (n // 2)),
    ("braces", lambda n: "{" * n),
    ("dots", lambda n: "a." * (n // 2)),
    ("blanks", lambda n: "key=" + " " * n),
    ("quotes", lambda n: "'" * n),
    ("prefixes", lambda n: "eyJ" * (n // 3)),
    ("addresses", lambda n: "a://b:" * (n // 6)),
]  # fmt: skip
FUNCTIONS: list[Callable[[str], object]] = [suspect, looks_secret, constant, masked, words]


@pytest.mark.parametrize("make", [case[1] for case in TEXTS], ids=[case[0] for case in TEXTS])
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.__name__)
def test_a_long_text_does_not_hang(make: Callable[[int], str], function: Callable[[str], object]) -> None:
    """100 kB take well under a second: the quadratic patterns of old took minutes."""
    started = time.perf_counter()
    function(make(100_000))
    assert time.perf_counter() - started < 5


def test_functions_that_return_one_another_are_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a call returns a logger was asked again on every way to it: a completer of a shell took minutes."""
    asked = 0
    original = Loggers.is_logger

    def counted(*arguments: Any) -> bool:
        nonlocal asked
        asked += 1
        assert asked < 5_000, "asked on every way"
        return original(*arguments)

    monkeypatch.setattr(Loggers, "is_logger", counted)
    code = HEAD + "".join(
        f"def f{n}(x):\n" + "".join(f"    if x == {m}:\n        return f{m}(x)\n" for m in range(12)) + "    return x\n"
        for n in range(12)
    )
    report = scanned(tmp_path, code + "def g(x):\n    f0(x).info('%s', x)\n")
    assert (report.findings, report.summary.incomplete) == ([], [])
    assert asked > 0


def test_a_name_that_is_not_utf_8_is_reported(tmp_path: Path) -> None:
    """The report is written, and the other files are in it."""
    (tmp_path / "logguard.toml").write_text("")
    code = HEAD + "def f(password):\n    log.info('%s', password)\n"
    try:
        (tmp_path / "b\udcffad.py").write_text(code)
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    (tmp_path / "app.py").write_text(code)
    report = json.loads(run("scan", "--format", "json", cwd=tmp_path).out)
    assert [finding["path"] for finding in report["findings"]] == ["app.py", "b\\xffad.py"]


def test_an_internal_error_is_no_finding(tmp_path: Path) -> None:
    """It is one line without the text of the error, and neither 0 nor 1."""
    (tmp_path / "app.py").write_text("x = 1\n")
    code = (
        "import sys, logguard.static.scan as s\n"
        "def broken(*_): raise KeyError('hunter2')\n"
        "s.Program = broken\n"
        "sys.argv = ['logguard', 'scan', '--no-cache']\n"
        "from logguard.cli.main import entry\nentry()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert re.fullmatch(r"logguard: internal error: KeyError in [^\n]+, line \d+; please report it\n", done.stderr)


def test_a_scanner_scans_twice(tmp_path: Path) -> None:
    """A second run reported the findings of the first once more."""
    (tmp_path / "app.py").write_text(HEAD + "def f(password):\n    log.info('%s', password)\n")
    scanner, selection = Scanner(Options()), select([tmp_path / "app.py"], None)
    assert scanner.run(selection).findings == scanner.run(selection).findings != []


def test_an_empty_rule_id_hides_nothing(tmp_path: Path) -> None:
    """``--ignore "$UNSET"`` must not switch everything off."""
    (tmp_path / "app.py").write_text(HEAD)
    assert run("scan", "--ignore", "", cwd=tmp_path).code == 2


def test_a_literal_over_two_lines_is_a_literal(tmp_path: Path) -> None:
    """Python joins them, so the rule is about the whole."""
    code = HEAD + f"def f():\n    log.info('{TOKEN[:4]}'\n             '{TOKEN[4:]}')\n"
    assert {finding.rule for finding in reported(tmp_path, code)} == {"LGD106"}
