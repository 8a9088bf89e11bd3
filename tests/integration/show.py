"""Log what a library's file makes, and print which rows showed the planted value: ``python show.py FILE``."""

from __future__ import annotations

import base64
import contextlib
import http.server
import importlib.util
import io
import json
import logging
import sys
import threading

PLANTED = "pl4nted-" + "V" * 24
CODES = (PLANTED, base64.b64encode(PLANTED.encode()).decode(), base64.b64encode(f"ann:{PLANTED}".encode()).decode())


def main() -> None:
    """Print a JSON object: for each row whether its log line, or what the call of it printed, holds the value."""
    sys.path.pop(0)  # this folder, so that it hides no library
    spec = importlib.util.spec_from_file_location("shown", sys.argv[1])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    shows = {row: _logged(thing) for row, thing in getattr(module, "shows", _nothing)(PLANTED).items()}
    sends = {row: _sent(call) for row, call in getattr(module, "sends", _nothing)(PLANTED).items()}
    hides = {row: _logged(thing) for row, thing in getattr(module, "hides", _nothing)(PLANTED).items()}
    print()  # after whatever a prompt has left on the line
    print(json.dumps({"shows": {**shows, **sends}, "hides": hides}))


def _nothing(_: str) -> dict[str, object]:
    return {}


def _logged(thing: object) -> bool:
    """Whether a log line holds the value; of a pair in a list, the second tells whether its last word works as one."""
    thing, works = thing if isinstance(thing, list) and len(thing) == 2 and callable(thing[1]) else (thing, None)
    stream = io.StringIO()
    logger = logging.Logger("shown")
    logger.addHandler(logging.StreamHandler(stream))
    logger.info("it is %s", thing)
    if works is not None:
        return bool(works(stream.getvalue().split()[-1]))
    return any(code in stream.getvalue() for code in CODES)


def _sent(call) -> bool:
    """Whether what a call prints, or returns as what it sent, holds the value."""
    stream = io.StringIO()
    with contextlib.redirect_stdout(stream), contextlib.redirect_stderr(stream):
        sent = call()
    return PLANTED in stream.getvalue() or PLANTED in str(sent)


def failure(call, *arguments, **keywords):
    """Return the exception that a call raises."""
    try:
        call(*arguments, **keywords)
    except Exception as error:
        return error
    raise AssertionError(f"{call} raised nothing")


@contextlib.contextmanager
def serving(status: int, body: object):
    """Answer all requests on loopback with a status and JSON; yields the address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.send_header("X-Body", text.decode())  # the answer to HEAD has no other
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(text)

        do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = do_LIST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


if __name__ == "__main__":
    main()
