"""What a detector found, and how findings of several detectors become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from logguard.core.finding import Confidence


@dataclass(frozen=True, slots=True)
class Detection:
    """A sensitive value in a text. The value itself is nowhere in it."""

    start: int
    """Where it begins, in characters from 0."""
    end: int
    """Where it ends, exclusive."""
    kind: str
    """What sort of value it is, such as ``credential.password``."""
    detector: str
    """Which detector found it."""
    confidence: Confidence
    """How surely it is of that kind."""


def merge(found: Iterable[Detection]) -> list[Detection]:
    """Return detections in order and without overlaps.

    Detections that overlap become one that covers them all, so nothing of either shows; it has the kind of the surest.
    """
    merged: list[Detection] = []
    for one in sorted(found, key=lambda d: (d.start, -d.end)):
        last = merged[-1] if merged else None
        if last is None or one.start >= last.end:
            merged.append(one)
            continue
        best = max(last, one, key=_rank)
        merged[-1] = Detection(last.start, max(last.end, one.end), best.kind, best.detector, best.confidence)
    return merged


def _rank(one: Detection) -> tuple[bool, int, bool, int]:
    account = one.kind.startswith("credential.")
    return account, one.confidence, one.kind != "credential.generic", one.end - one.start
