"""Text from outside that reaches a log call with its line ends (LGD301), and what takes them away: one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scanning import reported

HEAD = "import flask, json, logging, socket\nlog = logging.getLogger(__name__)\n"

CASES: list[tuple[str, str, bool]] = [
    ("noop", "def f(x):\n    log.info('%s', x)\n", False),
    ("path-of-a-request", "def f(request):\n    log.info('%s', request.path)\n", True),
    ("entry-of-a-request", "def f(request):\n    log.info('%s', request.args['q'])\n", True),
    ("all-entries-show-their-repr", "def f(request):\n    log.info('%s', request.args)\n", False),
    ("stored-in-a-dict", "def f(request):\n    d = {}\n    d['p'] = request.path\n    log.info(f'{d}')\n", False),
    ("taken-out-of-a-dict", "def f(request):\n    d = {}\n    d['p'] = request.path\n    log.info('%s', d['p'])\n", True),
    ("address-as-it-came", "def f(request):\n    log.info('%s', request.url)\n", False),
    ("shown-as-repr", "def f(request):\n    log.info('%r', request.path)\n", False),
    ("made-a-number", "def f(request):\n    log.info('%s', int(request.args['q']))\n", False),
    ("names-clean-nothing", "def mask_it(x):\n    return x\ndef f(request):\n    log.info('%s', mask_it(request.args['q']))\n", True),
    ("nor-do-those-of-others", "import other\ndef f(request):\n    log.info('%s', other.redact_name(request.args['q']))\n", False),
    ("encoded", "def f(request):\n    log.info('%s', json.dumps(request.path))\n", False),
    ("line-ends-replaced", "def f(request):\n    log.info('%s', request.path.replace('\\n', ''))\n", False),
    ("through-a-function", "def show(x):\n    log.info('%s', x)\ndef f(request):\n    show(request.path)\n", True),
    ("from-a-socket", "def f(sock):\n    log.info('%s', sock.recv(100))\n", True),
    ("from-a-pipe", "def f(conn):\n    log.info('%s', conn.recv())\n", False),
    ("request-that-goes-out", "def f(s, url):\n    request = s.prepare_request(url)\n    log.info('%s', request.url)\n", False),
    ("request-of-an-own-class", "class Request:\n    path: str\ndef f(request: Request):\n    log.info('%s', request.path)\n", False),
    ("request-of-an-heir", "class Own(flask.Request):\n    pass\ndef f(request: Own):\n    log.info('%s', request.path)\n", True),
    ("named-as-prepared", "def f(prepared_request):\n    log.info('%s', prepared_request.url)\n", False),
    ("handed-to-a-starter", "def start(f, *args):\n    return f(*args)\ndef a(x):\n    log.info('%s', x)\ndef b(y):\n    return y\ndef f(request):\n    start(b, request.path)\n    start(a, 'constant')\n", False),
    ("handed-to-a-starter-and-shown", "def start(f, *args):\n    return f(*args)\ndef a(x):\n    log.info('%s', x)\ndef f(request):\n    start(a, request.path)\n", True),
]  # fmt: skip


@pytest.mark.parametrize(("code", "forged"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_forging(code: str, forged: bool, tmp_path: Path) -> None:
    """Whether it is reported at defaults."""
    assert ("LGD301" in {finding.rule for finding in reported(tmp_path, HEAD + code)}) == forged
