"""What the guard's tests share."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import settings

import logguard
from logguard.runtime.register import register

settings.register_profile("same-every-time", derandomize=True, deadline=None)
settings.load_profile("same-every-time")


@dataclass(frozen=True)
class Logs:
    """A logger under the installed guard, and what its handler wrote."""

    guard: logguard.Guard
    logger: logging.Logger
    out: io.StringIO

    @property
    def lines(self) -> list[str]:
        """The lines that were written."""
        return self.out.getvalue().splitlines()


@pytest.fixture
def logs() -> Iterator[Logs]:
    """The guard with all detectors loaded, before a plain stream handler."""
    out = io.StringIO()
    logger = logging.Logger("app", logging.DEBUG)
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    with logguard.install(wait=True) as guard:
        yield Logs(guard, logger, out)


@pytest.fixture(autouse=True)
def _empty_register() -> Iterator[None]:
    yield
    known = register()
    for value in list(known._values):
        known.discard(value)
