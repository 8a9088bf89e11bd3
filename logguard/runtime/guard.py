"""The guard: one for a process, between every logger and every handler."""

from __future__ import annotations

import atexit
import logging
import os
import threading
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from logguard.core.errors import LogguardError
from logguard.runtime.loader import Loader
from logguard.runtime.record.marked import CLEAN, mark
from logguard.runtime.withheld import TEXT, withhold

if TYPE_CHECKING:
    from types import TracebackType

    from logguard.core.policy import Policy
    from logguard.runtime.engine import Engine
    from logguard.runtime.hits import HitCounter
    from logguard.runtime.record.exceptions import ExcInfo
    from logguard.runtime.stats import Stats

Mode = Literal["redact", "observe"]
"""Whether records are cleaned, or only what would be hidden is counted."""


class AlreadyInstalled(LogguardError):  # noqa: N818 - the contract's name
    """A guard with another policy or mode is installed."""


class Guard:
    """Cleans every record before a handler sees it. Made by :func:`logguard.install`."""

    def __init__(self, chosen: Policy | str, mode: Mode) -> None:
        """``chosen`` is a policy or a preset's name; a name isn't looked up before the policy is needed."""
        self.chosen = chosen
        self.mode = mode
        self._engine: Engine | None = None
        self.loader = Loader(self.engine)
        self._counter: HitCounter | None = None
        self._lock = threading.RLock()
        self.undo: list[Callable[[], None]] = []
        """What takes it out again."""
        self.filtering = False
        """Whether filters of handlers are watched: they may put something into a record that is clean."""
        me = weakref.ref(self)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=lambda: _after_fork(me))
        atexit.register(lambda: _flush(me))

    def clean(self, record: logging.LogRecord) -> None:
        """Clean a record in place; never raises."""
        try:
            self.engine().clean(record)
        except Exception:
            if self.mode == "redact":
                withhold(record)
                mark(record)

    def engine(self) -> Engine:
        """Return the detectors and redactors, made when the first record comes."""
        with self._lock:
            if self._engine is not None:
                return self._engine
            from logguard.runtime.build import build

            engine, self._counter = build(self.policy, self.mode == "observe", self.loader, self._account)
            self._engine = engine
            # From now on records go the short way. An exception in it would be one of ours that nobody foresaw.
            if self.clean != _leave:
                self.clean = engine.clean  # type: ignore[method-assign,assignment]  # a shorter way
            return engine

    def begin(self) -> None:
        """Have everything made and loaded in the background."""
        self.loader.start()

    def wait(self) -> None:
        """Return when all detectors are loaded."""
        self.engine()
        self.loader.wait()

    def stats(self) -> Stats:
        """Return what was hidden so far."""
        from logguard.runtime.stats import stats

        engine = self.engine()
        counter = self._counter
        assert counter is not None
        return stats(engine, counter, self.loader)

    @property
    def policy(self) -> Policy:
        """The policy that records are cleaned by."""
        if isinstance(self.chosen, str):
            from logguard.core.policy import preset

            self.chosen = preset(self.chosen)
        return self.chosen

    def scrub(self, text: str) -> str:
        """Return a text cleaned; for streams, where lines are lines."""
        engine = self.engine()
        cleaned = engine.texts.clean(text, lines=True)
        engine.hits.taken()
        return cleaned

    def stand_in(self, info: ExcInfo) -> ExcInfo:
        """Return an exception that is safe to print; never raises."""
        try:
            engine = self.engine()
            return engine.exceptions.stand_in(info) if self.mode == "redact" else info
        except Exception:
            return Exception, Exception(TEXT), None

    def uninstall(self) -> None:
        """Take the guard out again: handlers get records as they are."""
        with self._lock:
            undo, self.undo = self.undo, []
            self.filtering = True  # no more of ours is put anywhere
            self.clean = _leave  # type: ignore[method-assign,assignment]  # somebody's wrapper may keep ours in its place
        for step in reversed(undo):
            step()
        self.flush()

    def flush(self) -> None:
        """Write the hits that are not in the hits file yet."""
        if self._counter is not None:
            self._counter.flush()

    def __enter__(self) -> Guard:
        """Use the guard as a context manager: it is taken out at the end."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the guard out."""
        self.uninstall()

    def _account(self, record: logging.LogRecord, message: object) -> None:
        engine, counter = self._engine, self._counter
        if engine is None or counter is None:
            return
        found = engine.hits.taken()
        if found:
            counter.add(record, message if isinstance(message, str) and record.msg == message else None, found)

    def after_fork(self) -> None:
        """Renew locks that another thread may have held when the process was forked."""
        self._lock = threading.RLock()
        if self._counter is not None:
            self._counter.after_fork()


def _leave(_record: logging.LogRecord) -> None:
    """Leave a record as it is."""


def is_clean(record: logging.LogRecord) -> bool:
    """Whether a record was cleaned already."""
    return type(record) in CLEAN


def _after_fork(guard: weakref.ref[Guard]) -> None:
    found = guard()
    if found is not None:
        found.after_fork()


def _flush(guard: weakref.ref[Guard]) -> None:
    found = guard()
    if found is not None:
        found.flush()
