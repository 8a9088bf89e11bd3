"""What is a log call: decided by what flows into the name, not by the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scanning import reported

CASES: list[tuple[str, str, str | None]] = [
    ("noop", "def f(password):\n    return password\n", None),
    ("module", "import logging\ndef f(password):\n    logging.info(password)\n", "log"),
    ("any-name", "import logging\naudit = logging.getLogger('a')\ndef f(password):\n    audit.info(password)\n", "log"),
    ("alias-of-module", "import logging as lg\ndef f(password):\n    lg.info(password)\n", "log"),
    ("imported-function", "from logging import info\ndef f(password):\n    info(password)\n", "log"),
    ("factory-alias", "from logging import getLogger as make\nx = make('a')\ndef f(password):\n    x.info(password)\n", "log"),
    ("method-alias", "import logging\nlog = logging.getLogger()\ndef f(password):\n    say = log.error\n    say(password)\n", "log"),
    ("chosen-method", "import logging\nlog = logging.getLogger()\ndef f(c, password):\n    say = log.error if c else log.info\n    say(password)\n", "log"),
    ("getattr", "import logging\nlog = logging.getLogger()\ndef f(level, password):\n    getattr(log, level)(password)\n", "log"),
    ("log-level", "import logging\nlog = logging.getLogger()\ndef f(password):\n    log.log(10, 'p %s', password)\n", "log"),
    ("log-keywords", "import logging\nlog = logging.getLogger()\ndef f(password):\n    log.log(level=10, msg=password)\n", "log"),
    ("adapter", "import logging\nlog = logging.LoggerAdapter(logging.getLogger(), {})\ndef f(password):\n    log.info(password)\n", "log"),
    ("adapter-extra", "import logging\ndef f(password):\n    log = logging.LoggerAdapter(logging.getLogger(), {'p': password})\n    log.info('x')\n", "log"),
    ("extra", "import logging\nlog = logging.getLogger()\ndef f(password):\n    log.info('x', extra={'p': password})\n", "log"),
    ("self-logger", "import logging\nclass A:\n    def __init__(self):\n        self.l = logging.getLogger()\n    def f(self, password):\n        self.l.info(password)\n", "log"),
    ("self-logger-that-is-set-up", "class A(Base):\n    def __init__(self):\n        self.log.propagate = False\n    def f(self, password):\n        self.log.info(password)\n", "log"),
    ("parameter-by-type", "import logging\ndef f(x: logging.Logger, password):\n    x.info(password)\n", "log"),
    ("parameter-by-name", "def f(logger, password):\n    logger.info(password)\n", "log"),
    ("imported-by-name", "from shop.base import log\ndef f(password):\n    log.info(password)\n", "log"),
    ("wrapper", "import logging\nlog = logging.getLogger()\ndef say(msg, *args):\n    log.info(msg, *args)\ndef f(password):\n    say('p %s', password)\n", "log"),
    ("structlog", "import structlog\nlog = structlog.get_logger()\ndef f(password):\n    log.info('x', p=password)\n", "log"),
    ("structlog-bind", "import structlog\nlog = structlog.get_logger()\ndef f(password):\n    log.bind(p=password).info('x')\n", "log"),
    ("loguru", "from loguru import logger\ndef f(password):\n    logger.info('x {}', password)\n", "log"),
    ("loguru-bind", "from loguru import logger\ndef f(password):\n    l = logger.bind(p=password)\n    l.info('x')\n", "log"),
    ("loguru-contextualize", "from loguru import logger\ndef f(api_key):\n    with logger.contextualize(k=api_key):\n        pass\n", "log"),
    ("print", "def f(password):\n    print(password)\n", "print"),
    ("print-stderr", "import sys\ndef f(password):\n    print(password, file=sys.stderr)\n", "print"),
    ("print-into-file", "def f(out, password):\n    print(password, file=out)\n", None),
    ("stdout", "import sys\ndef f(password):\n    sys.stdout.write(password)\n", "stream"),
    ("file-write", "def f(out, password):\n    out.write(password)\n", None),
    ("warning", "import warnings\ndef f(password):\n    warnings.warn('p ' + password)\n", "warning"),
    ("sentry", "import sentry_sdk\ndef f(password):\n    sentry_sdk.capture_message(password)\n", "telemetry"),
    ("span", "def f(span, password):\n    span.set_attribute('p', password)\n", "telemetry"),
    ("twisted", "from twisted.logger import Logger\nlog = Logger()\ndef f(password):\n    log.info('{p}', p=password)\n", "log"),
    ("logger-of-an-unknown-library", "import logbook\nsay = logbook.Logger('a')\ndef f(password):\n    say.info(password)\n", "log"),
    ("not-a-logger", "import math\ndef f(pin):\n    return math.log(pin)\n", None),
    ("own-class-named-log", "class Log:\n    def info(self, x):\n        self.x = x\nlog = Log()\ndef f(password):\n    log.info(password)\n", None),
    ("own-function-named-print", "def print(x):\n    return x\ndef f(password):\n    print(password)\n", None),
    ("control-keyword", "import logging\nlog = logging.getLogger()\ndef f(pin):\n    log.info('x', stacklevel=pin)\n", None),
]  # fmt: skip


@pytest.mark.parametrize(("code", "channel"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_sink(code: str, channel: str | None, tmp_path: Path) -> None:
    """The call is reported on this channel, or not at all."""
    assert {finding.channel for finding in reported(tmp_path, code)} == ({channel} if channel else set())
