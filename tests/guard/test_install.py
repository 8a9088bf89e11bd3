"""Installing: one guard a process, what it costs to start, what it leaves as it was, what it refuses."""

from __future__ import annotations

import io
import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

import logguard
from logguard.core.policy import Plugins
from tests.guard.conftest import Logs


def test_the_same_guard_twice(logs: Logs) -> None:
    """An equal policy and mode gives the same guard, another raises."""
    assert logguard.install() is logs.guard
    with pytest.raises(logguard.AlreadyInstalled):
        logguard.install(mode="observe")
    with pytest.raises(logguard.AlreadyInstalled):
        logguard.install("everything")


def test_uninstalled_it_is_gone() -> None:
    """Handlers get records as they are again."""
    before = logging.Handler.handle
    with logguard.install():
        assert logging.Handler.handle is not before
    assert logging.Handler.handle is before


def test_filters_are_watched_once_a_handler_has_one() -> None:
    """Nothing more than `handle` is in the way of handlers without filters; uninstalled, both are gone."""
    before = logging.Handler.filter
    handler = logging.StreamHandler(io.StringIO())
    logger = logging.Logger("filtering")
    logger.addHandler(handler)
    with logguard.install():
        logger.warning("plain")
        assert logging.Handler.filter is before
        handler.addFilter(lambda _record: True)
        logger.warning("plain")
        assert logging.Handler.filter is not before
    assert logging.Handler.filter is before


def test_uninstalled_under_a_wrapper_it_does_nothing() -> None:
    """Where somebody has wrapped it, ours stays in its place and leaves records as they are."""
    before, filtering, out = logging.Handler.handle, logging.Handler.filter, io.StringIO()
    logger = logging.Logger("wrapped")
    logger.addHandler(logging.StreamHandler(out))
    try:
        with logguard.install(wait=True):
            ours = logging.Handler.handle
            logging.Handler.handle = lambda self, record: ours(self, record)  # type: ignore[method-assign]
            logger.warning("password=hunter2x")
        logger.warning("password=hunter2x")
        logger.handlers[0].addFilter(lambda _record: True)
        logger.warning("password=hunter2x")
        assert logging.Handler.filter is filtering
    finally:
        logging.Handler.handle = before  # type: ignore[method-assign]
    assert out.getvalue().splitlines() == ["password=<credential.password>", *["password=hunter2x"] * 2]


def test_observe_counts_and_changes_nothing() -> None:
    """What would be hidden is counted."""
    out = io.StringIO()
    logger = logging.Logger("observed")
    logger.addHandler(logging.StreamHandler(out))
    with logguard.install(mode="observe", wait=True) as guard:
        logger.info("password=%s", "hunter2")
        logger.info("mail to bob@corp.io\nand on")
        assert guard.stats().by_kind == {"credential.password": 1, "personal.email": 1}
    assert out.getvalue() == "password=hunter2\nmail to bob@corp.io\nand on\n"


def test_the_environment_overrides_the_mode(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says so."""
    monkeypatch.setenv("LOGGUARD_MODE", "observe")
    with logguard.install() as guard:
        assert guard.mode == "observe"
    assert "LOGGUARD_MODE=observe overrides" in capsys.readouterr().err


NEEDS_A_KEY = msgspec.convert({"kinds": {"personal.email": {"action": "pseudonym"}}}, logguard.Policy)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("nothing-of-the-kind", "neither a preset"),
        ("pkg:no_such_package/x.toml", "there is no package"),
        (NEEDS_A_KEY, "needs a key"),
        (3, "not int"),
        (logguard.Policy(names={"foo": "bar"}), "unknown kind 'bar'"),
        (msgspec.structs.replace(logguard.Policy(), preset="evrything"), "unknown value 'evrything'"),
        (logguard.Policy(plugins=Plugins(load=["nope"])), "plugin 'nope' can't be loaded"),
    ],
    ids=["name", "package", "key", "number", "kind", "preset", "plugin"],
)
@pytest.mark.parametrize("make", [logguard.install, logguard.Scrubber, logguard.RedactingFilter])
def test_refused_policies(make: Callable[[object], object], given: object, message: str) -> None:
    """A policy error is raised when the guard is made, by every way of making one."""
    with pytest.raises(logguard.PolicyError, match=message):
        make(given)


def test_an_unknown_mode_is_refused() -> None:
    """It was taken for ``redact``."""
    with pytest.raises(logguard.PolicyError, match="mode is neither 'redact' nor 'observe'"):
        logguard.install(mode=cast("Any", "obsreve"))


def test_pseudonyms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the same value and kind, 13 characters of base 32."""
    monkeypatch.setenv("KEY", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=")
    policy = tmp_path / "logguard.toml"
    policy.write_text('kinds."personal.email".action = "pseudonym"\nruntime.pseudonym-key = ["env:KEY"]\n')
    scrubber = logguard.Scrubber(policy)
    first = scrubber.scrub("to bob@corp.io and bob@corp.io and eve@corp.io").split(" ")
    assert first[1] == first[3] != first[5]
    assert len(first[1]) == len("<personal.email:") + 13 + 1
    monkeypatch.setenv("LOGGUARD_CONFIG", str(policy))
    assert logguard.pseudonym("bob@corp.io", "personal.email") == first[1]
    assert logguard.mask("bob", "personal.name") == "<personal.name>"


def test_registered_values(logs: Logs) -> None:
    """Hidden from the next record on, also encoded; forgotten ones show again; short and common ones are refused."""
    logs.logger.info("it is Zx9-declared-value")
    assert logguard.register_secret("Zx9-declared-value")
    logs.logger.info("it is Zx9-declared-value")
    assert logguard.forget_secret("Zx9-declared-value")
    logs.logger.info("it is Zx9-declared-value")
    assert logs.lines == ["it is Zx9-declared-value", "it is <credential.generic>", "it is Zx9-declared-value"]
    assert not logguard.register_secret("short")
    assert not logguard.register_secret("localhost")


def test_secrets_of_the_environment_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What names say is a credential, and passwords in URLs."""
    monkeypatch.setenv("SHOP_DB_PASSWORD", "Qw3rt-zuiop9")
    monkeypatch.setenv("DATABASE_URL", "postgres://app:Ur1-p4ssw0rd@db/shop")
    out = io.StringIO()
    logger = logging.Logger("environment")
    logger.addHandler(logging.StreamHandler(out))
    with logguard.install(wait=True):
        logger.info("using Qw3rt-zuiop9 and Ur1-p4ssw0rd")
    assert out.getvalue() == "using <credential.password> and <credential.password>\n"


def test_metrics(logs: Logs) -> None:
    """Counters for Prometheus, labelled with kinds and loggers."""
    from prometheus_client import CollectorRegistry, generate_latest

    from logguard.runtime.metrics import GuardCollector

    logs.logger.info("password=%s", "hunter2")
    registry = CollectorRegistry()
    registry.register(GuardCollector(logs.guard))
    shown = generate_latest(registry).decode()
    assert 'logguard_redactions_total{kind="credential.password",logger="app"} 1.0' in shown


HOOKED = """
import threading
import msgspec
import logguard

def fail():
    raise ValueError("password=hunter2")

hooks = {"runtime": {"hooks": ["excepthook", "threading", "streams"]}}
logguard.install(msgspec.convert(hooks, logguard.Policy), wait=True)
print("password=", "hunter2", sep="")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
fail()
"""


def test_hooks() -> None:
    """Uncaught exceptions and the standard streams, where the policy asks for them."""
    done = subprocess.run([sys.executable, "-c", HOOKED], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "password=<credential.password>\n"
    assert "hunter2" not in done.stdout + done.stderr
    assert done.stderr.count("ValueError: password=<credential.password>") == 2


OFFLINE = """
import socket
def forbidden(*_, **__): raise AssertionError("the network was used")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = forbidden
from benchmarks.planted import Garden
from logguard import Scrubber
for preset in ("default", "everything"):
    scrubber = Scrubber(preset)
    for plant in Garden(1).plants():
        assert plant.value not in scrubber.scrub(f"{plant.key}={plant.value}"), plant.key
    scrubber.scrub("call +1 415 555 0132 or write to bob@corp.io, 078-05-1123")
import logging
assert not logging.getLogger("py.warnings").handlers
assert getattr(logging, "_warnings_showwarning", None) is None
"""


def test_detection_uses_no_network_and_leaves_logging_alone() -> None:
    """With every socket forbidden, and logging's state as it was."""
    done = subprocess.run([sys.executable, "-c", OFFLINE], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-600:]


def test_production_never_imports_the_parser() -> None:
    """Nor presidio for the preset that doesn't need it."""
    code = (
        "import logging, sys, logguard\nlogguard.install(wait=True)\nlogging.warning('password=%s', 'x1y2z3')\n"
        "assert not {'libcst', 'presidio_analyzer', 'spacy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, timeout=60)
