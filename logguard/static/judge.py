"""Turn the leaks of a module into findings: exact spans, rule, severity, persona, fingerprint, suppression."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from logguard.core.finding import Confidence, Finding, Source, Span, Step
from logguard.core.kinds import kinds
from logguard.core.policy import Override, Policy
from logguard.static.flow.program import CallSite
from logguard.static.flow.slots import LogCall
from logguard.static.flow.trace import Leak, Traced
from logguard.static.flow.values import Mark, Place, Taint
from logguard.static.index.ir import Call
from logguard.static.logcall import call as logcall
from logguard.static.logcall.source import SourceText
from logguard.static.rules import rule_for
from logguard.static.rules.base import CALLS, Candidate

_PEDANTIC = frozenset({"personal.ip", "personal.username", "personal.name", "personal.device_id"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with the lines of its statement, for suppression."""

    finding: Finding
    first: int
    last: int


def judge(traced: Traced, text: SourceText, policy: Policy, overrides: tuple[Override, ...]) -> list[Judged]:
    """Return the findings of one file, in the order of their places; one for each call, kind and source function."""
    chosen: dict[tuple[int, int, str, str], Leak] = {}
    read: dict[tuple[int, int], logcall.CallText | None] = {}
    for leak in [*traced.leaks, *_literals(traced.suspects, text, read)]:
        at = leak.reported.call if leak.reported else leak.sink.call
        key = (at.line, at.column, leak.taint.kind, leak.taint.origin.function)
        known = chosen.get(key)
        if known is None or _rank(leak) > _rank(known):
            chosen[key] = leak
    surely = {key[:3] for key, leak in chosen.items() if not leak.taint.guessed}
    chosen = {key: leak for key, leak in chosen.items() if not leak.taint.guessed or key[:3] not in surely}
    found: list[Judged] = []
    seen: dict[str, int] = {}
    for _, leak in sorted(chosen.items(), key=lambda item: item[0]):
        at = leak.reported.call if leak.reported else leak.sink.call
        made = _finding(leak, _read(at, text, read), text, policy, overrides)
        if made.severity == "off":
            continue
        number = seen[made.fingerprint] = seen.get(made.fingerprint, 0) + 1
        made = _numbered(made, number)
        first, last = (at.line, at.end_line) if leak.reported else (leak.sink.site.line, leak.sink.site.end_line)
        found.append(Judged(made, min(first, at.line), max(last, at.end_line)))
    return found


def _read(at: Call, text: SourceText, known: dict[tuple[int, int], logcall.CallText | None]) -> logcall.CallText | None:
    """Read a call with libcst, once."""
    key = (at.line, at.column)
    if key not in known:
        span = _span("", at, text)
        source = text.between(span.line, span.column, span.end_line, span.end_column)
        known[key] = logcall.read(source, span.line, span.column)
    return known[key]


def _literals(
    suspects: Iterable[LogCall], text: SourceText, known: dict[tuple[int, int], logcall.CallText | None]
) -> Iterator[Leak]:
    """Yield a leak for each suspect call with a literal that the detectors take for a secret."""
    for sink in suspects:
        found = _read(sink.call, text, known)
        if found is None or found.literal is None:
            continue
        origin = Place(sink.frame.module.summary.path, sink.frame.name, sink.call.line, sink.call.column)
        why = f"the literal looks like {kinds()[found.literal_kind].title}"
        yield Leak(Taint(found.literal_kind, "literal", Confidence.HIGH, origin, why), sink, "message", None)


def _rank(leak: Leak) -> tuple[int, bool, int]:
    """Of several ways to the same finding: the surest, then the literal in the call itself, then the shortest path."""
    here = leak.taint.origin.line == leak.sink.call.line
    return leak.taint.confidence, here and leak.taint.carrier == "literal", -len(leak.taint.marks)


def _finding(
    leak: Leak, text: logcall.CallText | None, source: SourceText, policy: Policy, overrides: tuple[Override, ...]
) -> Finding:
    taint = leak.taint
    kind = kinds()[taint.kind]
    path = taint.origin.path
    sink = _span(path, leak.sink.call, source)
    span = _span(path, leak.reported.call, source) if leak.reported else sink
    in_call = taint.carrier == "literal" and text is not None and text.literal is not None
    rule = rule_for(Candidate(taint.kind, taint.carrier, in_call))
    title = kind.title
    message = rule.message.format(title=title, call=CALLS[leak.sink.channel])
    mark = _mark(leak, text, source, path) or span
    persona = (
        "pedantic"
        if taint.confidence is Confidence.LOW or (taint.kind in _PEDANTIC and not taint.declared)
        else "regular"
    )
    origin = Source(
        path, taint.origin.line, source.column(taint.origin.line, taint.origin.column), taint.origin.function
    )
    return Finding(
        rule=rule.id,
        name=rule.name,
        kind=taint.kind,
        invariants=list(kind.invariants),
        severity=policy.severity(taint.kind, overrides),
        confidence=taint.confidence.word,
        persona=persona,
        channel=leak.sink.channel,
        message=message,
        path=path,
        line=span.line,
        column=span.column,
        end_line=span.end_line,
        end_column=span.end_column,
        sink=sink,
        source=origin,
        flow=_flow(leak, source, path, mark),
        fix=None,
        fingerprint=_fingerprint(rule.id, leak, text),
        label=taint.why,
        mark=mark,
        advice=rule.advice.replace("{{", "{").replace("}}", "}"),
    )


def _span(path: str, at: Call, source: SourceText) -> Span:
    return Span(
        path, at.line, source.column(at.line, at.column), at.end_line, source.column(at.end_line, at.end_column)
    )


def _mark(leak: Leak, text: logcall.CallText | None, source: SourceText, path: str) -> Span | None:
    """Return the part of the call that leaks: the expression at the origin, the last name on the path, or the slot."""
    if text is None:
        return None
    if leak.taint.carrier == "literal" and text.literal is not None:
        return Span(path, *text.literal)
    slots = [slot for slot in text.slots if _is_slot(slot, leak)] if leak.reported is None else list(text.slots)
    leaves = [leaf for slot in slots for leaf in slot.leaves]
    origin = (leak.taint.origin.line, source.column(leak.taint.origin.line, leak.taint.origin.column))
    for _, area in leaves:
        if area[:2] == origin:
            return Span(path, *area)
    for mark in reversed(leak.taint.marks):
        place = (mark.place.line, source.column(mark.place.line, mark.place.column))
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


def _flow(leak: Leak, source: SourceText, path: str, mark: Span) -> list[Step]:
    origin = leak.taint.origin
    steps = [Step(path, origin.line, source.column(origin.line, origin.column), leak.taint.why)]
    steps += [_step(one, source) for one in leak.taint.marks]
    shown = leak.sink.call
    last = Step(path, mark.line, mark.column, "shown here")
    if leak.reported is not None:
        call = leak.reported.call
        handed = Step(path, mark.line, mark.column, f"handed to `{_called(leak.reported)}`, which logs it")
        before = (call.line, source.column(call.line, call.column))
        steps = [step for step in steps if (step.line, step.column) != before] + [handed]
        last = Step(path, shown.line, source.column(shown.line, shown.column), "shown here")
    distinct: list[Step] = []
    for step in [*steps, last]:
        known = distinct[-1] if distinct else None
        if known is not None and (known.line, known.column) == (step.line, step.column):
            # Several things happen in one place: one step says them all.
            notes = dict.fromkeys([*known.note.split("; "), step.note])
            distinct[-1] = Step(known.path, known.line, known.column, "; ".join(notes))
        else:
            distinct.append(step)
    return distinct


def _called(site: CallSite) -> str:
    from logguard.static.flow.program import last_name

    return last_name(site.frame, site.call.func) or "a wrapper"


def _step(mark: Mark, source: SourceText) -> Step:
    place = mark.place
    return Step(place.path, place.line, source.column(place.line, place.column), mark.note)


def _fingerprint(rule: str, leak: Leak, text: logcall.CallText | None) -> str:
    function = leak.reported.frame.name if leak.reported else leak.sink.frame.name
    shape = text.shape if text is not None else ""
    parts = (rule, leak.taint.kind, function, leak.taint.origin.function, shape)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _numbered(finding: Finding, number: int) -> Finding:
    """Tell equal calls in one function apart by their order."""
    import msgspec

    return msgspec.structs.replace(finding, fingerprint=f"{finding.fingerprint}:{number}")
