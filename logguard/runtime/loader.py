"""Loads what takes long (detect-secrets, presidio) in the background, so that no record waits for it."""

from __future__ import annotations

import atexit
import os
import threading
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logguard.detect.scanner import Finder

GRACE = 0.3
"""Seconds that the thread waits before it starts: a short program ends before."""
_FORK_WAIT = 20.0
"""Seconds that a fork waits for an import to end: a child of half an import could never finish it."""


class Loader:
    """Detectors by name, each constructed once."""

    def __init__(self, first: Callable[[], object] | None = None) -> None:
        """``first`` is called in the thread before anything is loaded: it may name more to load."""
        self._first = first
        self._constructors: dict[str, Callable[[], Finder]] = {}
        self._made: dict[str, Finder] = {}
        self.failed: dict[str, str] = {}
        """Detectors that can't be loaded, with the type of the error; what they would look at stays withheld."""
        self._start_anew()
        me = weakref.ref(self)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(
                before=_Hook(me, "_before_fork"),
                after_in_parent=_Hook(me, "_after_fork_in_parent"),
                after_in_child=_Hook(me, "_after_fork"),
            )
        atexit.register(_Hook(me, "stop"))

    def _start_anew(self) -> None:
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._turn = threading.Lock()
        self._loading: str | None = None
        self._forking = False
        self._thread: threading.Thread | None = None
        self._stopping = False

    def lazy(self, name: str, construct: Callable[[], Finder]) -> Callable[[], Finder | None]:
        """Return a function that answers with the detector, or with ``None`` until it is loaded."""
        self._constructors[name] = construct
        made = self._made

        def finder() -> Finder | None:
            found = made.get(name)
            if found is None and name not in self.failed:
                self.start(at_once=True)
            return found

        return finder

    def start(self, at_once: bool = False) -> None:
        """Let the thread load what is missing."""
        if at_once:
            self._wake.set()
        with self._lock:
            if (self._thread is not None and self._thread.is_alive()) or self._stopping or self.ready():
                return
            self._thread = threading.Thread(target=self._run, name="logguard-loader", daemon=True)
            self._thread.start()

    def ready(self) -> bool:
        """Whether nothing is left to load."""
        return self._first is None and all(name in self._made or name in self.failed for name in self._constructors)

    def wait(self) -> None:
        """Load everything now, or wait until the thread has."""
        self.start(at_once=True)
        thread = self._thread
        if thread is not None:
            thread.join()

    def stop(self) -> None:
        """End the thread; an import that has begun ends first, since it can't be left half done."""
        self._stopping = True
        self._wake.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=_FORK_WAIT)

    def _run(self) -> None:
        self._wake.wait(GRACE)
        if self._first is not None and not self._stopping:
            self._step("engine", self._make_first)
        for name in list(self._constructors):
            if self._stopping:
                return
            if name not in self._made and name not in self.failed:
                self._step(name, self._load)

    def _step(self, name: str, load: Callable[[str], None]) -> None:
        """Load one thing; a fork takes the turn, so that it falls between two of them."""
        with self._turn:
            self._loading = name
            try:
                load(name)
            except Exception as error:
                self.failed[name] = type(error).__name__
            finally:
                self._loading = None

    def _make_first(self, _name: str) -> None:
        first, self._first = self._first, None
        if first is not None:
            first()

    def _load(self, name: str) -> None:
        self._made[name] = self._constructors[name]()

    def _before_fork(self) -> None:
        if self._thread is not threading.current_thread():
            self._forking = self._turn.acquire(timeout=_FORK_WAIT)

    def _after_fork_in_parent(self) -> None:
        if self._forking:
            self._forking = False
            self._turn.release()

    def _after_fork(self) -> None:
        half = self._loading
        self._start_anew()
        if half is not None:  # the fork waited in vain: what was half imported stays so for good
            self.failed[half] = "ForkDuringImport"


class _Hook:
    """Calls a method of a loader that still exists."""

    def __init__(self, loader: weakref.ref[Loader], method: str) -> None:
        self._loader = loader
        self._method = method

    def __call__(self) -> None:
        loader = self._loader()
        if loader is not None:
            getattr(loader, self._method)()
