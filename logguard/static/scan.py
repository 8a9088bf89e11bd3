"""Scan files: index them all, link them to one program, trace and judge, apply suppressions, and sum up."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec

from logguard.core.catalog import Catalog
from logguard.core.finding import Finding, Incomplete, Report, Summary, invariants_state
from logguard.core.policy import Policy
from logguard.static.analysis import Analysis, Texts
from logguard.static.cache import Cache
from logguard.static.choice import Judged, Way, chosen
from logguard.static.files import Selection, Target
from logguard.static.flow.module import Module
from logguard.static.flow.program import Program
from logguard.static.indexing import Indexed, Indexer
from logguard.static.logcall.suppress import Suppression, suppressions
from logguard.static.notebook import SUFFIX, mapped
from logguard.static.parallel import each
from logguard.static.remarks import covering, remarks
from logguard.static.visible import Options, Visible

_FRAMES = 6_000
"""How deep Python may call itself while a file is analysed: long chains of changes nest questions."""
_WORTH = 40
"""Files from which on more than one process is worth starting."""


@dataclass
class _Tally:
    findings: list[Finding] = field(default_factory=list)
    hidden: int = 0
    not_python: int = 0
    incomplete: list[Incomplete] = field(default_factory=list)


class Scanner:
    """Scans a selection of files as one program."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._tally = _Tally()
        self._stages = {"index": 0.0, "flow": 0.0, "judge": 0.0}

    def run(self, selection: Selection, progress: Callable[[str], None] = lambda _: None) -> Report:
        """Scan all files of a selection and return the report; a crash in one file never hides the others."""
        self._tally = _Tally()
        self._stages = {"index": 0.0, "flow": 0.0, "judge": 0.0}
        with _uncollected():
            started = time.perf_counter()
            targets = [*selection.targets, *selection.around]
            jobs = self._options.jobs if len(targets) >= _WORTH else 1
            cache = Cache(self._options.cache)
            policies = {id(target.rooted.policy): target.rooted.policy for target in targets}
            sinks = frozenset().union(*(Catalog(policy).sink_names for policy in policies.values()))
            texts = Texts({target.shown: target.path for target in targets}, self._options.given)
            indexer = Indexer(sinks, cache, self._options.given)
            whole = cache.whole(self._depends_on(selection, indexer))
            known = _decoded(cache.get(whole))
            if known is not None:
                return msgspec.structs.replace(known, stages={"index": time.perf_counter() - started})
            indexed = list(indexer.all(targets, jobs, progress))
            modules = {one.target.shown: Module(one.summary) for one in indexed if one.summary is not None}
            visible = Visible(self._options, {target.shown: target for target in targets})
            reported = frozenset(target.shown for target in selection.targets)
            analysis = Analysis(Program(modules.values()), visible, reported, texts)
            self._stages["index"] = time.perf_counter() - started
            ways = self._analysed(analysis, list(modules.values()), jobs)
            for one in indexed[: len(selection.targets)]:
                self._file(one, ways.get(one.target.shown, []), texts, visible, selection.whole_roots)
            self._tally.findings = [_in_notebook(finding, texts) for finding in self._tally.findings]
            cache.prune()
        report = self._report(selection, len(modules.keys() & {target.shown for target in selection.targets}))
        if not any(one.reason.startswith("internal") for one in report.summary.incomplete):
            cache.put(whole, msgspec.msgpack.encode(report))
        return report

    def _depends_on(self, selection: Selection, indexer: Indexer) -> Iterator[object]:
        """Yield all that a scan's outcome depends on: options, policies, and each file's place and content."""
        options = self._options
        yield sorted(options.select), sorted(options.ignore), options.persona, options.min_confidence, options.today
        yield selection.whole_roots, len(selection.targets)
        policies: dict[int, bytes] = {}
        for target in (*selection.targets, *selection.around):
            policy = target.rooted.policy
            if id(policy) not in policies:
                policies[id(policy)] = msgspec.json.encode(policy)
            yield target.shown, target.relative, policies[id(policy)], indexer.key(target)

    def _report(self, selection: Selection, files: int) -> Report:
        tally = self._tally
        findings = sorted(tally.findings, key=lambda f: (f.path, f.line, f.column, f.rule, f.kind or "", f.fingerprint))
        count = {
            status: sum(f.status == status for f in findings) for status in ("reported", "suppressed", "baselined")
        }
        summary = Summary(
            files=files,
            reported=count["reported"],
            suppressed=count["suppressed"],
            baselined=count["baselined"],
            hidden=tally.hidden,
            not_python=tally.not_python,
            incomplete=tally.incomplete,
            invariants=invariants_state(findings, bool(tally.incomplete)),
        )
        distinct = {id(target.rooted.policy): target.rooted.policy for target in selection.targets}
        policies = {policy.digest() for policy in distinct.values()} or {Policy().digest()}
        return Report(sorted(policies)[0], findings, summary, stages=dict(self._stages))

    def _analysed(self, analysis: Analysis, modules: list[Module], jobs: int) -> dict[str, list[Way]]:
        """Return what may be findings, by the file that they are reported in."""
        found: dict[str, list[Way]] = {}
        # Those with the most to do first, so that no process ends long after the others.
        wanted = sorted((module for module in modules if analysis.logs(module)), key=analysis.weight, reverse=True)
        for at, traced in each(analysis.trace, wanted, jobs, fixed=True):
            path = wanted[at].summary.path
            for one in traced.ways:
                found.setdefault(one.finding.path, []).append(one)
            if traced.reason:
                self._tally.incomplete.append(Incomplete(path, traced.reason))
            self._stages["flow"] += traced.seconds[0]
            self._stages["judge"] += traced.seconds[1]
        return found

    def _file(self, one: Indexed, ways: list[Way], texts: Texts, visible: Visible, whole_roots: bool) -> None:
        if one.summary is None:
            if one.broken and _known_not_python(one.target):
                self._tally.not_python += 1
            else:
                self._tally.incomplete.append(Incomplete(one.target.shown, one.reason))
            return
        if ways or one.summary.noted:
            marks = suppressions(texts.of(one.target.shown)) if one.summary.noted else []
            self._judged(one.target, chosen(ways), marks, visible, whole_roots)

    def _judged(
        self, target: Target, found: list[Judged], marks: list[Suppression], visible: Visible, whole_roots: bool
    ) -> None:
        used: set[tuple[int, str]] = set()
        for one in found:
            finding = one.finding
            cover = covering(marks, finding.rule, one.first, one.last, self._options.today)
            if cover is not None:
                used.add((cover.line, finding.rule))
            if not visible.shows(finding.path, finding.rule, finding.confidence, finding.persona):
                self._tally.hidden += 1
                continue
            if cover is not None:
                finding = msgspec.structs.replace(finding, status="suppressed", reason=cover.reason)
            self._tally.findings.append(finding)
        for remark in remarks(target, marks, used, whole_roots, self._options.today):
            if visible.shows(remark.path, remark.rule, remark.confidence, remark.persona):
                self._tally.findings.append(remark)
            else:
                self._tally.hidden += 1


def _in_notebook(finding: Finding, texts: Texts) -> Finding:
    """Return a finding with the lines of notebooks counted in their files."""
    paths = {finding.path, *(step.path for step in finding.flow), *([finding.sink.path] if finding.sink else ())}
    where = {path: texts.cells(path) for path in paths if path.endswith(SUFFIX)}
    return mapped(finding, where) if where else finding


def _decoded(data: bytes | None) -> Report | None:
    """Return what an earlier scan of the same came to; a damaged entry is none."""
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=Report)
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def _known_not_python(target: Target) -> bool:
    patterns = target.rooted.policy.not_python
    if not patterns:
        return False
    from pathspec import PathSpec

    return PathSpec.from_lines("gitignore", patterns).match_file(target.relative)


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
