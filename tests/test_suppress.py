"""Suppression comments: tied to a statement, with rule and reason, and never silent about themselves."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from logguard.static.files import select
from logguard.static.scan import Scanner
from logguard.static.visible import Options
from tests.scanning import scanned

HEAD = "import logging\nlog = logging.getLogger()\n"
LEAK = "def f(password):\n    log.info('%s', password)"
TODAY = Options(today=datetime.date(2026, 6, 1))

CASES: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("noop", LEAK + "\n", [("LGD101", "reported")]),
    ("same-line", LEAK + "  # logguard: ignore[LGD101] test account\n", [("LGD101", "suppressed")]),
    ("line-above", "def f(password):\n    # logguard: ignore[LGD101] test account\n    log.info('%s', password)\n", [("LGD101", "suppressed")]),
    ("last-line", "def f(password):\n    log.info(\n        '%s', password\n    )  # logguard: ignore[LGD101] test account\n", [("LGD101", "suppressed")]),
    ("several-ids", LEAK + "  # logguard: ignore[LGD103, LGD101] test account\n", [("LGD101", "suppressed"), ("LGD901", "reported")]),
    ("other-id", LEAK + "  # logguard: ignore[LGD103] test account\n", [("LGD101", "reported"), ("LGD901", "reported")]),
    ("no-reason", LEAK + "  # logguard: ignore[LGD101]\n", [("LGD101", "reported"), ("LGD902", "reported")]),
    ("no-id", LEAK + "  # logguard: ignore test account\n", [("LGD101", "reported"), ("LGD902", "reported")]),
    ("behind-noqa", LEAK + "  # noqa: E501  # logguard: ignore[LGD101] test account\n", [("LGD101", "suppressed")]),
    ("until", LEAK + "  # logguard: ignore[LGD101] until 2027-01-31: test account\n", [("LGD101", "suppressed")]),
    ("expired", LEAK + "  # logguard: ignore[LGD101] until 2026-01-31: test account\n", [("LGD101", "reported"), ("LGD903", "reported")]),
    ("odd-date", LEAK + "  # logguard: ignore[LGD101] until 31.1.2027: test account\n", [("LGD101", "reported"), ("LGD902", "reported")]),
    ("unused", "x = 1  # logguard: ignore[LGD101] nothing here\n", [("LGD901", "reported")]),
    ("in-a-string", "x = '# logguard: ignore[LGD101] only text'\n", []),
    ("line-above-with-code", "x = 1  # logguard: ignore[LGD101] not this\n" + LEAK + "\n", [("LGD101", "reported"), ("LGD901", "reported")]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_suppression(code: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    """Rules and statuses of everything that is listed."""
    report = scanned(tmp_path, HEAD + code, options=TODAY)
    assert sorted((finding.rule, finding.status) for finding in report.findings) == expected


def test_equal_comments_of_one_file_are_told_apart(tmp_path: Path) -> None:
    """A baseline that knows one of them doesn't hide the other; reasons and lines say nothing."""
    report = scanned(tmp_path, HEAD + (LEAK + "  # logguard: ignore[LGD101]\n") * 2, options=TODAY)
    marks = [finding.fingerprint for finding in report.findings if finding.rule == "LGD902"]
    assert len(set(marks)) == 2
    moved = scanned(tmp_path, "\n" + HEAD + LEAK + "  # logguard: ignore[LGD101]\n", options=TODAY)
    assert marks[0] in [finding.fingerprint for finding in moved.findings]


def test_unused_ones_are_judged_only_with_the_whole_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A comment may be used by something that a part of the tree doesn't show."""
    monkeypatch.chdir(tmp_path)
    Path("logguard.toml").write_text("")
    Path("pkg").mkdir()
    Path("pkg/app.py").write_text("x = 1  # logguard: ignore[LGD101] nothing here\n")
    assert Scanner(Options()).run(select([Path("pkg")], None)).findings == []
    assert len(Scanner(Options()).run(select([Path()], None)).findings) == 1
