"""What shows of objects that were changed, and of copies without some keys."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame, root_of, roots, stripped
from logguard.static.flow.naming import qualified
from logguard.static.flow.nodes.containers import entry, entry_of
from logguard.static.flow.nodes.keys import _selected_keys, key_of, listed_keys
from logguard.static.flow.values import CLEAN, NONE, Path, Value, is_unknown, passed, union, weakened
from logguard.static.index import ir

_FEW_KEYS = 3


def put(ev: Evaluator, node: ir.Put, ask: Ask) -> Value:
    """An object of which one entry or attribute was set."""
    listed = listed_keys(ask.frame, node.index) if node.key is None and node.index >= 0 else []
    if listed:
        return _put_listed(ev, ask.frame, node, listed, ask.path, ask.minus)
    copied = _copied_from(ask.frame, node)
    if copied is not None:
        base = ev.value(ask.frame, node.base, ask.path, ask.minus)
        made = isinstance(ask.frame.node(root_of(ask.frame, node.value)), ir.Call)
        if made and not ev.value(ask.frame, node.value).shown:
            return base  # what was made of each entry shows nothing of it
        return union([base, ev.value(ask.frame, copied, ask.path, ask.minus)])
    key = key_of(ask.frame, node)
    if not ask.path or is_unknown(ask.path[0]):
        if node.attribute and not (key and _is_message(ev, ask.frame, node.base)):
            return ev.value(ask.frame, node.base, ask.path, ask.minus)
        hidden = ask.minus | {key} if key is not None and _worth_hiding(ev, ask, node, key) else ask.minus
        base = ev.value(ask.frame, node.base, ask.path, hidden)
        if key is not None and key in ask.minus:
            return base
        if key is None:
            if _is_mask(ev, ask.frame, node.value):
                return CLEAN  # which of the entries, is for the project to know
            return union([base, ev.value(ask.frame, node.value, ask.path[1:])])
        return union([base, entry(ev, ask.frame, key, node.value, ask.path[1:], True)])
    if key == ask.path[0]:
        return entry(ev, ask.frame, key, node.value, ask.path[1:], not node.attribute, ask.minus)
    base = ev.value(ask.frame, node.base, ask.path, ask.minus)
    if key is not None:
        return base
    # One of the entries was set, and it is hardly this one.
    return union([base, weakened(ev.value(ask.frame, node.value, ask.path[1:]), Confidence.LOW)])


def _is_mask(ev: Evaluator, frame: Frame, number: int) -> bool:
    """Whether a value is a literal that hides another: ``***``, ``redacted``; not ``missing``."""
    held = frame.node(root_of(frame, number))
    if not isinstance(held, ir.Const) or not held.masked:
        return False
    text = held.text
    return text is None or ev.vocabulary.says_cleaned(text) or (len(text) > 1 and set(text.lower()) == {"x"})


def _is_message(ev: Evaluator, frame: Frame, number: int) -> bool:
    """Whether an object shows the attributes that were set, as messages of protobuf do."""
    root = frame.node(root_of(frame, number))
    while isinstance(root, ir.Put):
        root = frame.node(root_of(frame, root.base))
    dotted = qualified(frame, root.func) if isinstance(root, ir.Call) else None
    return dotted is not None and dotted.rpartition(".")[0].endswith(ev.catalog.message_modules)


def _worth_hiding(ev: Evaluator, ask: Ask, node: ir.Put, key: str) -> bool:
    """Whether an overwritten key is to be left out of what it overwrites.

    Of harmless ones, a few that a constant overwrites: each is a question of its own.
    """
    constant = isinstance(ask.frame.node(root_of(ask.frame, node.value)), ir.Const)
    return ev.vocabulary.value(key) is not None or (constant and len(ask.minus) < _FEW_KEYS)


def _put_listed(ev: Evaluator, frame: Frame, node: ir.Put, keys: list[str], path: Path, minus: frozenset[str]) -> Value:
    """``for key in ("a", "b"): d[key] = …``: each of the keys was set."""
    if path and not is_unknown(path[0]):
        if path[0] not in keys:
            return ev.value(frame, node.base, path, minus)
        source = _same_key(frame, node)
        return (
            entry_of(ev, frame, source, path[0], path[1:])
            if source is not None
            else ev.value(frame, node.value, path[1:])
        )
    base = ev.value(frame, node.base, path, minus | set(keys))
    return union(
        [base, *(_put_listed(ev, frame, node, keys, (key, *path[1:]), minus) for key in keys if key not in minus)]
    )


def _copied_from(frame: Frame, node: ir.Put) -> int | None:
    """Return ``e`` of ``for k, v in e.items(): d[k] = v`` and of ``d[k] = dumps(v)``."""
    if node.key is not None or node.index < 0:
        return None
    index, value = frame.node(root_of(frame, node.index)), frame.node(root_of(frame, node.value))
    if not isinstance(index, ir.Key):
        return None
    if isinstance(value, ir.Call) and len(value.args) == 1:
        value = frame.node(root_of(frame, value.args[0]))
    return index.base if isinstance(value, ir.Elem) and value.base == index.base else None


def _same_key(frame: Frame, node: ir.Put) -> int | None:
    """Return ``e`` of ``d[key] = e[key]`` and of ``d[key] = e.pop(key)``."""
    value = frame.node(_first(frame, node.value))
    wanted = root_of(frame, node.index)
    if isinstance(value, ir.Item) and value.index >= 0 and root_of(frame, value.index) == wanted:
        return value.base
    if isinstance(value, ir.Call) and value.args and root_of(frame, value.args[0]) == wanted:
        func = frame.node(value.func)
        return func.base if isinstance(func, ir.Attr) else None
    return None


def _first(frame: Frame, number: int) -> int:
    """Return the first that a node may be, through names and branches; what was changed since is another value."""
    number = stripped(frame, number)
    node = frame.node(number)
    return _first(frame, node.values[0]) if isinstance(node, ir.Join) else number


def select(ev: Evaluator, node: ir.Select, ask: Ask) -> Value:
    """A copy without some keys, or with some alone."""
    if node.absent:
        if ask.frame.keyed_roots.isdisjoint(roots(ask.frame, node.base)):
            return ev.value(ask.frame, node.base, ask.path, ask.minus)  # a text, which the test has searched
        inside = bool(ask.path) and ask.path[0] in node.keys
        return NONE if inside else ev.value(ask.frame, node.base, ask.path, ask.minus | {*node.keys})
    keys, complete = _selected_keys(ask.frame, node)
    if ask.path and not is_unknown(ask.path[0]):
        inside = ask.path[0] in keys
        return ev.value(ask.frame, node.base, ask.path, ask.minus) if inside == node.only else CLEAN
    if node.only:
        if not complete:
            return CLEAN
        found = [entry_of(ev, ask.frame, node.base, key, ask.path[1:]) for key in keys if key not in ask.minus]
        return union(found) if found else CLEAN
    if not complete:
        # The list of keys to hide isn't known here: trust it.
        return CLEAN
    return passed(ev.value(ask.frame, node.base, ask.path, ask.minus | keys), carrier="mask")
