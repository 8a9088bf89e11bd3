"""What the arguments of a call show, and what a function's name says of its result."""

from __future__ import annotations

from logguard.core.kinds import title
from logguard.core.names import Meaning
from logguard.static.flow.evaluate import NO_KEYS, Evaluator
from logguard.static.flow.frame import Frame, last_name, roots
from logguard.static.flow.naming import qualified
from logguard.static.flow.objects.carriers import keyword_headers
from logguard.static.flow.values import UNKNOWN, Path, State, Taint, Value, union
from logguard.static.index import ir


def named_result(ev: Evaluator, frame: Frame, node: ir.Call, name: str, meaning: Meaning) -> Value:
    why = f"`{name}` returns {title(meaning.kind)}"
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


def has_argument(frame: Frame, node: ir.Call, when: str) -> bool:
    """Whether a call has the keyword argument that a row asks for: ``hide_input=True``, or any ``basic_auth``."""
    name, _, text = when.partition("=")
    given = dict(node.kwargs).get(name)
    value = frame.node(given) if given is not None else None
    return not when or (value is not None and (not text or (isinstance(value, ir.Const) and value.text == text)))


def looked_up(ev: Evaluator, frame: Frame, node: ir.Call, uses: Value) -> Value | None:
    """Return what a look-up is for, if its key says that it is sensitive: ``get_option("db_password")``."""
    if not ev.verbs.looks_up(last_name(frame, node.func) or ""):
        return None
    for one in node.args[1:2] if len(node.args) > 1 and section_like(ev, frame, node) else node.args[:2]:
        key = frame.node(one)
        text = key.text if isinstance(key, ir.Const) else None
        meaning = ev.meaning(frame, text) if text else None
        constant = last_name(frame, one)
        if meaning is None and constant and constant.isupper():
            meaning = ev.key_meaning(frame, constant)
        if meaning is not None:
            inner = union([UNKNOWN, uses])
            return ev.named(frame, text or constant or "", inner, (node.line, node.column), [], meaning)
    return None


def section_like(ev: Evaluator, frame: Frame, node: ir.Call) -> bool:
    """Whether the first argument of a look-up names a section, and the second the entry in it."""
    base = frame.node(node.func)
    if isinstance(base, ir.Attr) and any(_is_parser(ev, frame, root) for root in roots(frame, base.base)):
        return True
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


def _is_parser(ev: Evaluator, frame: Frame, number: int) -> bool:
    node = frame.node(number)
    return isinstance(node, ir.Call) and qualified(frame, node.func) in ev.catalog.section_types


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
        place = (node.line, node.column)
        inner = ev.named(frame, key, inner, place, [])
        inner = inner if minus else keyword_headers(ev, frame, base, key, inner, place)
    if not defaults or _surely_has(frame, base, key):
        return inner
    return union([inner, *(ev.value(frame, one, path) for one in defaults)])


def _surely_has(frame: Frame, number: int, key: str) -> bool:
    """Whether a mapping was given an entry just before, so that a default doesn't come into play."""
    node = frame.node(number)
    while True:
        if isinstance(node, ir.Bind):
            node = frame.node(node.value)
        elif isinstance(node, ir.Put) and node.key != key:
            node = frame.node(node.base)
        elif isinstance(node, ir.Attr) and (held := _last_put(frame, node)) is not None:
            node = frame.node(held)
        else:
            break
    return isinstance(node, ir.Put) or (isinstance(node, ir.Group) and any(name == key for name, _ in node.entries))


def _last_put(frame: Frame, node: ir.Attr) -> int | None:
    """Return what an attribute was last set to in this function."""
    base = frame.node(node.base)
    while isinstance(base, ir.Put):
        if base.attribute and base.key == node.name:
            return base.value
        base = frame.node(base.base)
    return None
