"""The code blocks of documentation pages, which are tests: ```` ```python bad ````, ``good`` or ``limitation``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(r"^```python (?P<role>bad|good|limitation)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
RULE_PAGES = Path(__file__).parent.parent / "docs" / "rules"


@dataclass(frozen=True)
class Example:
    """One code block of a page."""

    page: str
    """The rule's id."""
    role: str
    """``bad`` is reported by the rule, ``good`` and ``limitation`` are not."""
    line: int
    code: str

    @property
    def id(self) -> str:
        """Its name in the test run."""
        return f"{self.page}-{self.role}-line{self.line}"


def examples() -> Iterator[Example]:
    """Yield the examples of every rule page."""
    for page in sorted(RULE_PAGES.glob("LGD*.md")):
        text = page.read_text(encoding="utf-8")
        for block in _BLOCK.finditer(text):
            yield Example(page.stem, block["role"], text[: block.start()].count("\n") + 1, block["code"])
