"""The installed command from end to end: output, exit codes, errors."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.command import run

ROOT = Path(__file__).parent.parent
LEAK = "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef login(user, password):\n    log.info('login of %s with %s', user, password)\n"
CLEAN = "import logging\n\nlog = logging.getLogger(__name__)\nlog.info('hello')\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is its own root."""
    (tmp_path / "logguard.toml").write_text("")
    return tmp_path


def test_a_finding_for_a_person(folder: Path) -> None:
    """The whole output of a finding: what, where, the path, the fix."""
    (folder / "app.py").write_text(LEAK)
    result = run("scan", cwd=folder)
    assert result.out == (
        "error[LGD101]: log call leaks a password\n"
        " --> app.py:7:5\n"
        "  |\n"
        "7 |     log.info('login of %s with %s', user, password)\n"
        "  |                                           ^^^^^^^^ a password\n"
        "  |\n"
        "  = kind: credential.password (account), confidence high\n"
        "  = path: 6: the name `password` says that it holds a password\n"
        "  =       7: shown here\n"
        "  = fix:  Leave the value out; log a name, an id or `bool(value)` if you need to\n"
        "          know that it was there.\n"
        "  = help: logguard explain LGD101\n"
        "\n"
    )
    assert re.sub(r"\d\.\d s", "0.0 s", result.err) == (
        "account    broken by 1 finding\n"
        "reportable holds: no finding breaks it\n"
        "1 finding in 1 file, 0 suppressed, 1 hidden by persona, confidence or selection,\n"
        "0.0 s\n"
    )


def test_findings_of_the_example_are_exactly_the_listed_ones() -> None:
    """The shop leaks where ``expected.tsv`` says, and nowhere else."""
    rows = [line.split("\t") for line in (ROOT / "examples/expected.tsv").read_text().splitlines()[1:]]
    expected = sorted((path, int(line), rule) for path, line, rule, _, _ in rows)
    result = run("scan", "shop", "--format", "json", "--exit-zero", cwd=ROOT / "examples")
    found = [finding for finding in json.loads(result.out)["findings"] if finding["status"] == "reported"]
    assert {(finding["path"], finding["line"]) for finding in found} == {(path, line) for path, line, _ in expected}
    for path, line, rule in expected:
        assert rule in {finding["rule"] for finding in found if (finding["path"], finding["line"]) == (path, line)}


def test_json_is_what_the_contract_says(folder: Path) -> None:
    """Every member of the contract, and no source text."""
    (folder / "app.py").write_text(LEAK)
    report = json.loads(run("scan", "--format", "json", cwd=folder).out)
    assert set(report) == {"version", "tool", "findings", "summary"}
    assert set(report["tool"]) == {"name", "version", "policy", "python"}
    [finding] = report["findings"]
    assert finding == {
        "rule": "LGD101",
        "name": "credential-logged",
        "kind": "credential.password",
        "invariants": ["account"],
        "severity": "error",
        "confidence": "high",
        "persona": "regular",
        "channel": "log",
        "message": "log call leaks a password",
        "path": "app.py",
        "line": 7,
        "column": 5,
        "end_line": 7,
        "end_column": 52,
        "sink": {"path": "app.py", "line": 7, "column": 5, "end_line": 7, "end_column": 52},
        "source": {"path": "app.py", "line": 6, "column": 17, "function": "app.login"},
        "flow": [
            {"path": "app.py", "line": 6, "column": 17, "note": "the name `password` says that it holds a password"},
            {"path": "app.py", "line": 7, "column": 43, "note": "shown here"},
        ],
        "fix": None,
        "fingerprint": finding["fingerprint"],
        "status": "reported",
    }
    assert report["summary"] == {
        "files": 1,
        "reported": 1,
        "suppressed": 0,
        "baselined": 0,
        "hidden": 1,
        "not_python": 0,
        "incomplete": [],
        "invariants": {"account": "broken", "reportable": "holds"},
    }


def test_fingerprint_stays_when_lines_move(folder: Path) -> None:
    """It is about functions and the shape of the call, not about places or literals."""

    def fingerprint(code: str) -> str:
        (folder / "app.py").write_text(code)
        [finding] = json.loads(run("scan", "--format", "json", cwd=folder).out)["findings"]
        return str(finding["fingerprint"])

    first = fingerprint(LEAK)
    assert fingerprint("# moved\n\n" + LEAK) == first
    assert fingerprint(LEAK.replace("login of", "sign-in of")) == first
    assert fingerprint(LEAK.replace("def login", "def sign_in")) != first


EXITS: list[tuple[str, dict[str, str], list[str], int]] = [
    ("clean", {"app.py": CLEAN}, [], 0),
    ("findings", {"app.py": LEAK}, [], 1),
    ("exit-zero", {"app.py": LEAK}, ["--exit-zero"], 0),
    ("below-fail-on", {"app.py": LEAK.replace("password", "email")}, ["--fail-on", "error"], 0),
    ("at-fail-on", {"app.py": LEAK.replace("password", "email")}, ["--fail-on", "warning"], 1),
    ("unknown-option", {"app.py": CLEAN}, ["--fromat", "json"], 2),
    ("missing-path", {"app.py": CLEAN}, ["nowhere"], 2),
    ("missing-config", {"app.py": CLEAN}, ["--config", "nowhere.toml"], 2),
    ("unknown-rule", {"app.py": CLEAN}, ["--select", "LGD999"], 2),
    ("bad-policy", {"app.py": LEAK, "logguard.toml": "x = 1\n"}, [], 2),
    ("no-python", {"readme.txt": "x"}, [], 3),
    ("all-excluded", {"app.py": LEAK}, ["--exclude", "*.py"], 0),
    ("syntax-error", {"app.py": "def (:\n"}, [], 4),
    ("incomplete-beats-findings", {"app.py": LEAK, "b.py": "def (:\n"}, [], 4),
    ("exit-zero-keeps-incomplete", {"app.py": LEAK, "b.py": "def (:\n"}, ["--exit-zero"], 4),
    ("policy-beats-incomplete", {"b.py": "def (:\n", "logguard.toml": "x = 1\n"}, [], 2),
]  # fmt: skip


@pytest.mark.parametrize(("files", "options", "code"), [c[1:] for c in EXITS], ids=[c[0] for c in EXITS])
def test_exit_code(files: dict[str, str], options: list[str], code: int, folder: Path) -> None:
    """The exit codes of the contract; never a traceback."""
    for name, text in files.items():
        (folder / name).write_text(text)
    result = run("scan", *options, cwd=folder)
    assert (result.code, "Traceback" in result.err) == (code, False)


TYPOS = [
    ("command", ["scna"], "no such command 'scna'; did you mean 'scan'?"),
    ("option", ["scan", "--fromat", "json"], "Did you mean '--format'?"),
    ("rule", ["explain", "LGD1O1"], "no rule or kind 'LGD1O1'; did you mean 'LGD101'?"),
    ("kind", ["explain", "personal.mail"], "no rule or kind 'personal.mail'; did you mean 'personal.email'?"),
    ("selected", ["scan", "--select", "LDG101"], "unknown rule 'LDG101'; did you mean 'LGD101'?"),
    ("format", ["scan", "--format", "jsno"], "'jsno' is not one of"),
]


@pytest.mark.parametrize(("arguments", "text"), [c[1:] for c in TYPOS], ids=[c[0] for c in TYPOS])
def test_typo_is_answered_with_a_suggestion(arguments: list[str], text: str, folder: Path) -> None:
    """One line that says what and what to do, and exit code 2."""
    result = run(*arguments, cwd=folder)
    assert result.code == 2
    assert text in result.err


def test_a_broken_file_hides_no_other(folder: Path) -> None:
    """It is named, the others are scanned, and an invariant that isn't broken is unknown."""
    (folder / "app.py").write_text(LEAK)
    (folder / "broken.py").write_text("def (:\n")
    (folder / "null.py").write_bytes(b"x = '\0'\n")
    (folder / "deep.py").write_text("x = " + "(" * 5000 + ")" * 5000 + "\n")
    report = json.loads(run("scan", "--format", "json", cwd=folder).out)
    assert [one["path"] for one in report["summary"]["incomplete"]] == ["broken.py", "deep.py", "null.py"]
    assert report["summary"]["invariants"] == {"account": "broken", "reportable": "unknown"}
    assert report["summary"]["reported"] == 1


def test_links_are_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Neither files nor folders: nothing outside of the root is read."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "leak.py").write_text(LEAK)
    (folder / "app.py").write_text(CLEAN)
    (folder / "link.py").symlink_to(outside / "leak.py")
    (folder / "linked").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    report = json.loads(run("scan", "--format", "json", cwd=folder).out)
    assert (report["summary"]["files"], report["findings"]) == (1, [])


def test_ignored_and_generated_files_are_left_out(folder: Path) -> None:
    """.gitignore, virtual environments, caches and build outputs."""
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("ignored.py\n")
    (folder / "ignored.py").write_text(LEAK)
    for name in ("build", "node_modules", "env"):
        (folder / name).mkdir()
        (folder / name / "leak.py").write_text(LEAK)
    (folder / "env" / "pyvenv.cfg").write_text("")
    (folder / "app.py").write_text(CLEAN)
    report = json.loads(run("scan", "--format", "json", cwd=folder).out)
    assert (report["summary"]["files"], report["findings"]) == (1, [])


def test_nothing_scanned_is_run(folder: Path) -> None:
    """Neither the scanned file nor what it would import."""
    (folder / "app.py").write_text("open('touched', 'w').close()\nimport helper\n")
    (folder / "helper.py").write_text("open('touched', 'w').close()\n")
    (folder / "click.py").write_text("open('touched', 'w').close()\n")
    assert run("scan", cwd=folder).code == 0
    assert not (folder / "touched").exists()


def test_colour_is_for_terminals_and_respects_no_color(folder: Path) -> None:
    """A pipe gets none unless asked; NO_COLOR is about terminals."""
    (folder / "app.py").write_text(LEAK)
    assert "\x1b[" not in run("scan", cwd=folder).out
    assert "\x1b[" in run("scan", "--color", "always", cwd=folder).out
    assert "\x1b[" not in run("scan", cwd=folder, env={"NO_COLOR": "1"}).out


def test_output_fits_eighty_columns(folder: Path) -> None:
    """Long lines are cut around the leaking part, long notes are wrapped."""
    (folder / "app.py").write_text(
        LEAK + "\n\ndef " + "x" * 60 + "(a):\n    " + "log.info('" + "y" * 90 + " %s', a['password'])\n"
    )
    for arguments in (
        ["scan"],
        ["scan", "--help"],
        ["rules"],
        ["kinds"],
        ["explain", "LGD101"],
        ["explain", "personal.email"],
        ["--help"],
    ):
        result = run(*arguments, cwd=folder)
        assert [line for line in (result.out + result.err).splitlines() if len(line) > 80] == []


def test_a_hostile_name_does_not_reach_the_terminal(folder: Path) -> None:
    """Control characters of a scanned tree are shown as a replacement."""
    (folder / "e\x1b[31mvil.py").write_text(
        LEAK.replace("'login of %s with %s', user, password", "'%s', user['\\x1b[31mpassword']")
    )
    (folder / "b\x1b[31mroken.py").write_text("def (:\n")
    result = run("scan", cwd=folder)
    assert "\x1b" not in result.out + result.err


SECRETS = [
    ("assigned", "PASSWORD = 'hunter2-{}'\nimport logging\nlogging.info('%s', PASSWORD)\n"),
    ("in-message", "import logging\nlogging.info('login with password=hunter2-{}')\n"),
    (
        "behind-a-word",
        "import logging\ndef f(password):\n    logging.info('login with pass hunter2-{} %s', password)\n",
    ),
    ("url", "import logging\nlogging.info('amqp://worker:hunter2-{}@queue/')\n"),
    ("default", "import logging\ndef f(password='hunter2-{}'):\n    logging.info('%s', password)\n"),
    (
        "compared",
        "import logging\ndef f(password):\n    logging.info('%s', password if password != 'hunter2-{}' else password)\n",
    ),
]


@pytest.mark.parametrize("code", [c[1] for c in SECRETS], ids=[c[0] for c in SECRETS])
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_literal_secret_is_printed(code: str, form: str, folder: Path) -> None:
    """Whatever is reported, the value that was found is not part of the report."""
    (folder / "app.py").write_text(code.format("9X7"))
    result = run("scan", "--format", form, cwd=folder)
    assert result.code == 1
    assert "9X7" not in result.out + result.err


def test_report_goes_to_a_file(folder: Path) -> None:
    """``-o`` writes the report; the summary stays on stderr."""
    (folder / "app.py").write_text(LEAK)
    result = run("scan", "--format", "json", "-o", "report.json", cwd=folder)
    assert (result.code, result.out) == (1, "")
    assert json.loads((folder / "report.json").read_text())["summary"]["reported"] == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_named(folder: Path) -> None:
    """It can't be read, so the scan is incomplete."""
    (folder / "app.py").write_text(LEAK)
    (folder / "app.py").chmod(0)
    assert run("scan", cwd=folder).code == 4


REASONS = [
    ("newer", b"type X = int\n", "needs Python ≥ 3.12"),
    ("broken", b"x = 1\ndef (:\n", "syntax error at line 2: "),
    ("python-2", b"print 'x'\n", "syntax error at line 1: "),
    ("python-2-except", b"try:\n    pass\nexcept A, b:\n    pass\n", "syntax error at line 3: "),
    ("null", b"x = '\0'\n", "null bytes in the source"),
    ("not-utf-8", b"x = '\xff\xfe'\n", "syntax error"),
    ("unknown-encoding", b"# coding: klingon\nx = 1\n", "syntax error"),
]


@pytest.mark.parametrize(("data", "reason"), [c[1:] for c in REASONS], ids=[c[0] for c in REASONS])
def test_why_a_file_is_incomplete(data: bytes, reason: str, folder: Path) -> None:
    """One line that says what is wrong, and exit code 4."""
    if reason.endswith("3.12") and sys.version_info >= (3, 12):
        pytest.skip("this Python reads it")
    (folder / "app.py").write_bytes(data)
    result = run("scan", cwd=folder)
    assert result.code == 4
    assert f"incomplete: app.py: {reason}" in result.err


def test_byte_order_mark_and_other_encodings_are_read(folder: Path) -> None:
    """As Python reads them; columns count characters."""
    (folder / "bom.py").write_bytes(b"\xef\xbb\xbf" + LEAK.encode())
    (folder / "latin.py").write_bytes(("# coding: latin-1\n" + LEAK.replace("login of", "Prüfung")).encode("latin-1"))
    report = json.loads(run("scan", "--format", "json", cwd=folder).out)
    assert [(one["path"], one["line"]) for one in report["findings"]] == [("bom.py", 7), ("latin.py", 8)]


def test_lambda_keeps_its_fingerprint_when_lines_move(folder: Path) -> None:
    """A lambda is known by its function and order, not by its line."""
    code = "import logging\nlog = logging.getLogger()\nshow = lambda password: log.info('%s', password)\n"

    def fingerprint(text: str) -> str:
        (folder / "app.py").write_text(text)
        [finding] = json.loads(run("scan", "--format", "json", cwd=folder).out)["findings"]
        return str(finding["fingerprint"])

    assert fingerprint(code) == fingerprint("\n\n" + code)


def test_excluding_a_folder_without_a_repository(tmp_path: Path) -> None:
    """The root is the given path: patterns are relative to it."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "app.py").write_text(LEAK)
    (tmp_path / "app.py").write_text(CLEAN)
    report = json.loads(run("scan", ".", "--exclude", "sub/", "--format", "json", cwd=tmp_path).out)
    assert (report["summary"]["files"], report["findings"]) == (1, [])


def test_all_local_variables_are_reported_as_such(folder: Path) -> None:
    """``locals()`` is LGD204, whatever is in it."""
    (folder / "app.py").write_text(LEAK.replace("'login of %s with %s', user, password", "'%s', locals()"))
    report = json.loads(run("scan", "--format", "json", cwd=folder).out)
    assert {finding["rule"] for finding in report["findings"]} == {"LGD204"}


@pytest.mark.parametrize("line", ["!", "[z-a].py", "*a*a*a*a*a*a*a*a*b"])
def test_an_odd_gitignore_ignores_nothing(line: str, folder: Path) -> None:
    """It neither stops nor slows the scan."""
    (folder / ".gitignore").write_text(line + "\n")
    (folder / ("a" * 120 + ".py")).write_text(LEAK)
    assert run("scan", cwd=folder).code == 1
