"""Other filters that clean records, each set up as its documentation says; they need an environment with them in it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module

RIVALS = ("oslo.utils", "logprivacy", "loggingredactor", "logredactor", "datafog", "presidio")


class _Filter(logging.Filter):
    """A tool that cleans texts, as a filter on the finished message."""

    def __init__(self, clean: Callable[[str], str]) -> None:
        super().__init__()
        self._clean = clean

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._clean(record.getMessage()), None
        return True


def rival(name: str) -> logging.Filter:
    """Return the filter of one of `RIVALS`; raises ``ImportError`` where it isn't installed."""
    if name == "oslo.utils":
        return _Filter(import_module("oslo_utils.strutils").mask_password)
    if name == "logprivacy":
        made: logging.Filter = import_module("logprivacy").LogPrivacyFilter()
        return made
    if name == "loggingredactor":
        common = import_module("loggingredactor")
        made = common.RedactingFilter(
            mask_patterns=common.common_pii_filters.PII_PATTERNS, mask_keys=["password", "token"]
        )
        return made
    if name == "logredactor":
        patterns = [r"password=\S+", r"\b\d{16}\b", r"[\w.]+@[\w.]+", r"ghp_\w+"]
        made = import_module("logredactor").RedactingFilter(patterns)
        return made
    if name == "datafog":
        datafog = import_module("datafog")
        return _Filter(lambda text: str(datafog.redact(text).redacted_text))
    analyzer = import_module("presidio_analyzer")
    registry = analyzer.RecognizerRegistry()
    registry.load_predefined_recognizers()
    # But for e-mail: its recognizer looks for a list on the network.
    patterns_only = [
        one
        for one in registry.recognizers
        if isinstance(one, analyzer.PatternRecognizer) and "EMAIL_ADDRESS" not in one.supported_entities
    ]

    def clean(text: str) -> str:
        for recognizer in patterns_only:
            for found in recognizer.analyze(text, recognizer.supported_entities, None):
                text = text[: found.start] + "*" * (found.end - found.start) + text[found.end :]
        return text

    return _Filter(clean)
