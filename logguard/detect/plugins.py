"""detect-secrets' detectors, each asked about a short stretch of text around what may be a value of its kind.

They are constructed once and asked with `analyze_string` alone: `scan_line` would change global settings, and
verification would call the network. Importing them turns on `logging.captureWarnings`; that is undone here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Protocol

import msgspec

from logguard.core.finding import Confidence
from logguard.core.tables import beside
from logguard.detect.budget import Budget
from logguard.detect.checks import placeholder
from logguard.detect.span import Detection

AROUND = 400
"""Characters on either side of what passed the gate that a detector is given; their values are shorter."""


class Detector(Protocol):
    """What is used of a detect-secrets plugin."""

    def analyze_string(self, string: str) -> Iterable[str]:
        """Yield the secrets in a text."""
        ...


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One detector of the table ``secrets.toml``."""

    module: str
    name: str
    kind: str
    gate: str
    literal: bool = True
    """Whether the linter asks it about literals."""


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Return the table, in its order."""
    table = beside(__file__, "secrets.toml")
    return tuple(msgspec.convert(table["detectors"], list[Row]))


@lru_cache(maxsize=1)
def load() -> tuple[tuple[Detector, Row], ...]:
    """Import and construct the detectors; this costs about 0.2 s."""
    root = logging.getLogger("py.warnings")
    handlers = list(root.handlers)
    captured = getattr(logging, "_warnings_showwarning", None) is not None
    made = []
    for row in rows():
        found = import_module(f"detect_secrets.plugins.{row.module}")
        made.append((getattr(found, row.name)(), row))
    if not captured:
        logging.captureWarnings(False)
    root.handlers[:] = handlers
    return tuple(made)


class Plugin:
    """One of them; all are loaded when the first is made."""

    def __init__(self, row: Row) -> None:
        self._row = row
        self._detector = next(detector for detector, one in load() if one is row or one == row)
        self._gate = re.compile(row.gate, re.ASCII)
        self.name = f"detect-secrets.{row.name}"

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the values that the detector finds; raises ``ExhaustedError``."""
        done = 0
        budget.spend(len(text))
        for match in self._gate.finditer(text):
            if match.start() < done:
                continue
            start, end = max(0, match.start() - AROUND), min(len(text), match.end() + AROUND)
            budget.spend(3 * AROUND)
            for line in text[start:end].split("\n"):
                yield from _found(self._detector, self._row, text, start, end, line)
            done = match.end()


def _found(detector: Detector, row: Row, text: str, start: int, end: int, line: str) -> Iterator[Detection]:
    for secret in detector.analyze_string(line):
        # Some answer with their pattern's first group, a prefix: what they found is the run of characters around it.
        at = text.find(secret, start, end) if secret else -1
        while at >= 0:
            run = _RUN.match(text, at)
            part = run is not None and len(secret) < _SHORTEST
            stop = max(at + len(secret), run.end() if run is not None and part else 0)
            if (
                not text[at - 1 : at].isalnum()
                and not (part and placeholder(text[at:stop]))
                and _SHOWN.search(text, at, stop) is None
            ):
                yield Detection(at, stop, row.kind, f"detect-secrets.{row.name}", Confidence.HIGH)
            at = text.find(secret, stop, end)


_RUN = re.compile(r"[\w.+/=-]*")
_SHORTEST = 12
_SHOWN = re.compile(r"[xX]{16}|EXAMPLE")
