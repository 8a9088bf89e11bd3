"""The report for people: each finding with its line, its path and its fix, then a summary by invariant."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from logguard.core.finding import Finding, Report
from logguard.core.kinds import title
from logguard.report.snippet import Snippets, visible

Paint = Callable[[str, str], str]
"""Returns a text in a style: ``error``, ``warning``, ``note``, ``mark``, ``dim``, ``strong`` or ``good``."""

WIDTH = 80


def plain(text: str, _style: str) -> str:
    """Paint nothing."""
    return text


def render(report: Report, snippets: Snippets, paint: Paint = plain) -> Iterator[str]:
    """Yield the lines of the findings; those of one call with the same rule and slot are one block."""
    shown = [finding for finding in report.findings if finding.status == "reported"]
    for _, group in groupby(shown, key=lambda f: (f.path, f.line, f.column, f.rule[:4] == "LGD9")):
        found = sorted(group, key=_weight)
        yield from _block(found[0], found[1:], snippets, paint)
        yield ""


def _weight(finding: Finding) -> tuple[int, int, str]:
    order = {"error": 0, "warning": 1, "note": 2}
    certain = {"high": 0, "medium": 1, "low": 2}
    return order.get(finding.severity, 3), certain[finding.confidence], finding.rule


def _block(finding: Finding, others: list[Finding], snippets: Snippets, paint: Paint) -> Iterator[str]:
    head = f"{finding.severity}[{finding.rule}]"
    yield from _wrapped(paint(head, finding.severity) + ": ", paint(finding.message, "strong"), len(head) + 2)
    gutter = len(str(max(finding.end_line, finding.line)))
    cell = f" (cell {finding.cell.number}, line {finding.cell.line})" if finding.cell is not None else ""
    yield f"{' ' * gutter}{paint('-->', 'dim')} {visible(finding.path)}:{finding.line}:{finding.column}{cell}"
    yield from _source_lines(finding, gutter, snippets, paint)
    edge = f"{' ' * gutter} {paint('=', 'dim')} "
    if finding.kind is not None:
        breaks = " and ".join(finding.invariants)
        yield from _fact(edge, gutter, "kind", f"{finding.kind} ({breaks}), confidence {finding.confidence}", paint)
    for number, step in enumerate(finding.flow):
        word = "path" if number == 0 else ""
        yield from _fact(
            edge,
            gutter,
            word,
            f"{step.line}: {step.note}" if step.path == finding.path else f"{step.path}:{step.line}: {step.note}",
            paint,
        )
    told = Counter(f"{one.rule} {one.kind} ({' and '.join(one.invariants)}): {one.label}" for one in others)
    for text, places in told.items():
        yield from _fact(edge, gutter, "also", text if places == 1 else f"{text}, at {places} places", paint)
    if finding.advice:
        yield from _fact(edge, gutter, "fix", finding.advice, paint)
    yield from _fact(edge, gutter, "help", f"logguard explain {finding.rule}", paint)


def _fact(edge: str, gutter: int, word: str, text: str, paint: Paint) -> Iterator[str]:
    label = f"{word + ':' if word else '':<6}"
    indent = gutter + 3 + len(label)
    lines = textwrap.wrap(visible(text), WIDTH - indent, break_long_words=True, break_on_hyphens=False) or [""]
    yield f"{edge}{paint(label, 'dim')}{lines[0]}"
    for line in lines[1:]:
        yield " " * indent + line


def _wrapped(head: str, text: str, indent: int) -> Iterator[str]:
    if indent + len(text) <= WIDTH:
        yield head + text
        return
    lines = textwrap.wrap(text, WIDTH - indent)
    yield head + lines[0]
    for line in lines[1:]:
        yield " " * indent + line


def _source_lines(finding: Finding, gutter: int, snippets: Snippets, paint: Paint) -> Iterator[str]:
    mark = finding.mark or finding.span
    bar = f"{' ' * gutter} {paint('|', 'dim')}"
    yield bar
    if finding.line < mark.line:
        first, _ = _fitted(snippets.line(finding.path, finding.line), 0, WIDTH - gutter - 3)
        yield f"{finding.line:>{gutter}} {paint('|', 'dim')} {first}".rstrip()
        if finding.line + 1 < mark.line:
            yield f"{' ' * gutter} {paint('|', 'dim')} {paint('...', 'dim')}"
    line = snippets.line(finding.path, mark.line).expandtabs(1)
    end = mark.end_column if mark.end_line == mark.line else len(line) + 1
    shown, moved = _fitted(line, mark.column - 1, WIDTH - gutter - 3)
    start = mark.column - 1 - moved
    length = max(1, min(end - mark.column, len(shown) - start))
    label = f" {_label(finding)}"
    yield f"{mark.line:>{gutter}} {paint('|', 'dim')} {shown}".rstrip()
    carets = " " * start + paint("^" * length, "mark")
    if gutter + 3 + start + length + len(label) <= WIDTH:
        yield f"{bar} {carets}{paint(label, 'mark')}"
    else:
        yield f"{bar} {carets}"
        room = WIDTH - gutter - 3
        for part in textwrap.wrap(label.strip(), room):
            yield f"{bar} {' ' * max(0, min(start, room - len(part)))}{paint(part, 'mark')}"
    yield bar


def _label(finding: Finding) -> str:
    if finding.kind is None:
        return finding.label
    return title(finding.kind)


def _fitted(line: str, column: int, room: int) -> tuple[str, int]:
    """Return as much of a line as fits, with the column in sight, and by how much it was moved to the left."""
    if len(line) <= room:
        return line, 0
    start = len(line) - len(line.lstrip())
    if column - start < room - 12:
        cut = max(0, min(start, len(line) - room))
        kept = line[cut : cut + room]
        return (kept[:-3] + "..." if len(line) > cut + room else kept), cut
    cut = max(0, min(column - room // 3, len(line) - room + 3))
    kept = "..." + line[cut + 3 : cut + room]
    return kept, cut


def summary(report: Report, paint: Paint = plain) -> Iterator[str]:
    """Yield the lines of the summary: the invariants apart, then everything that was counted."""
    figures = report.summary
    shown = [finding for finding in report.findings if finding.status in ("reported", "baselined")]
    for name, state in figures.invariants.items():
        count = sum(name in finding.invariants for finding in shown)
        if state == "broken":
            text = paint(f"broken by {_counted(count, 'finding')}", "error")
        elif state == "unknown":
            text = paint("unknown: some files could not be analysed", "warning")
        else:
            text = paint("holds: no finding breaks it", "good")
        yield f"{name:<10} {text}"
    parts = [f"{_counted(figures.reported, 'finding')} in {_counted(figures.files, 'file')}"]
    parts += [f"{number} {word}" for number, word in _counts(report)]
    parts.append(f"{report.seconds:.1f} s")
    yield from textwrap.wrap(", ".join(parts), WIDTH)
    for incomplete in figures.incomplete[:20]:
        yield from textwrap.wrap(
            f"incomplete: {visible(incomplete.path)}: {visible(incomplete.reason)}",
            WIDTH,
            subsequent_indent="  ",
            break_long_words=False,
        )
    if len(figures.incomplete) > 20:
        yield f"incomplete: {len(figures.incomplete) - 20} more; `--format json` lists them"


def _counts(report: Report) -> Iterable[tuple[int, str]]:
    figures = report.summary
    yield figures.suppressed, "suppressed"
    yield figures.hidden, "hidden by persona, confidence or selection" if figures.hidden else "hidden"
    if figures.baselined:
        yield figures.baselined, "baselined"
    if figures.not_python:
        yield figures.not_python, "not Python"
    if figures.incomplete:
        yield len(figures.incomplete), "incomplete"


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
