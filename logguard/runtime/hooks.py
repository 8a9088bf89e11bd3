"""Other ways out of a process: uncaught exceptions and the standard streams, where the policy asks for them."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from logguard.runtime.redact.blocks import Blocks

if TYPE_CHECKING:
    from logguard.runtime.guard import Guard

Undo = Callable[[], None]


def excepthook(guard: Guard) -> Undo:
    """Clean what `sys.excepthook` prints of an uncaught exception; returns what undoes it."""
    previous = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        previous(*guard.stand_in((kind, error, trace)))

    sys.excepthook = hook

    def undo() -> None:
        if sys.excepthook is hook:
            sys.excepthook = previous

    return undo


def threads(guard: Guard) -> Undo:
    """Clean what `threading.excepthook` prints of a thread's uncaught exception; returns what undoes it."""
    previous = threading.excepthook

    def hook(args: threading.ExceptHookArgs) -> Any:
        if args.exc_value is None:
            return previous(args)
        clean = guard.stand_in((args.exc_type, args.exc_value, args.exc_traceback))
        return previous(threading.ExceptHookArgs((*clean, args.thread)))

    threading.excepthook = hook

    def undo() -> None:
        if threading.excepthook is hook:
            threading.excepthook = previous

    return undo


def streams(guard: Guard) -> Undo:
    """Clean what is written to `sys.stdout` and `sys.stderr`, line by line; returns what undoes it."""
    previous = sys.stdout, sys.stderr
    made = CleanStream(sys.stdout, guard.scrub), CleanStream(sys.stderr, guard.scrub)
    sys.stdout, sys.stderr = made

    def undo() -> None:
        for stream in made:
            stream.flush()
        if sys.stdout is made[0]:
            sys.stdout = previous[0]
        if sys.stderr is made[1]:
            sys.stderr = previous[1]

    return undo


class CleanStream(io.TextIOBase):
    """A text stream that cleans whole lines before it hands them on; everything else is the stream's own."""

    def __init__(self, stream: TextIO, scrub: Callable[[str], str]) -> None:
        self._stream = stream
        self._scrub = scrub
        self._blocks = Blocks()
        self._lock = threading.RLock()

    def write(self, text: str) -> int:
        """Take text; complete lines are cleaned and written."""
        with self._lock:
            for block in self._blocks.push(text, at_most=0):
                self._stream.write(self._scrub(block))
        return len(text)

    def flush(self) -> None:
        """Clean and write what there is, complete or not."""
        with self._lock:
            for block in self._blocks.rest():
                self._stream.write(self._scrub(block))
            self._stream.flush()

    def writable(self) -> bool:
        """Whether it can be written to: yes."""
        return True

    def isatty(self) -> bool:
        """Whether a person reads the stream."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """Return the stream's descriptor; what is written to that directly isn't cleaned."""
        return self._stream.fileno()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


HOOKS: dict[str, Callable[[Guard], Undo]] = {"excepthook": excepthook, "threading": threads, "streams": streams}
"""By the policy's word."""
