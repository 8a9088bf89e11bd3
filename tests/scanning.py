"""Scan a piece of code in a test."""

from __future__ import annotations

import os
from pathlib import Path

from logguard.core.finding import Finding, Report
from logguard.static.files import select
from logguard.static.scan import Scanner
from logguard.static.visible import Options


def scanned(folder: Path, code: str, policy: str = "", options: Options | None = None, name: str = "app.py") -> Report:
    """Write ``code`` (and a policy) into ``folder``, scan the folder, and return the report."""
    (folder / name).write_text(code, encoding="utf-8")
    (folder / "logguard.toml").write_text(policy, encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        return Scanner(options or Options()).run(select([Path()], None))
    finally:
        os.chdir(before)


def reported(folder: Path, code: str, policy: str = "") -> list[Finding]:
    """Return the findings that are reported at defaults."""
    return [finding for finding in scanned(folder, code, policy).findings if finding.status == "reported"]
