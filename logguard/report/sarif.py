"""The report in SARIF 2.1.0 (OASIS standard), as code scanning takes it; no source text is ever part of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from logguard.core.finding import Finding, Report
from logguard.version import VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_FINGERPRINT = "logguard/v1"
_SEVERITIES = {"error": "8.0", "warning": "5.0", "note": "2.0"}
"""What code scanning shows as high, medium and low."""


class About(NamedTuple):
    """What a rule is, for readers of the report."""

    id: str
    name: str
    summary: str
    advice: str
    page: str
    level: str
    """The severity that its findings have most often: ``error``, ``warning`` or ``note``."""


def render(report: Report, rules: Sequence[About]) -> str:
    """Return the report as one SARIF log with one run; paths are relative to the working folder."""
    places = {rule.id: place for place, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "logguard",
                "semanticVersion": VERSION,
                "rules": [_rule(rule) for rule in rules],
                "properties": {"policy": report.policy},
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that logguard ran in."}}},
        "invocations": [
            {
                "executionSuccessful": not report.summary.incomplete,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": f"not analysed: {one.reason}"},
                        "locations": [{"physicalLocation": {"artifactLocation": _artifact(one.path)}}],
                    }
                    for one in report.summary.incomplete
                ],
            }
        ],
        "results": [_result(finding, places[finding.rule]) for finding in report.findings],
        "properties": {"invariants": report.summary.invariants, "hidden": report.summary.hidden},
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n"


def _rule(rule: About) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {
            "text": f"{rule.summary} {rule.advice}",
            "markdown": f"**{rule.summary}**\n\n{rule.advice}\n\n`logguard explain {rule.id}` says more ({rule.page}).",
        },
        "defaultConfiguration": {"level": rule.level},
        "properties": {
            "tags": ["security", "external/cwe/cwe-117" if rule.id == "LGD301" else "external/cwe/cwe-532"],
            "security-severity": _SEVERITIES[rule.level],
        },
    }


def _result(finding: Finding, place: int) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": finding.severity,
        "message": {"text": _text(finding)},
        "locations": [_location(finding.path, *_region(finding))],
        "partialFingerprints": {_FINGERPRINT: finding.fingerprint},
        "properties": {
            "kind": finding.kind,
            "invariants": finding.invariants,
            "confidence": finding.confidence,
            "persona": finding.persona,
            "channel": finding.channel,
        },
    }
    related = []
    if finding.source is not None:
        related.append(
            _noted(finding.source.path, finding.source.line, finding.source.column, finding.label or "source")
        )
    if finding.sink is not None and finding.sink != finding.span:
        related.append(_noted(finding.sink.path, finding.sink.line, finding.sink.column, "the log call in the wrapper"))
    if related:
        result["relatedLocations"] = [{"id": number, **one} for number, one in enumerate(related, 1)]
    if finding.flow:
        steps = [{"location": _noted(step.path, step.line, step.column, step.note)} for step in finding.flow]
        result["codeFlows"] = [{"threadFlows": [{"locations": steps}]}]
    if finding.status == "suppressed":
        result["suppressions"] = [{"kind": "inSource", "justification": finding.reason}]
    if finding.status == "baselined":
        result["baselineState"] = "unchanged"
    return result


def _text(finding: Finding) -> str:
    because = f": {finding.label}" if finding.label and finding.source is not None else ""
    link = because.replace("[", "(").replace("]", ")")
    advice = f"\n{finding.advice}" if finding.advice else ""
    source = " [Source](1)." if finding.source is not None else ""
    return f"{finding.message}{link}.{source}{advice}"


def _region(finding: Finding) -> tuple[int, int, int, int]:
    """Return the part of the call that leaks, if it is known, else the whole call."""
    mark = finding.mark if finding.mark is not None and finding.mark.path == finding.path else finding.span
    return mark.line, mark.column, mark.end_line, mark.end_column


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, safe="/"), "uriBaseId": _ROOT}


def _location(path: str, line: int, column: int, end_line: int, end_column: int) -> dict[str, Any]:
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}


def _noted(path: str, line: int, column: int, note: str) -> dict[str, Any]:
    region = {"startLine": line, "startColumn": column}
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": region}, "message": {"text": note}}
