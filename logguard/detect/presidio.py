"""presidio's pattern recognizers: called one by one on short stretches of text, without its engine and without NLP.

Importing presidio takes one to two seconds and loads spaCy, so nothing here is imported before it is needed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

import msgspec

from logguard.core.finding import Confidence
from logguard.core.tables import beside
from logguard.detect.budget import Budget
from logguard.detect.checks import FORMS, trivial
from logguard.detect.span import Detection

WINDOW = 512
"""Characters of a stretch that a recognizer is given; they overlap by more than any of the values is long."""
OVERLAP = 96
_NEAR = 64
"""Characters around a value in which a context word counts."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One recognizer of the table ``presidio.toml``; scores are presidio's, from 0 to 1."""

    name: str
    kind: str
    region: str
    least: float = 2.0
    near: float = 2.0
    form: str = ""


class Result(Protocol):
    """What is used of presidio's ``RecognizerResult``."""

    start: int
    end: int
    score: float


class Recognizer(Protocol):
    """What is used of presidio's ``EntityRecognizer``."""

    supported_entities: list[str]
    context: list[str] | None

    def analyze(self, text: str, entities: list[str], nlp_artifacts: None) -> list[Result]:
        """Return the values in a text, with offsets in it."""
        ...


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return beside(__file__, "presidio.toml")


def rows(kinds: frozenset[str], regions: Iterable[str] = ()) -> tuple[Row, ...]:
    """Return the recognizers for kinds in regions (all regions where none is named)."""
    wanted = {region.lower() for region in regions}
    wanted |= {"gb"} if "uk" in wanted else set()
    every = msgspec.convert(_table()["recognizers"], list[Row])
    return tuple(r for r in every if r.kind in kinds and (not wanted or r.region in wanted | {""}))


def gate_patterns() -> tuple[str, ...]:
    """Return shapes of which each value that a recognizer can find has one."""
    return tuple(_table()["gate"])


class Presidio:
    """The chosen recognizers, imported and made on construction."""

    name = "presidio"

    def __init__(self, chosen: tuple[Row, ...], regions: Iterable[str] = ()) -> None:
        self._recognizers = [(row, *_made(row, tuple(regions))) for row in chosen]

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the values of the chosen kinds; raises ``ExhaustedError``."""
        start = 0
        while start < len(text):
            end = min(len(text), start + WINDOW)
            window = text[start:end]
            lower = window.lower()
            for row, recognizer, words, patterns in self._recognizers:
                budget.spend(16)
                if patterns and not any(pattern.search(window) for pattern in patterns):
                    continue
                yield from self._ask(row, recognizer, words, window, lower, start)
            if end == len(text):
                return
            start = end - OVERLAP

    def _ask(
        self, row: Row, recognizer: Recognizer, words: tuple[str, ...], window: str, lower: str, offset: int
    ) -> Iterator[Detection]:
        for result in recognizer.analyze(window, recognizer.supported_entities, None):
            value = window[result.start : result.end]
            if _within_a_word(window, result.start, result.end) or trivial(value):
                continue
            form = FORMS.get(row.form)
            enough = result.score >= row.least and (form is None or form(value))
            if not enough and result.score >= row.near:
                around = lower[max(0, result.start - _NEAR) : result.end + _NEAR]
                enough = any(word in around for word in words)
            if enough:
                sure = Confidence.HIGH if result.score >= 1.0 else Confidence.MEDIUM
                yield Detection(offset + result.start, offset + result.end, row.kind, f"presidio.{row.name}", sure)


def _within_a_word(text: str, start: int, end: int) -> bool:
    """Whether a value is a part of something longer, such as four of six numbers with dots between."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    return (
        before[-1:].isalnum()
        or behind[:1].isalnum()
        or (before[-1:] in (".", "-", ":") and before[:1].isalnum() and len(before) == 2)
        or (behind[:1] in (".", "-") and behind[1:].isalnum())
    )


def _made(row: Row, regions: tuple[str, ...]) -> tuple[Recognizer, tuple[str, ...], tuple[re.Pattern[str], ...]]:
    found = getattr(_module(), f"{row.name}Recognizer")
    recognizer: Any
    if row.name == "Phone":
        phone = _table()["phone"]
        recognizer = found(supported_regions=[region.upper() for region in regions] or phone["regions"])
        return recognizer, tuple(phone["context"]), (re.compile(r"\d(?:[\s().\-/]{0,3}\d){6}"),)
    recognizer = found()
    # Their own patterns, as a look before the dearer call of `analyze`.
    regex: Any = import_module("regex")  # presidio's engine: its patterns need more than `re` has
    patterns = tuple(regex.compile(p.regex, recognizer.global_regex_flags) for p in recognizer.patterns)
    return recognizer, tuple(word.lower() for word in recognizer.context or ()), patterns


@lru_cache(maxsize=1)
def _module() -> Any:
    """Import presidio, and undo what its import does to logging."""
    decisions = logging.getLogger("decision_process")
    handlers = list(decisions.handlers)
    module = import_module("presidio_analyzer.predefined_recognizers")
    decisions.handlers[:] = handlers
    for name in ("presidio-analyzer", "decision_process"):
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False  # its debug output holds what it looks at
    return module


def installed() -> bool:
    """Whether presidio could be imported, found out without importing it."""
    return find_spec("presidio_analyzer") is not None
