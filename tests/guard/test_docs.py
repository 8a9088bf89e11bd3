"""The examples of the guard's pages run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "guard.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", EXAMPLES, ids=[str(number) for number in range(len(EXAMPLES))])
def test_an_example_runs(code: str, tmp_path: Path) -> None:
    """Each in a process of its own."""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=tmp_path, timeout=60)
