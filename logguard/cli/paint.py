"""Colour for people: only on a terminal, and never against `NO_COLOR`."""

from __future__ import annotations

import os
from typing import IO, Any

import click

from logguard.report.text import Paint, plain

_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "note": {"fg": "cyan", "bold": True},
    "mark": {"fg": "red", "bold": True},
    "dim": {"fg": "blue"},
    "strong": {"bold": True},
    "good": {"fg": "green", "bold": True},
}


def painter(stream: IO[str], choice: str) -> Paint:
    """Return how to paint for a stream; ``choice`` is ``auto``, ``always`` or ``never``."""
    if choice == "never" or (choice == "auto" and (os.environ.get("NO_COLOR") or not stream.isatty())):
        return plain
    return lambda text, style: click.style(text, **_STYLES[style])
