"""Turn the leaks of a module into findings: exact spans, rule, severity, persona, fingerprint, suppression."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from logguard.core.finding import Confidence, Finding, Source, Span, Step
from logguard.core.kinds import kinds, title
from logguard.core.policy import Override, Policy
from logguard.static.choice import Key, Rank, Way
from logguard.static.flow.frame import CallSite
from logguard.static.flow.slots import LogCall
from logguard.static.flow.trace import Leak, Traced
from logguard.static.flow.values import Mark, Place, Taint
from logguard.static.index.ir import Call
from logguard.static.logcall import call as logcall
from logguard.static.logcall.source import SourceText
from logguard.static.rules import all_rules, rule_for
from logguard.static.rules.base import CALLS, Candidate
from logguard.static.visible import Visible

Text = Callable[[str], SourceText]
"""Returns the text of a file by the name that findings call it."""


def judge(traced: Traced, text: Text, visible: Visible) -> Iterator[Way]:
    """Yield the findings that leaks are, one for each call, kind and source function of what one module logs."""
    best: dict[tuple[str, Key], Leak] = {}
    read: dict[tuple[str, int, int], logcall.CallText | None] = {}
    for leak in [*traced.leaks, *_literals(traced.suspects, text, read)]:
        at = leak.at.call
        key = (at.line, at.column, leak.taint.kind, leak.taint.origin.function)
        known = best.get((_path(leak), key))
        if known is None or _rank(leak) > _rank(known):
            best[_path(leak), key] = leak
    for (path, key), leak in best.items():
        at = leak.at.call
        if _is_shown(leak, path, visible):
            finding = _finding(leak, _read(path, at, text, read), text, *visible.policy(path))
        else:
            finding = _counted(leak, path, False, *visible.policy(path))
        first, last = (at.line, at.end_line) if leak.reported else (leak.sink.site.line, leak.sink.site.end_line)
        yield Way(finding, key, _rank(leak), leak.taint.guessed, min(first, at.line), max(last, at.end_line))


def _is_shown(leak: Leak, path: str, visible: Visible) -> bool:
    """Whether a leak is shown; of a literal, only reading the call tells."""
    rule = rule_for(Candidate(leak.taint.kind, leak.taint.carrier, False)).id
    return leak.taint.carrier == "literal" or visible.shows(
        path, rule, leak.taint.confidence.word, _persona(leak.taint)
    )


def _persona(taint: Taint) -> str:
    kind = kinds().get(taint.kind)
    on_purpose = kind is not None and kind.pedantic and not taint.declared
    low = taint.confidence is Confidence.LOW or on_purpose
    return "pedantic" if low else "regular"


def _counted(leak: Leak, path: str, in_call: bool, policy: Policy, overrides: tuple[Override, ...]) -> Finding:
    """Return what the leak alone tells of its finding: all that is counted of one that isn't shown."""
    taint, at = leak.taint, leak.at.call
    kind = kinds().get(taint.kind)
    rule = rule_for(Candidate(taint.kind, taint.carrier, in_call))
    return Finding(
        rule=rule.id,
        name=rule.name,
        kind=taint.kind if kind is not None else None,
        invariants=list(kind.invariants) if kind is not None else [],
        severity=policy.severity(taint.kind, overrides) if kind is not None else "warning",
        confidence=taint.confidence.word,
        persona=_persona(taint),
        channel=leak.sink.channel if kind is not None else None,
        message="",
        path=path,
        line=at.line,
        column=at.column,
        end_line=at.end_line,
        end_column=at.end_column,
        sink=None,
        source=None,
        flow=[],
        fix=None,
        fingerprint="hidden",
    )


def _path(leak: Leak) -> str:
    """Return the file that a leak is reported in."""
    return leak.at.frame.module.summary.path


def _read(
    path: str, at: Call, text: Text, known: dict[tuple[str, int, int], logcall.CallText | None]
) -> logcall.CallText | None:
    """Read a call with libcst, once."""
    key = (path, at.line, at.column)
    if key not in known:
        span = _span(path, at, text)
        source = text(path).between(span.line, span.column, span.end_line, span.end_column)
        known[key] = logcall.read(source, span.line, span.column)
    return known[key]


def _literals(
    suspects: Iterable[LogCall], text: Text, known: dict[tuple[str, int, int], logcall.CallText | None]
) -> Iterator[Leak]:
    """Yield a leak for each suspect call with a literal that the detectors take for a secret."""
    for sink in suspects:
        found = _read(sink.frame.module.summary.path, sink.call, text, known)
        if found is None or found.literal is None:
            continue
        origin = Place(sink.frame.module.summary.path, sink.frame.name, sink.call.line, sink.call.column)
        why = f"the literal looks like {title(found.literal_kind)}"
        yield Leak(Taint(found.literal_kind, "literal", Confidence.HIGH, origin, why), sink, "message", None)


def _rank(leak: Leak) -> Rank:
    here = leak.taint.origin.line == leak.sink.call.line
    return leak.taint.confidence, here and leak.taint.carrier == "literal", -len(leak.taint.marks)


def _finding(
    leak: Leak, text: logcall.CallText | None, source: Text, policy: Policy, overrides: tuple[Override, ...]
) -> Finding:
    taint = leak.taint
    path = _path(leak)
    sink = _span(leak.sink.frame.module.summary.path, leak.sink.call, source)
    span = _span(path, leak.reported.call, source) if leak.reported else sink
    in_call = taint.carrier == "literal" and text is not None and text.literal is not None
    base = _counted(leak, path, in_call, policy, overrides)
    rule = all_rules()[base.rule]
    named = title(base.kind) if base.kind is not None else ""
    mark = _mark(leak, text, source, path) or span
    return msgspec.structs.replace(
        base,
        message=rule.message.format(title=named, call=CALLS[leak.sink.channel]),
        column=span.column,
        end_column=span.end_column,
        sink=sink,
        source=Source(taint.origin.path, *_at(taint.origin, source), taint.origin.function),
        flow=_flow(leak, source, path, mark),
        fingerprint=_fingerprint(base.rule, leak, text),
        label=taint.why,
        mark=mark,
        advice=rule.advice.replace("{{", "{").replace("}}", "}"),
    )


def _span(path: str, at: Call, source: Text) -> Span:
    text = source(path)
    return Span(path, at.line, text.column(at.line, at.column), at.end_line, text.column(at.end_line, at.end_column))


def _at(place: Place, source: Text) -> tuple[int, int]:
    """Return line and column of a place as findings count them."""
    return place.line, source(place.path).column(place.line, place.column)


def _mark(leak: Leak, text: logcall.CallText | None, source: Text, path: str) -> Span | None:
    """Return the part of the call that leaks: the expression at the origin, the last name on the path, or the slot."""
    if text is None:
        return None
    if leak.taint.carrier == "literal" and text.literal is not None:
        return Span(path, *text.literal)
    slots = [slot for slot in text.slots if _is_slot(slot, leak)] if leak.reported is None else list(text.slots)
    leaves = [leaf for slot in slots for leaf in slot.leaves]
    origin = _at(leak.taint.origin, source) if leak.taint.origin.path == path else None
    for _, area in leaves:
        if area[:2] == origin:
            return Span(path, *area)
    for mark in reversed(leak.taint.marks):
        place = _at(mark.place, source) if mark.place.path == path else None
        for _, area in leaves:
            if area[:2] == place:
                return Span(path, *area)
        name = mark.note.partition("`")[2].rstrip("`")
        for code, area in leaves:
            if name and code == name:
                return Span(path, *area)
    named = leak.taint.why.partition("`")[2].partition("`")[0]
    for code, area in leaves:
        if named and code.rpartition(".")[2] == named:
            return Span(path, *area)
    return Span(path, *slots[0].area) if len(slots) == 1 else None


def _is_slot(slot: logcall.SlotText, leak: Leak) -> bool:
    name = leak.slot
    if slot.name is not None:
        return slot.name == name or (name == "message" and slot.name in ("msg", "message", "event"))
    if name.isdigit():
        return slot.position == int(name)
    return name == "message" and slot.position <= 1


def _flow(leak: Leak, source: Text, path: str, mark: Span) -> list[Step]:
    origin = leak.taint.origin
    steps = [Step(origin.path, *_at(origin, source), leak.taint.why)]
    steps += [_step(one, source) for one in leak.taint.marks]
    shown = leak.sink.call
    last = Step(path, mark.line, mark.column, "shown here")
    if leak.reported is not None:
        call = leak.reported.call
        handed = Step(path, mark.line, mark.column, f"handed to `{_called(leak.reported)}`, which logs it")
        span = _span(path, call, source)
        before = (path, span.line, span.column)
        steps = [step for step in steps if (step.path, step.line, step.column) != before] + [handed]
        there = _span(leak.sink.frame.module.summary.path, shown, source)
        last = Step(there.path, there.line, there.column, "shown here")
    distinct: list[Step] = []
    for step in [*steps, last]:
        known = distinct[-1] if distinct else None
        if known is not None and (known.path, known.line, known.column) == (step.path, step.line, step.column):
            # Several things happen in one place: one step says them all.
            notes = dict.fromkeys([*known.note.split("; "), step.note])
            distinct[-1] = Step(known.path, known.line, known.column, "; ".join(notes))
        else:
            distinct.append(step)
    return distinct


def _called(site: CallSite) -> str:
    from logguard.static.flow.frame import last_name

    return last_name(site.frame, site.call.func) or "a wrapper"


def _step(mark: Mark, source: Text) -> Step:
    return Step(mark.place.path, *_at(mark.place, source), mark.note)


def _fingerprint(rule: str, leak: Leak, text: logcall.CallText | None) -> str:
    function = leak.reported.frame.name if leak.reported else leak.sink.frame.name
    shape = text.shape if text is not None else ""
    parts = (rule, leak.taint.kind, function, leak.taint.origin.function, shape)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
