"""What an exception carries."""

from __future__ import annotations

import builtins

from msgspec.structs import replace

from logguard.core.catalog import EchoEntry
from logguard.static.flow.calls.echoes import raised, raising, takes
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame, last_name, root_of
from logguard.static.flow.nodes.places import place_of
from logguard.static.flow.objects.arguments import filled
from logguard.static.flow.values import UNKNOWN, Mark, Path, Value, passed, union
from logguard.static.habits import habits
from logguard.static.index import ir

_DEEPEST = 3
Types = tuple[str, ...]
"""The exceptions that a handler takes, by the last part of their names; all of them where there is none."""


def caught(ev: Evaluator, node: ir.Caught, ask: Ask) -> Value:
    """An exception carries what it was raised with, here or in a function that was called."""
    path = () if ask.path and ask.path[0] in habits().whole_exceptions else ask.path
    types = tuple(sorted({name.rpartition(".")[2] for name in node.types}))
    found = _escaping(ev, ask.frame, (node.start, node.stop), path, types, ask.number, 0)
    value = union([*found, UNKNOWN])
    shown = tuple(replace(one, carrier="exception") if one.carrier == "object" else one for one in value.shown)
    return passed(Value(shown, value.state), carrier="exception")


def _escaping(
    ev: Evaluator, frame: Frame, within: tuple[int, int], path: Path, types: Types, handler: int, depth: int
) -> list[Value]:
    """Return what the exceptions carry that a stretch of nodes raises, itself or through what it calls."""
    start, stop = within
    found: list[Value] = []
    for thrown, at in frame.function.raises:
        if start <= at <= stop and thrown != handler and _handles(frame, thrown, types):
            found.append(passed(ev.value(frame, thrown, path), _raised_here(ev, frame, thrown)))
    if depth >= _DEEPEST:
        return found
    for place, call in frame.of_kind(ir.Call):
        if not start <= place < stop:
            continue
        quoted = raising(ev, frame, call, types, path)
        quoted = [row for row in quoted if not _handled_within(frame, place, handler, row)]
        if quoted:
            found += raised(ev, frame, call, quoted)
        for callee in ev.callees(frame, place, call):
            inner = callee.frame
            if inner is None or inner is frame:
                continue
            value = _leaving(ev, inner, path, types, depth + 1)
            if value.shown:
                found.append(filled(ev, frame, call, callee, value))
    return found


def _leaving(ev: Evaluator, frame: Frame, path: Path, types: Types, depth: int) -> Value:
    """Return what the exceptions carry that leave a function."""
    whole = (0, len(frame.function.nodes))
    ask = ("leaving", frame, path, types, depth)
    return ev.once(ask, lambda: union(_escaping(ev, frame, whole, path, types, -1, depth)))


def _handled_within(frame: Frame, place: int, handler: int, row: EchoEntry) -> bool:
    """Whether a `try` further in may take what a call raises by a row, before a handler can."""
    outer = frame.node(handler) if handler >= 0 else None
    size = outer.stop - outer.start if isinstance(outer, ir.Caught) else len(frame.function.nodes) + 1
    return any(
        one.start <= place < one.stop
        and one.stop - one.start < size
        and takes(row, tuple(name.rpartition(".")[2] for name in one.types))
        for _, one in frame.of_kind(ir.Caught)
    )


def _handles(frame: Frame, raised: int, types: Types) -> bool:
    """Whether an `except` clause of these types may take what is raised."""
    node = frame.node(root_of(frame, raised))
    name = last_name(frame, node.func) if isinstance(node, ir.Call) else None
    if name is None or not types:
        return True
    owner = frame.module.owner(name)
    bases = {name}
    for home, one in owner[0].lineage(owner[1]) if owner is not None else ():
        bases |= {one.name, *(base.rpartition(".")[2] for base in one.bases if home.owner(base) is None)}
    return any(_is_a(bases, one, owner is not None) for one in types)


def _is_a(names: set[str], other: str, known: bool) -> bool:
    """Whether an exception of a class and bases of these names may be another; ``known``: all bases are named."""
    if other in names or other in ("Exception", "BaseException"):
        return True
    built_in = [found for name in names if isinstance(found := getattr(builtins, name, None), type)]
    theirs = getattr(builtins, other, None)
    if isinstance(theirs, type):
        return any(issubclass(mine, theirs) for mine in built_in) or not (known or built_in)
    # Of a class that isn't built in, nothing is known unless the program defines the one that is raised.
    return not known and not built_in


def _raised_here(ev: Evaluator, frame: Frame, raised: int) -> Mark:
    return ev.mark(frame, *place_of(frame, raised), "raised with an exception")
