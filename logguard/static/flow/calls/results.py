"""What the arguments of a call show, and what a function's name says of its result."""

from __future__ import annotations

from logguard.core.names import Meaning
from logguard.static.flow.evaluate import NO_KEYS, Evaluator
from logguard.static.flow.program import Frame, last_name
from logguard.static.flow.values import Path, State, Taint, Value, union
from logguard.static.index import ir


def named_result(ev: Evaluator, frame: Frame, node: ir.Call, name: str, meaning: Meaning) -> Value:
    why = f"`{name}` returns {ev.title(meaning.kind)}"
    return Value((Taint(meaning.kind, "", meaning.confidence, ev.place(frame, node.line, node.column), why),))


def argument_values(
    ev: Evaluator, frame: Frame, node: ir.Call, path: Path = (), minus: frozenset[str] = NO_KEYS
) -> list[Value]:
    values = [ev.value(frame, one, path, minus) for one in node.args]
    values += [ev.value(frame, star, ("*", *path)) for star in node.stars]
    values += [
        ev.named(frame, name, ev.value(frame, one, path), (node.line, node.column), [])
        if not path
        else ev.value(frame, one, path)
        for name, one in node.kwargs
    ]
    return values + [ev.value(frame, one, path) for one in node.doubles]


def section_like(frame: Frame, node: ir.Call) -> bool:
    base = frame.node(node.func)
    owner = last_name(frame, base.base) if isinstance(base, ir.Attr) else None
    return owner is not None and owner.lower().strip("_").rpartition("_")[2] in (
        "conf",
        "config",
        "cfg",
        "cp",
        "parser",
        "configparser",
        "cparser",
        "configuration",
        "settings",
    )


def entry_by_key(
    ev: Evaluator,
    frame: Frame,
    node: ir.Call,
    base: int,
    key: str,
    defaults: list[int],
    path: Path,
    minus: frozenset[str],
) -> Value:
    """``base.get("key", default)``."""
    inner = ev.value(frame, base, (key, *path), minus)
    if not path and inner.state is State.UNKNOWN:
        inner = ev.named(frame, key, inner, (node.line, node.column), [])
    return union([inner, *(ev.value(frame, one, path) for one in defaults)]) if defaults else inner
