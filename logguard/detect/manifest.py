"""The data of Kubernetes secrets in YAML: values under any key, since the manifest itself says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from logguard.core.finding import Confidence
from logguard.detect.budget import Budget
from logguard.detect.span import Detection

KIND = r"(?i:kind[\"']?:\s{0,4}[\"']?secret\b)"
"""What makes a text such a manifest, for every engine."""

_KIND = re.compile(KIND)
_DOCUMENT = re.compile(r"(?m)^---")
_DATA = re.compile(r"(?m)^[ \t]{0,16}(?:string)?[dD]ata:[ \t]{0,20}$")
_LINE = re.compile(
    r"^(?P<indent>[ \t]{1,40})(?:[\w.-]{1,128}:[ \t]{0,8}(?:\|[ \t]{0,8}\n[ \t]{1,40})?"
    r"[\"']?(?P<value>[A-Za-z0-9+/]{8,8000}={0,2})[\"']?[ \t]{0,20}$|#|\S)",
    re.MULTILINE,
)


class Manifest:
    """Finds the values below ``data:`` of a secret (kubernetes.io, "Secrets")."""

    name = "manifest"

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the encoded values; raises ``ExhaustedError``."""
        budget.spend(len(text))
        start = 0
        for mark in [*_DOCUMENT.finditer(text), None]:
            end = mark.start() if mark is not None else len(text)
            if _KIND.search(text, start, end):
                yield from self._values(text, start, end)
            start = end

    def _values(self, text: str, start: int, stop: int) -> Iterator[Detection]:
        for data in _DATA.finditer(text, start, stop):
            at = data.end() + 1
            while at < stop:
                line = _LINE.match(text, at, stop)
                if line is None:
                    break
                if line["value"] is not None and len(line["value"]) % 4 == 0:
                    yield Detection(*line.span("value"), "credential.generic", self.name, Confidence.HIGH)
                newline = text.find("\n", line.end(), stop)
                at = newline + 1 if newline >= 0 else stop
