"""The guard's counters as Prometheus metrics, through `prometheus-client`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from logguard.runtime.guard import Guard


class GuardCollector(Collector):
    """Reads a guard's counters when they are scraped; labels are kinds, loggers and reasons, never values.

    Use: ``REGISTRY.register(GuardCollector(guard))``.
    """

    def __init__(self, guard: Guard) -> None:
        self._guard = guard

    def collect(self) -> Iterable[Any]:
        """Yield the counters of redactions, withheld texts and lost hits, and whether all detectors are loaded."""
        stats = self._guard.stats()
        redactions = CounterMetricFamily(
            "logguard_redactions", "Values hidden in log records.", labels=["kind", "logger"]
        )
        for (kind, logger), count in sorted(stats.by_logger.items()):
            redactions.add_metric([kind, logger], count)
        yield redactions
        withheld = CounterMetricFamily("logguard_withheld", "Texts that could not be looked at.", labels=["reason"])
        for reason, count in sorted(stats.withheld.items()):
            withheld.add_metric([reason], count)
        yield withheld
        lost = CounterMetricFamily("logguard_hits_lost", "Hits that could not be written to the hits file.")
        lost.add_metric([], stats.hits_lost)
        yield lost
        ready = GaugeMetricFamily("logguard_ready", "Whether all detectors are loaded.")
        ready.add_metric([], float(stats.ready))
        yield ready
