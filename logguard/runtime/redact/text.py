"""Text in, cleaned text out. Whatever goes wrong on the way, no raw text comes out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Literal

from logguard.detect.budget import ExhaustedError
from logguard.detect.scanner import Scanner
from logguard.detect.span import Detection
from logguard.runtime.redact.forging import escaped, kept
from logguard.runtime.redact.markers import Markers, withheld

Escaping = Literal["escape", "keep", "nothing"]
"""Whether control characters are spelled out: with line breaks, without them, or not at all."""
_ESCAPES: dict[str, tuple[Callable[[str], str], Callable[[str], str]]] = {
    "escape": (escaped, kept),
    "keep": (kept, kept),
    "nothing": (str, str),
}
LONGEST = 4_000_000
"""Characters of one text; a longer one is withheld."""


class Hits(threading.local):
    """What was hidden since the last look, in this thread: (kind, detector), or (``withheld``, reason)."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []

    def add(self, kind: str, detector: str) -> None:
        """Note one value."""
        self.found.append((kind, detector))

    def taken(self) -> list[tuple[str, str]]:
        """Return what was noted, and start anew."""
        found, self.found = self.found, []
        return found


class TextRedactor:
    """Cleans texts by one policy."""

    def __init__(
        self, scanner: Scanner, markers: Markers, escaping: Escaping, hits: Hits, observe: bool = False
    ) -> None:
        self.scanner = scanner
        self.markers = markers
        self._escape, self._escape_lines = _ESCAPES[escaping]
        self.hits = hits
        self._observe = observe

    def clean(self, text: str, lines: bool = False) -> str:
        """Return a text without sensitive values and, unless ``lines`` is set, without characters that forge lines."""
        try:
            if len(text) > LONGEST:
                return self.withhold(text, "size") if self.scanner.passes(text) else text
            owners = self.scanner.compiled.owners_in(text)
            return self.masked(text, self.scanner.find_of(text, owners), lines) if owners else text
        except ExhaustedError:
            return self.withhold(text, "budget")
        except Exception:
            return self.withhold(text, "error")

    def masked(self, text: str, found: Sequence[Detection], lines: bool = False) -> str:
        """Return a text with what was found in it replaced, and the rest escaped."""
        for one in found:
            self.hits.add(one.kind, one.detector)
        if self._observe:
            return text
        escape = self._escape_lines if lines else self._escape
        if not found:
            return escape(text)
        parts: list[str] = []
        at = 0
        for one in found:
            parts.append(text[at : one.start])
            parts.append(self.markers.replacement(text[one.start : one.end], one.kind, one.detector))
            at = one.end
        parts.append(text[at:])
        return escape("".join(parts))

    def value(self, text: str, kind: str, detector: str) -> str:
        """Return what stands for a whole value of a known kind."""
        if kind in self.scanner.scope.kept:
            return self.clean(text)
        self.hits.add(kind, detector)
        return text if self._observe else self.markers.replacement(text, kind)

    def withhold(self, text: str, reason: str) -> str:
        """Return what stands for a text that could not be looked at; an observer changes nothing."""
        self.hits.add("withheld", reason)
        return text if self._observe else withheld(reason)
