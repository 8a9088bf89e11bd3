"""Every rule has a page, and the examples on the page hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from logguard.static.rules import all_rules
from tests.pages import RULE_PAGES, Example, examples
from tests.scanning import scanned

SECTIONS = ("## What", "## Why", "## Bad", "## Good", "## Known limitations", "## Fix")


@pytest.mark.parametrize("example", list(examples()), ids=lambda example: example.id)
def test_example_on_a_rule_page(example: Example, tmp_path: Path) -> None:
    """A bad example is reported by its rule at defaults; a good one and a known limitation are not."""
    rules = {finding.rule for finding in scanned(tmp_path, example.code).findings if finding.status == "reported"}
    if example.role == "bad":
        assert example.page in rules
    elif example.role == "good":
        assert rules == set()
    else:
        assert example.page not in rules


@pytest.mark.parametrize("rule", list(all_rules()))
def test_every_rule_has_a_complete_page(rule: str) -> None:
    """A page says what, why, bad, good, known limitations and fix, with an example of each."""
    text = (RULE_PAGES / f"{rule}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {rule}: {all_rules()[rule].name}\n")
    assert [section for section in SECTIONS if section not in text] == []
    assert {example.role for example in examples() if example.page == rule} == {"bad", "good", "limitation"}
