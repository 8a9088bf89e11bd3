"""The report as JSON, version 1 of the contract; no source text is ever part of it."""

from __future__ import annotations

from typing import Any

import msgspec

from logguard.core.finding import Report
from logguard.version import VERSION

_FOR_PEOPLE = ("label", "mark", "advice", "reason")


def render(report: Report, python: str) -> str:
    """Return the report as one JSON document; ``python`` is the running ``major.minor``."""
    findings: list[dict[str, Any]] = []
    for finding in report.findings:
        made = msgspec.to_builtins(finding)
        for key in _FOR_PEOPLE:
            made.pop(key, None)
        if finding.cell is None:
            del made["cell"]
        if finding.reason:
            made["reason"] = finding.reason
        findings.append(made)
    whole = {
        "version": 1,
        "tool": {"name": "logguard", "version": VERSION, "policy": report.policy, "python": python},
        "findings": findings,
        "summary": msgspec.to_builtins(report.summary),
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"
