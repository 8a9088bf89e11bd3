"""The report as workflow commands of GitHub Actions, which show up as annotations of the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.core.finding import Finding, Report

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report) -> Iterator[str]:
    """Yield a line for each reported finding, and one for each file that could not be analysed."""
    for finding in report.findings:
        if finding.status == "reported":
            yield _finding(finding)
    for one in report.summary.incomplete:
        yield f"::error file={_property(one.path)},title=not analysed::{_data(one.reason)}"


def _finding(finding: Finding) -> str:
    span = finding.mark if finding.mark is not None and finding.mark.path == finding.path else finding.span
    where = f"file={_property(finding.path)},line={span.line},endLine={span.end_line}"
    if span.line == span.end_line:  # of several lines, the columns would be ignored with a warning
        where += f",col={span.column},endColumn={span.end_column}"
    because = f": {finding.label}" if finding.label else ""
    title = _property(f"{finding.rule} {finding.name}")
    text = _data(f"{finding.message}{because}\n{finding.advice}".strip())
    return f"::{_LEVELS[finding.severity]} {where},title={title}::{text}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
