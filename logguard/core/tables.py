"""Read the knowledge that ships with the package: TOML tables beside the code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover - the same parser under its old name
    import tomli as tomllib


FOLDER = Path(__file__).parent
"""Where the tables are; found by path, since `importlib.resources` costs a tenth of the start-up time."""


def shipped(name: str) -> dict[str, Any]:
    """Return the table ``name``, a path below ``logguard/core`` such as ``kinds.toml``."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def beside(module: str, name: str) -> dict[str, Any]:
    """Return the table ``name`` that lies beside a module, given by its ``__file__``."""
    return tomllib.loads((Path(module).parent / name).read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Any]:
    """Parse TOML text; raises ``TOMLDecodeError`` (a ``ValueError``) with line and column in its text."""
    return tomllib.loads(text)
