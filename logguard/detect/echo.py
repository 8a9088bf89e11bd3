"""What validation errors repeat of their input: pydantic writes it out, also for a secret, and cut in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from logguard.core.finding import Confidence
from logguard.detect.budget import Budget
from logguard.detect.span import Detection

GATE = r"input_value=|[\"']input[\"']\s?:"
"""What such an error has, for every engine."""

_ECHO = re.compile(r"input_value=(?P<value>.{1,4096}?)(?=, input_type=\w)", re.DOTALL)
_ERRORS = re.compile(r"(?<=[\"']input[\"']):\s?b?(?P<quote>[\"'])(?P<value>[^\"'\n]{1,4096})(?P=quote)")
"""The same in the list of errors and its JSON."""
_PLACE = re.compile(r"[\"']loc[\"']:\s?[\[(]")
_LONGEST_ERROR = 1_024
_HARMLESS = re.compile(r"-?\d{1,8}(?:\.\d{1,8})?|None|True|False|<.*|''|\[\]|\{\}|Undefined\w*")


class Echo:
    """Finds the repeated input (pydantic/pydantic#9139)."""

    name = "echo"

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield inputs that say more than a small number; raises ``ExhaustedError``."""
        budget.spend(len(text))
        for echo in _ECHO.finditer(text):
            if _HARMLESS.fullmatch(echo["value"]) is None:
                yield Detection(*echo.span("value"), "credential.generic", self.name, Confidence.MEDIUM)
        for echo in _ERRORS.finditer(text):
            budget.spend(_LONGEST_ERROR)
            if _PLACE.search(text, max(0, echo.start() - _LONGEST_ERROR), echo.start()) is not None:
                yield Detection(*echo.span("value"), "credential.generic", self.name, Confidence.MEDIUM)
