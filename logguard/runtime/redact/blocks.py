"""Cutting a stream of text into blocks that can be cleaned one by one: no value lies across two of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

BLOCK = 65_536
"""Characters of a block, about: it ends with a line."""
LONGEST_LINE = 1_000_000
"""Characters; a longer line is cut where a blank or mark stands, and if there is none, in the middle."""
MANY_LINES = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File|(?i:kind[\"']?:\s{0,4}[\"']?secret)"
)
"""What begins something of many lines."""
_END = re.compile(r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|Private-MAC:.*|^---|\n\n", re.MULTILINE)
_LONGEST_OPEN = 65_536
"""Characters that are held back for the end of something that has several lines."""
_OPEN_XML = re.compile(r"<[\w:.-]{1,80}>[^<]{0,4096}\Z")
_CUT = re.compile(r"[\s,;|&]")


class Blocks:
    """Holds what may not be cut yet."""

    def __init__(self, passes: Callable[[str], bool] | None = None) -> None:
        """``passes`` says whether anything could be in a text; where nothing is, nothing has begun."""
        self._held = ""
        self._passes = passes
        self.passed = True
        """Whether anything could be in the block that was yielded last."""

    def push(self, text: str, at_most: int = BLOCK) -> Iterator[str]:
        """Take more text; yield what is complete, as soon as more than ``at_most`` characters are."""
        self._held += text
        if len(self._held) <= at_most:
            return
        end = self._held.rfind("\n") + 1
        if end == 0:
            if len(self._held) < LONGEST_LINE:
                return
            cuts = [cut.end() for cut in _CUT.finditer(self._held, len(self._held) - 4_096)]
            end = cuts[-1] if cuts else len(self._held)
        self.passed = self._passes is None or self._passes(self._held[:end])
        if self.passed:
            end = self._before_open(end)
        if end:
            block, self._held = self._held[:end], self._held[end:]
            yield block

    def rest(self) -> Iterator[str]:
        """Yield what is left."""
        self.passed = True
        if self._held:
            block, self._held = self._held, ""
            yield block

    def _before_open(self, end: int) -> int:
        """Return where to cut before something that has begun and not ended, unless it is endless."""
        start = max(0, end - _LONGEST_OPEN)
        begins = [match.start() for match in MANY_LINES.finditer(self._held, start, end)]
        if (
            begins
            and _END.search(self._held, begins[-1] + 10, end) is None
            and len(self._held) - begins[-1] < _LONGEST_OPEN
        ):
            end = self._held.rfind("\n", 0, begins[-1]) + 1
        open_element = _OPEN_XML.search(self._held, max(0, end - 4_200), end)
        return (
            open_element.start() if open_element is not None and len(self._held) - open_element.start() < 4_200 else end
        )
