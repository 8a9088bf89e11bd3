"""Scan files: index, trace and judge each, apply suppressions, and sum up."""

from __future__ import annotations

import datetime
import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from logguard.core.catalog import Catalog
from logguard.core.finding import Confidence, Finding, Incomplete, Report, Summary, invariants_state
from logguard.core.names import Vocabulary
from logguard.core.policy import Policy
from logguard.static.files import Selection, Target, matching_overrides, module_name
from logguard.static.flow.program import Module
from logguard.static.flow.trace import Traced, Tracer
from logguard.static.index.module import index
from logguard.static.logcall.source import SourceText
from logguard.static.logcall.suppress import Suppression, suppressions

PERSONAS = ("regular", "pedantic", "auditor")
_COLLECT_EVERY = 200
_FRAMES = 6_000
"""How deep Python may call itself while a file is analysed: long chains of changes nest questions."""
_LARGEST = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for; ``None`` leaves it to the policy."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    persona: str | None = None
    min_confidence: Confidence = Confidence.LOW
    today: datetime.date = field(default_factory=datetime.date.today)


@dataclass
class _Tally:
    findings: list[Finding] = field(default_factory=list)
    hidden: int = 0
    not_python: int = 0
    incomplete: list[Incomplete] = field(default_factory=list)
    files: int = 0


class Scanner:
    """Scans files one after the other; one vocabulary and catalog for each policy."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._tracers: dict[int, Tracer] = {}
        self._tally = _Tally()
        self._stages = {"index": 0.0, "flow": 0.0, "judge": 0.0}

    def run(self, selection: Selection, progress: Callable[[str], None] = lambda _: None) -> Report:
        """Scan all files of a selection and return the report; a crash in one file never hides the others."""
        tally = self._tally
        with _uncollected():
            for number, target in enumerate(selection.targets, 1):
                progress(target.shown)
                if number % _COLLECT_EVERY == 0:
                    gc.collect()  # a module and its functions know each other
                try:
                    self._file(target, selection.whole_roots)
                except Exception as error:
                    where = f"{type(error).__name__} in the analyzer"
                    tally.incomplete.append(Incomplete(target.shown, f"internal error: {where}; please report it"))
        findings = sorted(tally.findings, key=lambda f: (f.path, f.line, f.column, f.rule, f.kind or "", f.fingerprint))
        count = {
            status: sum(f.status == status for f in findings) for status in ("reported", "suppressed", "baselined")
        }
        summary = Summary(
            files=tally.files,
            reported=count["reported"],
            suppressed=count["suppressed"],
            baselined=count["baselined"],
            hidden=tally.hidden,
            not_python=tally.not_python,
            incomplete=tally.incomplete,
            invariants=invariants_state(findings, bool(tally.incomplete)),
        )
        policies = {target.rooted.policy.digest() for target in selection.targets} or {Policy().digest()}
        return Report(sorted(policies)[0], findings, summary, stages=dict(self._stages))

    def _file(self, target: Target, whole_roots: bool) -> None:
        tally = self._tally
        data = _read(target.path)
        if isinstance(data, str):
            tally.incomplete.append(Incomplete(target.shown, data))
            return
        started = time.perf_counter()
        try:
            summary = index(
                data,
                module_name(target.path),
                target.shown,
                self._tracer(target.rooted.policy).sink_names,
                target.path.name == "__init__.py",
            )
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            self._unparsed(target, error, data)
            return
        tally.files += 1
        indexed = time.perf_counter()
        traced = self._tracer(target.rooted.policy).leaks(Module(summary))
        followed = time.perf_counter()
        if traced.tangled:
            reason = f"{traced.tangled} log call(s) too tangled to follow to the end"
            tally.incomplete.append(Incomplete(target.shown, reason))
        noted = b"logguard:" in data
        if traced.leaks or traced.suspects or noted:
            self._report(target, SourceText(data), traced, noted, whole_roots)
        self._stages["index"] += indexed - started
        self._stages["flow"] += followed - indexed
        self._stages["judge"] += time.perf_counter() - followed

    def _report(self, target: Target, text: SourceText, traced: Traced, noted: bool, whole_roots: bool) -> None:
        overrides = matching_overrides(target.rooted, target.relative)
        found = []
        if traced.leaks or traced.suspects:
            from logguard.static.judge import judge  # libcst: only where something leaks

            found = judge(traced, text, target.rooted.policy, overrides)
        marks = suppressions(text) if noted else []
        used: set[tuple[int, str]] = set()
        persona = self._options.persona or next(
            (o.persona for o in reversed(overrides) if o.persona), target.rooted.policy.persona
        )
        for one in found:
            finding = one.finding
            cover = self._covering(marks, finding.rule, one.first, one.last)
            if cover is not None:
                used.add((cover.line, finding.rule))
            if not self._shown(finding, persona):
                self._tally.hidden += 1
                continue
            if cover is not None:
                finding = msgspec.structs.replace(finding, status="suppressed", reason=cover.reason)
            self._tally.findings.append(finding)
        for remark in self._remarks(target, marks, used, whole_roots):
            if self._shown(remark, persona):
                self._tally.findings.append(remark)
            else:
                self._tally.hidden += 1

    def _covering(self, marks: list[Suppression], rule: str, first: int, last: int) -> Suppression | None:
        for mark in marks:
            if (
                rule in mark.ids
                and mark.covers(first, last)
                and not mark.lacks
                and not mark.expired(self._options.today)
            ):
                return mark
        return None

    def _remarks(
        self, target: Target, marks: list[Suppression], used: set[tuple[int, str]], whole_roots: bool
    ) -> Iterator[Finding]:
        from logguard.static.rules import all_rules

        for mark in marks:
            if mark.lacks:
                yield _remark(all_rules()["LGD902"], target, mark, mark.lacks)
            elif mark.expired(self._options.today):
                yield _remark(all_rules()["LGD903"], target, mark, str(mark.until))
            elif whole_roots:
                idle = [rule for rule in mark.ids if (mark.line, rule) not in used]
                if idle:
                    yield _remark(all_rules()["LGD901"], target, mark, ", ".join(idle))

    def _shown(self, finding: Finding, persona: str) -> bool:
        options = self._options
        if options.select and not any(finding.rule.startswith(prefix) for prefix in options.select):
            return False
        if any(finding.rule.startswith(prefix) for prefix in options.ignore):
            return False
        if Confidence[finding.confidence.upper()] < options.min_confidence:
            return False
        return PERSONAS.index(finding.persona) <= PERSONAS.index(persona)

    def _tracer(self, policy: Policy) -> Tracer:
        key = id(policy)
        if key not in self._tracers:
            self._tracers[key] = Tracer(Vocabulary(policy), Catalog(policy))
        return self._tracers[key]

    def _unparsed(self, target: Target, error: Exception, data: bytes) -> None:
        if _known_not_python(target):
            self._tally.not_python += 1
            return
        self._tally.incomplete.append(Incomplete(target.shown, _reason(error, data)))


_PLAIN_REASONS = {
    "RecursionError": "nested too deeply",
    "MemoryError": "nested too deeply",
}


def _reason(error: Exception, data: bytes) -> str:
    """Say in a few words why a file can't be parsed."""
    if b"\0" in data:
        return "null bytes in the source"
    plain = _PLAIN_REASONS.get(type(error).__name__)
    if plain is not None or not isinstance(error, SyntaxError):
        return plain or "can't be parsed"
    if "too many nested" in error.msg:
        return "nested too deeply"
    from logguard.static.logcall.newer import needed  # libcst: only for what `ast` refuses

    version = needed(data, f"{sys.version_info[0]}.{sys.version_info[1]}")
    if version is not None:
        return f"needs Python ≥ {version}"
    where = f" at line {error.lineno}" if error.lineno else ""
    return f"syntax error{where}: {error.msg}"


def _remark(rule: object, target: Target, mark: Suppression, what: str) -> Finding:
    from logguard.static.rules.base import Rule

    assert isinstance(rule, Rule)
    return Finding(
        rule=rule.id,
        name=rule.name,
        kind=None,
        invariants=[],
        severity="warning",
        confidence="high",
        persona="regular",
        channel=None,
        message=rule.message.format(what=what),
        path=target.shown,
        line=mark.line,
        column=mark.column,
        end_line=mark.line,
        end_column=mark.end_column,
        sink=None,
        source=None,
        flow=[],
        fix=None,
        fingerprint=f"{rule.id}:{target.relative}:{','.join(mark.ids)}:{mark.reason[:40]}",
        label="this comment",
        advice=rule.advice,
    )


def _known_not_python(target: Target) -> bool:
    patterns = target.rooted.policy.not_python
    if not patterns:
        return False
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", patterns).match_file(target.relative)


def _read(path: Path) -> bytes | str:
    """Return a file's bytes, or why it can't be read."""
    try:
        if path.stat().st_size > _LARGEST:
            return "larger than 20 MB"
        return path.read_bytes()
    except OSError as error:
        return f"can't be read: {error.strerror or type(error).__name__}"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector out of the way (it would take a tenth), and let long chains be followed."""
    was, limit = gc.isenabled(), sys.getrecursionlimit()
    gc.disable()
    sys.setrecursionlimit(max(limit, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)
        if was:
            gc.enable()
