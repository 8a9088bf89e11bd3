"""What was hidden, where: counters for the application, and lines for the analyser. Never a value."""

from __future__ import annotations

import datetime
import hashlib
import json
import logging
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass

EVERY = 30.0
"""Seconds between two writings of the hits file."""
_MOST_SITES = 5_000
"""Call sites that are counted apart; later ones are counted together."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where something was hidden, and what."""

    kind: str
    detector: str
    logger: str
    module: str
    function: str
    line: int
    template: str | None
    """``sha256:`` of the message template; ``None`` where the text itself may hold values."""


@dataclass(slots=True)
class Count:
    """How often, and when first and last (seconds since the epoch)."""

    count: int
    first: float
    last: float


_ELSEWHERE = Site("", "", "", "", "", 0, None)


class HitCounter:
    """Counts by kind, by logger and by call site, and appends what is new to the hits file."""

    def __init__(self, path: str | None = None, build: str | None = None, policy: str = "") -> None:
        self._path = path
        self._build = build
        self._policy = policy
        self._lock = threading.Lock()
        self.sites: dict[Site, Count] = {}
        self._unwritten: dict[Site, Count] = {}
        self._written = time.monotonic()
        self.withheld: dict[str, int] = {}
        """Texts that nobody could look at, by reason."""
        self.lost = 0
        """Hits that could not be written to the file."""

    def add(self, record: logging.LogRecord, template: str | None, found: Iterable[tuple[str, str]]) -> None:
        """Count what was hidden in a record."""
        now = time.time()
        shown = _digest(template) if template is not None and self._path is not None else None
        with self._lock:
            for kind, detector in found:
                if kind == "withheld":
                    self.withheld[detector] = self.withheld.get(detector, 0) + 1
                site = Site(kind, detector, record.name, record.module, record.funcName or "", record.lineno, shown)
                _count(self.sites, site, now)
                if self._path is not None:
                    _count(self._unwritten, site, now)
        if self._path is not None and time.monotonic() - self._written > EVERY:
            self.flush()

    def snapshot(self) -> dict[Site, int]:
        """Return how often something was hidden, by site."""
        with self._lock:
            return {site: count.count for site, count in self.sites.items()}

    def flush(self) -> None:
        """Append what is new to the hits file; what can't be written is counted as lost."""
        with self._lock:
            fresh, self._unwritten = self._unwritten, {}
            self._written = time.monotonic()
        if not fresh or self._path is None:
            return
        data = "".join(self._line(site, count) for site, count in fresh.items() if site is not _ELSEWHERE).encode()
        try:
            descriptor = os.open(
                self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o640
            )
            try:
                if os.write(descriptor, data) != len(data):
                    raise OSError("short write")
            finally:
                os.close(descriptor)
        except OSError:
            self.lost += sum(count.count for count in fresh.values())

    def after_fork(self) -> None:
        """Begin anew in a child: what the parent has counted, the parent writes."""
        self._lock = threading.Lock()
        self._unwritten = {}

    def _line(self, site: Site, count: Count) -> str:
        row = {
            "version": 1,
            "build": self._build,
            "policy": self._policy,
            "kind": site.kind,
            "detector": site.detector,
            "logger": site.logger,
            "module": site.module,
            "function": site.function,
            "line": site.line,
            "template": site.template,
            "count": count.count,
            "first": _time(count.first),
            "last": _time(count.last),
        }
        return json.dumps(row) + "\n"


def _count(into: dict[Site, Count], site: Site, now: float) -> None:
    known = into.get(site)
    if known is None and len(into) >= _MOST_SITES:
        site = _ELSEWHERE
        known = into.get(site)
    if known is None:
        into[site] = Count(1, now, now)
    else:
        known.count += 1
        known.last = now


def _digest(template: str) -> str:
    return "sha256:" + hashlib.sha256(template.encode("utf-8", "surrogatepass")).hexdigest()


def _time(seconds: float) -> str:
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat(timespec="seconds")
