"""What a guard tells about its work."""

from __future__ import annotations

from dataclasses import dataclass

from logguard.runtime.engine import Engine
from logguard.runtime.hits import HitCounter
from logguard.runtime.loader import Loader


@dataclass(frozen=True, slots=True)
class Stats:
    """What a guard has done so far in this process; counts of values, never values."""

    by_kind: dict[str, int]
    """Values hidden (in observe mode: that would be hidden), by kind."""
    by_logger: dict[tuple[str, str], int]
    """The same by (kind, logger)."""
    by_site: dict[tuple[str, str, int], int]
    """The same by (module, function, line) of the log call."""
    withheld: dict[str, int]
    """Texts that could not be looked at, by reason: ``budget``, ``error``, ``loading``, ``size``, …"""
    failed: dict[str, str]
    """Detectors that could not be loaded, with the type of the error."""
    hits_lost: int
    """Hits that could not be written to the hits file."""
    registered: int
    """Values in the process's register."""
    ready: bool
    """Whether all detectors are loaded."""
    engine: str
    """The gate's engine: ``rurex``, ``re2`` or ``re``; empty before the first record."""


def stats(engine: Engine, counter: HitCounter, loader: Loader) -> Stats:
    """Return the counts of now."""
    by_kind: dict[str, int] = {}
    by_logger: dict[tuple[str, str], int] = {}
    by_site: dict[tuple[str, str, int], int] = {}
    for site, count in counter.snapshot().items():
        place = (site.module, site.function, site.line)
        by_site[place] = by_site.get(place, 0) + count
        if site.kind != "withheld":
            by_kind[site.kind] = by_kind.get(site.kind, 0) + count
            by_logger[site.kind, site.logger] = by_logger.get((site.kind, site.logger), 0) + count
    return Stats(
        by_kind=by_kind,
        by_logger=by_logger,
        by_site=by_site,
        withheld=dict(counter.withheld),
        failed=dict(loader.failed),
        hits_lost=counter.lost,
        registered=len(engine.scanner.register),
        ready=loader.ready(),
        engine=engine.scanner.compiled.gate.engine,
    )
