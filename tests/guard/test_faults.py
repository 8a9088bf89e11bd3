"""Whatever fails: no raw value gets out, no record is lost, nothing is raised into the application."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import logguard
from logguard.detect.budget import Budget
from logguard.detect.keyed import Keyed
from logguard.detect.known import Register
from logguard.detect.pem import Pem
from logguard.detect.plugins import Plugin
from logguard.detect.shapes import Shape
from logguard.detect.span import Detection
from logguard.runtime.record.exceptions import Exceptions
from logguard.runtime.redact.fields import Fields
from logguard.runtime.redact.markers import Markers
from logguard.runtime.redact.objects import Objects

TOKEN = "ghp_" + "Ab1C2d3E4f5G" * 3


def _raise(*_: object, **__: object) -> Iterator[Detection]:
    raise RuntimeError("broken")


def _nonsense(*_: object, **__: object) -> Iterator[object]:
    return iter([Detection(-5, 10**9, "no.kind", "x", 1), None])  # type: ignore[arg-type]


HOOKS: list[tuple[str, type, str]] = [
    ("keyed", Keyed, "find"),
    ("shape", Shape, "find"),
    ("pem", Pem, "find"),
    ("plugins", Plugin, "find"),
    ("register", Register, "find"),
    ("meaning", Keyed, "meaning"),
    ("fields", Fields, "of"),
    ("render", Objects, "render"),
    ("data", Objects, "data"),
    ("markers", Markers, "replacement"),
    ("stand-in", Exceptions, "stand_in"),
    ("budget", Budget, "spend"),
]


@pytest.mark.parametrize("fault", [_raise, _nonsense], ids=["raises", "nonsense"])
@pytest.mark.parametrize(("owner", "method"), [hook[1:] for hook in HOOKS], ids=[hook[0] for hook in HOOKS])
def test_a_part_fails_at_every_call(
    owner: type, method: str, fault: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each detector, redactor and object hook in turn."""
    out = io.StringIO()
    logger = logging.Logger("faulty")
    logger.addHandler(logging.StreamHandler(out))
    logguard.register_secret("Zx9-declared-value")
    with logguard.install(wait=True):
        monkeypatch.setattr(owner, method, fault)
        logger.info("token %s", TOKEN)
        logger.info("password=%s", "hunter2xyz")
        logger.info({"password": "hunter2xyz"})
        logger.info("Zx9-declared-value")
        logger.info("x", extra={"token": TOKEN})
        logger.error("failed", exc_info=ValueError(f"password=hunter2xyz {TOKEN}"))
        monkeypatch.undo()
    written = out.getvalue()
    assert "hunter2xyz" not in written
    assert TOKEN not in written
    assert "Zx9-declared" not in written
    assert len(written.splitlines()) >= 6


@pytest.mark.parametrize("step", range(0, 40, 3))
def test_the_budget_ends_at_every_step(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text whose budget is spent is withheld, whole."""
    calls = iter(range(10_000))

    def spend(_self: Budget, _characters: int) -> None:
        if next(calls) >= step:
            from logguard.detect.budget import ExhaustedError

            raise ExhaustedError

    scrubber = logguard.Scrubber()
    scrubber.scrub(TOKEN)
    monkeypatch.setattr(Budget, "spend", spend)
    assert TOKEN not in scrubber.scrub(f"password=abc1 {TOKEN} and token: {TOKEN}")


def test_an_object_that_fails_is_withheld() -> None:
    """`__str__` may raise, recurse or log."""
    out = io.StringIO()
    logger = logging.Logger("objects")
    logger.addHandler(logging.StreamHandler(out))

    class Raises:
        def __str__(self) -> str:
            raise ValueError("password=hunter2")

    class Logs:
        def __str__(self) -> str:
            logger.info("password=%s", "inner2")
            return "password=outer2"

    with logguard.install(wait=True):
        logger.info("%s", Raises())
        logger.info("%s", Logs())
    assert out.getvalue().splitlines() == [
        "<withheld: error>",
        "password=<credential.password>",
        "password=<credential.password>",
    ]


def test_a_full_disk_loses_hits_but_no_records(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Hits that can't be written are counted."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    policy = tmp_path / "logguard.toml"
    policy.write_text(f'[runtime]\nhits = "{tmp_path / "hits.jsonl"}"\n')
    out = io.StringIO()
    logger = logging.Logger("disk")
    logger.addHandler(logging.StreamHandler(out))
    with logguard.install(policy, wait=True) as guard:
        logger.info("password=%s", "hunter2")
        monkeypatch.setattr(os, "write", full)
        guard.flush()
        monkeypatch.undo()
        assert guard.stats().hits_lost == 1
    assert out.getvalue() == "password=<credential.password>\n"


def test_hits_are_written_as_the_contract_says(tmp_path: Path) -> None:
    """One JSON object a line, with a count, and no value."""
    policy = tmp_path / "logguard.toml"
    policy.write_text(f'[runtime]\nhits = "{tmp_path / "hits.jsonl"}"\nbuild = "r42"\n')
    logger = logging.Logger("hits")
    logger.addHandler(logging.StreamHandler(io.StringIO()))
    with logguard.install(policy, wait=True):
        for _ in range(3):
            logger.info("password=%s", "hunter2")
    rows = [json.loads(line) for line in (tmp_path / "hits.jsonl").read_text().splitlines()]
    assert [
        (row["version"], row["build"], row["kind"], row["detector"], row["logger"], row["count"]) for row in rows
    ] == [(1, "r42", "credential.password", "key", "hits", 3)]
    assert rows[0]["template"].startswith("sha256:")
    assert rows[0]["function"] == "test_hits_are_written_as_the_contract_says"


FORK = """
import logging, os, sys, time
import logguard
guard = logguard.install("everything")
guard.loader.start(at_once=True)
time.sleep({delay})
pid = os.fork()
logging.basicConfig(stream=sys.stdout, format="%(message)s")
logging.warning("password=%s", "hunter2")
if pid:
    _, status = os.waitpid(pid, 0)
    sys.exit(os.waitstatus_to_exitcode(status))
import numpy
logging.warning("call +1 415 555 0132 now")
guard.wait()
logging.warning("card 4111 1111 1111 1111")
logging.warning("ibm key eyJust a word, still works")
sys.stdout.flush()
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this platform")
@pytest.mark.parametrize("delay", [0.0, 0.05, 0.4])
def test_a_fork_during_the_import_leaves_a_working_child(delay: float) -> None:
    """The child logs, imports what was being imported, and hides."""
    done = subprocess.run(
        [sys.executable, "-c", FORK.format(delay=delay)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert "hunter2" not in done.stdout
    assert "555 0132" not in done.stdout
    assert "4111" not in done.stdout
    assert done.stdout.count("password=<credential.password>") == 2
    assert "card <payment.card_number>" in done.stdout
    assert done.stdout.rstrip().endswith("still works")
