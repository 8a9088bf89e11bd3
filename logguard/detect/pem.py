"""Private keys in PEM blocks, over as many lines as they have, escaped or not, with or without an end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from logguard.core.finding import Confidence
from logguard.detect.budget import Budget
from logguard.detect.span import Detection

BEGIN = r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[23]"
"""The line that opens a private key (RFC 7468 §10, RFC 4880 §6.2), for every engine."""

_BEGIN = re.compile(BEGIN)
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|Private-MAC: [0-9a-f]{40,}")


class Pem:
    """Finds private keys. One without an end is taken to the end of the text: there is no telling where it stops."""

    name = "pem"

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield whole blocks; raises ``ExhaustedError``."""
        budget.spend(len(text))
        at = 0
        while True:
            begin = _BEGIN.search(text, at)
            if begin is None:
                return
            end = _END.search(text, begin.end())
            at = end.end() if end is not None else len(text)
            if text[begin.end() : end.start() if end is not None else at].strip():
                yield Detection(begin.start(), at, "credential.private_key", self.name, Confidence.HIGH)
