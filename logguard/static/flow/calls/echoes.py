"""Arguments that a library's function shows in what it returns or raises, as the catalog says."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from logguard.core.catalog import EchoEntry, holds_within
from logguard.core.finding import Confidence
from logguard.core.names import words
from logguard.static.flow.calls.results import has_argument
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.frame import Frame, last_name, owner_name, roots
from logguard.static.flow.naming import qualified
from logguard.static.flow.values import UNKNOWN, Path, Taint, Value, passed, union
from logguard.static.index import ir

_ANY = frozenset({"Exception", "BaseException"})


def returned(ev: Evaluator, frame: Frame, call: ir.Call) -> Value | None:
    """Return what the text of a call's result shows of its arguments, or ``None`` where nothing says that it does."""
    found = [_shown(ev, frame, call, row) for row in _rows(ev, frame, call) if not row.raises]
    return passed(union([UNKNOWN, *found]), carrier="object") if found else None


def attribute(ev: Evaluator, frame: Frame, node: ir.Attr) -> Value | None:
    """Return what an attribute of a call's result shows of the call's arguments: ``get(url, params=…).url``."""
    found: list[Value] = []
    for row in ev.catalog.echoes.get(node.name, ()):
        if row.attribute and holds_within(row, frame.module.topics):
            found += [_shown(ev, frame, one, row) for one in _made(frame, node, row)]
    return passed(union(found), carrier="url") if found else None


def _made(frame: Frame, node: ir.Attr, row: EchoEntry) -> Iterator[ir.Call]:
    """Yield the calls that made the object of an attribute, or the answer whose ``request`` it is."""
    base = frame.node(node.base)
    for root in roots(frame, base.base if isinstance(base, ir.Attr) and base.name == "request" else node.base):
        made = frame.node(root)
        if isinstance(made, ir.Call) and last_name(frame, made.func) in row.made_by:
            yield made


def raising(ev: Evaluator, frame: Frame, call: ir.Call, types: tuple[str, ...], path: Path) -> list[EchoEntry]:
    """Return the rows of exceptions of a call that show arguments and that a handler of these types takes."""
    return [
        row
        for row in _rows(ev, frame, call)
        if row.raises and (not path or (len(path) == 1 and path[0] in row.holds)) and takes(row, types)
    ]


def takes(row: EchoEntry, types: tuple[str, ...]) -> bool:
    """Whether a handler of these types takes the exceptions of a row."""
    return not types or not _ANY.union(row.raises).isdisjoint(types)


def raised(ev: Evaluator, frame: Frame, call: ir.Call, rows: list[EchoEntry]) -> Iterator[Value]:
    """Yield what the exceptions of a call show of its arguments, by these rows."""
    mark = ev.mark(frame, call.line, call.column, f"in the exception that `{last_name(frame, call.func)}` raises")
    for row in rows:
        for one in _meant(frame, call, row):
            value = passed(_shown(ev, frame, one, row), mark)
            # Of an answer, the error shows what was wrong with it.
            shown = (
                replace(held, confidence=Confidence.LOW) if isinstance(held, Taint) and held.answered else held
                for held in value.shown
            )
            yield Value(tuple(shown), value.state)


def _rows(ev: Evaluator, frame: Frame, call: ir.Call) -> Iterator[EchoEntry]:
    last = last_name(frame, call.func)
    if last is None or last not in ev.catalog.echo_names:
        return
    dotted = qualified(frame, call.func)
    func = frame.node(call.func)
    owner = words(owner_name(frame, func.base))[-1:] if isinstance(func, ir.Attr) else ()
    for row in ev.catalog.echoes.get(dotted or "", ()):
        if not row.of and holds_within(row, frame.module.topics) and has_argument(frame, call, row.when):
            yield row
    for row in ev.catalog.echoes.get(last, ()) if isinstance(func, ir.Attr) else ():
        if not row.attribute and not {"*", *owner}.isdisjoint(row.of) and holds_within(row, frame.module.topics):
            yield row


def _meant(frame: Frame, call: ir.Call, row: EchoEntry) -> Iterator[ir.Call]:
    """Yield the calls whose arguments are shown: this one, or those that made the object that it is a method of."""
    func = frame.node(call.func)
    if not row.made_by:
        yield call
    elif isinstance(func, ir.Attr):
        made = [frame.node(root) for root in roots(frame, func.base)]
        yield from (one for one in made if isinstance(one, ir.Call) and last_name(frame, one.func) in row.made_by)


def _shown(ev: Evaluator, frame: Frame, call: ir.Call, row: EchoEntry) -> Value:
    shown = [ev.value(frame, one) for place, one in enumerate(call.args) if place in row.shows]
    shown += [ev.value(frame, one) for name, one in call.kwargs if name in row.shows]
    return Value(union(shown).shown, UNKNOWN.state)
