"""Ways in which handlers can stand behind a logger; each answers with every byte that its handlers wrote."""

from __future__ import annotations

import contextlib
import http.server
import io
import json
import logging
import logging.config
import logging.handlers
import pickle
import queue
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, redirect_stderr
from pathlib import Path
from typing import Any

Written = Callable[[], bytes]
"""Returns what was written so far."""
Arrangement = Callable[[], AbstractContextManager[tuple[logging.Logger, Written]]]
_FORMAT = "%(asctime)s %(name)s %(levelname)s %(message)s"


class _Json(logging.Formatter):
    """Everything of a record as JSON, as structured formatters do."""

    def format(self, record: logging.LogRecord) -> str:
        shown = dict(record.__dict__, message=record.getMessage())
        if record.exc_info:
            shown["exc_info"] = self.formatException(record.exc_info)
        return json.dumps(shown, default=str)


def _logger(name: str) -> logging.Logger:
    logger = logging.getLogger(f"probe.{name}")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    return logger


@contextmanager
def _with(name: str, handler: logging.Handler) -> Iterator[logging.Logger]:
    logger = _logger(name)
    if handler.formatter is None:
        handler.setFormatter(logging.Formatter(_FORMAT))
    logger.addHandler(handler)
    try:
        yield logger
    finally:
        logger.removeHandler(handler)
        handler.close()


@contextmanager
def stream() -> Iterator[tuple[logging.Logger, Written]]:
    """A stream."""
    out = io.StringIO()
    with _with("stream", logging.StreamHandler(out)) as logger:
        yield logger, lambda: out.getvalue().encode("utf-8", "surrogatepass")


@contextmanager
def latin_file() -> Iterator[tuple[logging.Logger, Written]]:
    """A file in Latin-1, on which other characters fail."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "app.log"
        handler = logging.FileHandler(path, encoding="latin-1", errors="backslashreplace")
        with _with("latin", handler) as logger:
            yield logger, path.read_bytes


@contextmanager
def json_stream() -> Iterator[tuple[logging.Logger, Written]]:
    """Structured output with every field of the record."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(_Json())
    with _with("json", handler) as logger:
        yield logger, lambda: out.getvalue().encode("utf-8", "surrogatepass")


@contextmanager
def rich_console() -> Iterator[tuple[logging.Logger, Written]]:
    """rich, with local variables in tracebacks."""
    from rich.console import Console
    from rich.logging import RichHandler

    out = io.StringIO()
    console = Console(file=out, width=4_000, force_terminal=False)
    handler = RichHandler(console=console, rich_tracebacks=True, tracebacks_show_locals=True)
    handler.setFormatter(logging.Formatter("%(message)s"))
    with _with("rich", handler) as logger:
        yield logger, lambda: out.getvalue().encode("utf-8", "surrogatepass")


@contextmanager
def queued() -> Iterator[tuple[logging.Logger, Written]]:
    """A queue with a listener in another thread."""
    out = io.StringIO()
    target = logging.StreamHandler(out)
    target.setFormatter(logging.Formatter(_FORMAT))
    records: queue.Queue[logging.LogRecord] = queue.Queue()
    listener = logging.handlers.QueueListener(records, target)
    listener.start()

    def written() -> bytes:
        listener.stop()
        listener.start()
        return out.getvalue().encode("utf-8", "surrogatepass")

    with _with("queue", logging.handlers.QueueHandler(records)) as logger:
        yield logger, written
    listener.stop()


@contextmanager
def memory() -> Iterator[tuple[logging.Logger, Written]]:
    """A buffer that is flushed to its target later."""
    out = io.StringIO()
    target = logging.StreamHandler(out)
    handler = logging.handlers.MemoryHandler(10_000, flushLevel=logging.CRITICAL, target=target)

    def written() -> bytes:
        handler.flush()
        return out.getvalue().encode("utf-8", "surrogatepass")

    with _with("memory", handler) as logger:
        yield logger, written


@contextmanager
def syslog() -> Iterator[tuple[logging.Logger, Written]]:
    """Datagrams on loopback."""
    with contextlib.closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as server:
        server.bind(("127.0.0.1", 0))
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        server.setblocking(False)
        got: list[bytes] = []

        def written() -> bytes:
            with contextlib.suppress(BlockingIOError):
                while True:
                    got.append(server.recv(1 << 16))
            return b"".join(got)

        with _with("syslog", logging.handlers.SysLogHandler(server.getsockname())) as logger:
            yield logger, written


@contextmanager
def web() -> Iterator[tuple[logging.Logger, Written]]:
    """HTTP on loopback."""
    got: list[bytes] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    place = f"127.0.0.1:{server.server_address[1]}"
    with _with("http", logging.handlers.HTTPHandler(place, "/", method="POST")) as logger:
        yield logger, lambda: b"\n".join(got)
    server.shutdown()
    server.server_close()


class _Pickles(logging.handlers.SocketHandler):
    """What a socket handler would send."""

    def __init__(self) -> None:
        super().__init__("127.0.0.1", 9)
        self.sent: list[bytes] = []

    def send(self, s: Any) -> None:
        self.sent.append(s)
        with contextlib.suppress(Exception):
            self.sent.append(repr(pickle.loads(s[4:])).encode())  # noqa: S301 - its own record


@contextmanager
def pickled() -> Iterator[tuple[logging.Logger, Written]]:
    """Records for another process."""
    handler = _Pickles()
    with _with("pickled", handler) as logger:
        yield logger, lambda: b"\n".join(handler.sent)


@contextmanager
def configured() -> Iterator[tuple[logging.Logger, Written]]:
    """Logging configured anew, after the guard was installed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "app.log"
        logging.config.dictConfig(
            {
                "version": 1,
                "disable_existing_loggers": False,
                "formatters": {"f": {"format": _FORMAT}},
                "handlers": {"file": {"class": "logging.FileHandler", "filename": str(path), "formatter": "f"}},
                "loggers": {"probe.dictconfig": {"handlers": ["file"], "level": "DEBUG", "propagate": False}},
            }
        )
        logger = logging.getLogger("probe.dictconfig")
        yield logger, path.read_bytes
        for handler in list(logger.handlers):
            logger.removeHandler(handler)
            handler.close()


@contextmanager
def last_resort() -> Iterator[tuple[logging.Logger, Written]]:
    """No handler at all: `logging.lastResort` writes warnings to standard error."""
    out = io.StringIO()
    name = "probe_without_handlers"
    logger = logging.getLogger(name)
    root = logging.getLogger()
    handlers, root.handlers[:] = list(root.handlers), []
    try:
        with redirect_stderr(out):
            yield logger, lambda: out.getvalue().encode("utf-8", "surrogatepass")
    finally:
        root.handlers[:] = handlers


ARRANGEMENTS: dict[str, Arrangement] = {
    "stream": stream,
    "file in latin-1": latin_file,
    "JSON": json_stream,
    "rich": rich_console,
    "queue and listener": queued,
    "memory": memory,
    "syslog": syslog,
    "HTTP": web,
    "pickled": pickled,
    "dictConfig": configured,
    "lastResort": last_resort,
}
"""By name."""
