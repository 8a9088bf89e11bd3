"""The results of methods of objects whose class the program doesn't define."""

from __future__ import annotations

from logguard.core.catalog import holds_within
from logguard.core.finding import Confidence
from logguard.core.kinds import title
from logguard.core.names import words
from logguard.static.flow.calls.catalogued import iterated, substituted
from logguard.static.flow.calls.results import argument_values, entry_by_key, has_argument, section_like
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.frame import Frame, last_name, owner_name, root_of
from logguard.static.flow.nodes.containers import key_step, one_entry
from logguard.static.flow.nodes.keys import constant_key, held, members
from logguard.static.flow.nodes.texts import in_address
from logguard.static.flow.objects.carriers import carrier_attribute, response_part
from logguard.static.flow.objects.fields import dumped
from logguard.static.flow.objects.options import arguments, command_line
from logguard.static.flow.resolve import class_of
from logguard.static.flow.values import CLEAN, UNKNOWN, Hole, Path, Taint, Value, union
from logguard.static.index import ir

_PARSES = frozenset({"parse_args", "parse_known_args", "parse_intermixed_args"})
_PARSERS = frozenset({"ArgumentParser", "OptionParser", "RequestParser"})
"""Classes of parsers: one that is made here and has no options here is given none."""
_SPLITS = frozenset({"split", "rsplit", "splitlines", "partition", "rpartition", "groups", "group"})


def method(
    ev: Evaluator, frame: Frame, number: int, node: ir.Call, func: ir.Attr, path: Path, minus: frozenset[str]
) -> Value | None:
    """The result of a method of an object whose class the program doesn't define."""
    catalog, name, base = ev.catalog, func.name, func.base
    place = (node.line, node.column)
    if name in catalog.clean_methods or (name in catalog.number_methods and not path):
        return CLEAN
    if name in catalog.unwrap_methods and not path and not node.args and not node.kwargs:
        return _unwrapped(ev, frame, base, name, place)
    if name in catalog.results and not path:
        said = _said(ev, frame, node, func, place)
        if said is not None:
            return said
    if name in _PARSES:
        return _namespace(ev, frame, name, path)
    answer = response_part(ev, frame, base, name, path, place)
    if answer is not None:
        rest = [] if answer.taints else [ev.value(frame, base, path, minus)]
        return union([answer, *rest, ev.evidence(frame.module).of(ev, frame, number, path, minus)])
    if name in catalog.element_methods and node.args:
        texts = [(0, constant_key(frame, node.args[0]))]
        option = frame.node(node.args[1]) if len(node.args) > 1 else None
        if isinstance(option, ir.Const):
            texts.append((1, option.text))
        elif option is not None and section_like(ev, frame, node):
            texts = []  # get(section, option): the option is what counts
        keys = [(position, text) for position, text in texts if text]
        constant = last_name(frame, node.args[0])
        meaning = ev.key_meaning(frame, constant) if constant and constant.isupper() else None
        if keys and (meaning is None or path):
            position, key = (
                keys[-1] if len(keys) == 2 and name != "setdefault" and not _defaulted(ev, frame, node) else keys[0]
            )
            return union(
                [
                    entry_by_key(ev, frame, node, base, key, node.args[position + 1 :], path, minus),
                    ev.evidence(frame.module).of(ev, frame, number, path, minus),
                ]
            )
        if meaning is None and constant and constant.strip("_").isupper():
            return UNKNOWN  # the constant names the entry, and it isn't a sensitive one
        step = key_step(frame, node.args[0], base)
        inner = one_entry(ev.value(frame, base, (step, *path), minus))
        return ev.named(frame, constant or "", inner, place, [], meaning) if meaning is not None and not path else inner
    if name in catalog.dump_methods and class_of(frame, base) is not None:
        return _dump(ev, frame, node, base, path, minus)
    if name in catalog.attributes and not node.args and not path:
        carrier = carrier_attribute(ev, frame, func, place)
        if carrier is not None:
            return carrier
    if name in ("sub", "subn"):
        return substituted(ev, frame, node.args, path)
    if (
        name == "replace"
        and len(node.args) == 2
        and isinstance(base_node := frame.node(node.args[1]), ir.Const)
        and base_node.masked
    ):
        gone = {taint.kind for taint in ev.value(frame, node.args[0]).taints}
        value = ev.value(frame, base, path, minus)
        return Value(tuple(t for t in value.shown if isinstance(t, Hole) or t.kind not in gone), value.state)
    if name == "_replace" and not node.args:
        return _replaced(ev, frame, node, base, path, minus)
    if name in ("items", "iteritems") and path:
        # Each is a key, which tells nothing, with its entry.
        return CLEAN if path[1:2] == ("0",) else ev.value(frame, base, ("*", *path[2:]), minus)
    if name not in catalog.convert_methods:
        return None
    if name == "join":
        return union([iterated(ev, frame, one, (), frozenset()) for one in node.args] or [CLEAN])
    if name in ("format", "format_map", "substitute", "safe_substitute"):
        value = union([ev.value(frame, base), *argument_values(ev, frame, node)])
        shapes = [outer.node(one) for outer, one in held(frame, base)]
        return in_address(value) if any(isinstance(one, ir.Template) and one.address for one in shapes) else value
    if name in ("pop", "popitem", "popleft"):
        return ev.value(frame, base, ("*", *path), minus)
    if name in _SPLITS:
        return ev.value(frame, base)
    if name in ("json", "text", "read", "result", "raw"):
        return union([ev.value(frame, base, path, minus), ev.evidence(frame.module).of(ev, frame, number, path, minus)])
    return ev.value(frame, base, path, minus)


def _said(ev: Evaluator, frame: Frame, node: ir.Call, func: ir.Attr, place: tuple[int, int]) -> Value | None:
    """Return what the catalog says that a method of such an object returns."""
    owner = words(owner_name(frame, func.base))[-1:]
    for row in ev.catalog.results[func.name]:
        here = holds_within(row, frame.module.topics) and has_argument(frame, node, row.when)
        if here and (not row.of or not set(owner).isdisjoint(row.of)):
            break
    else:
        return None
    confidence = Confidence.of(row.confidence)
    why = f"it is {row.note}"
    return Value((Taint(row.kind, row.carrier, confidence, ev.place(frame, *place), why, certain=not row.of),))


def _unwrapped(ev: Evaluator, frame: Frame, base: int, name: str, place: tuple[int, int]) -> Value:
    """``password.get_secret_value()``: what the type hid comes out."""
    value = ev.value(frame, base)
    if value.taints:
        return value
    meaning = ev.meaning(frame, last_name(frame, base) or "")
    kind = meaning.kind if meaning is not None else "credential.generic"
    why = f"`{name}` takes {title(kind)} out of the type that hides it"
    return Value((Taint(kind, "", Confidence.HIGH, ev.place(frame, *place), why),))


def _dump(ev: Evaluator, frame: Frame, node: ir.Call, base: int, path: Path, minus: frozenset[str]) -> Value:
    """``model_dump(exclude={"password"})``: all fields but some, or some alone."""
    kwargs = dict(node.kwargs)
    gone = _names(frame, kwargs["exclude"]) if "exclude" in kwargs else frozenset()
    if "include" in kwargs:
        return union(
            [CLEAN, *(dumped(ev, frame, base, (name,), minus) for name in _names(frame, kwargs["include"]) - gone)]
        )
    return dumped(ev, frame, base, path, minus | gone)


def _replaced(ev: Evaluator, frame: Frame, node: ir.Call, base: int, path: Path, minus: frozenset[str]) -> Value:
    """``parts._replace(netloc=host)``: a copy with other fields; an address with another host has no password in it."""
    given = dict(node.kwargs)
    if path:
        return ev.value(frame, given[path[0]], path[1:]) if path[0] in given else ev.value(frame, base, path, minus)
    kept = [] if "netloc" in given else [ev.value(frame, base, path, minus | frozenset(given))]
    return union([*(ev.value(frame, one) for one in given.values()), *kept])


def _names(frame: Frame, number: int) -> frozenset[str]:
    """Return the constant texts in a set or list."""
    found = [frame.node(one) for one in members(frame, frame.node(root_of(frame, number)))]
    return frozenset(one.text for one in found if isinstance(one, ir.Const) and one.text)


def _defaulted(ev: Evaluator, frame: Frame, node: ir.Call) -> bool:
    """Whether the second constant of ``get(a, b)`` is a default, not the key in a section."""
    second = frame.node(node.args[1]) if len(node.args) > 1 else None
    return (
        isinstance(second, ir.Const) and (second.text or "").strip() in ("", "-", "None", "N/A", "unknown", "?")
    ) or (len(node.args) == 2 and not section_like(ev, frame, node))


def _namespace(ev: Evaluator, frame: Frame, name: str, path: Path) -> Value:
    """A namespace of parsed arguments holds what the options of the module name, or if it has none, of its package."""
    if path and (name == "parse_known_args" or "OptionParser" in frame.module.summary.words):
        if path[0] == "1":
            return UNKNOWN
        path = path[1:] if path[0] == "0" else path
    if path:
        return UNKNOWN
    own = frame.module.summary.options or not frame.module.summary.words.isdisjoint(_PARSERS)
    return arguments(ev, [frame.module]) if own else command_line(ev, frame.module, ())
