"""The results of functions that the catalog describes."""

from __future__ import annotations

from logguard.static.flow.calls.results import argument_values, entry_by_key
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame, last_name, root_of, roots, stripped
from logguard.static.flow.nodes.containers import group, holds_mapping, without_keys
from logguard.static.flow.objects.fields import dumped
from logguard.static.flow.resolve import functions_of
from logguard.static.flow.values import CLEAN, NONE, UNKNOWN, Hole, Path, Value, cut, passed, union
from logguard.static.index import ir

_FIRST = frozenset({"next", "max", "min", "iter"})
_ITERATES = frozenset({"list", "tuple", "set", "frozenset", "sorted", "reversed", "enumerate"})
_HOLDS_KEYWORDS = frozenset(
    [
        "dict",
        "collections.OrderedDict",
        "types.SimpleNamespace",
        "argparse.Namespace",
        "urllib.parse.ParseResult",
        "urllib.parse.SplitResult",
    ]
)
_WHOLE_TEXT = frozenset({"str", "repr", "ascii", "format", "bytes", "json.dumps", "pprint.pformat"})


def catalogued(
    ev: Evaluator, frame: Frame, node: ir.Call, dotted: str, path: Path, minus: frozenset[str]
) -> Value | None:
    """The result of a function that the catalog describes."""
    catalog = ev.catalog
    if dotted in catalog.clean or dotted in catalog.factories:
        return CLEAN
    if dotted in ("re.sub", "re.subn"):
        return substituted(ev, frame, node.args[1:], path)
    if dotted == "getattr" and len(node.args) >= 2:
        key = frame.node(node.args[1])
        if isinstance(key, ir.Const) and key.text:
            return entry_by_key(ev, frame, node, node.args[0], key.text, node.args[2:], path, minus)
        return UNKNOWN
    if dotted in ("os.getenv", "os.environ.get") and node.args:
        key = frame.node(node.args[0])
        name = key.text if isinstance(key, ir.Const) and key.text else last_name(frame, node.args[0])
        return ev.named(frame, name or "", UNKNOWN, (node.line, node.column), []) if not path else UNKNOWN
    if dotted.rpartition(".")[0].endswith(catalog.message_modules) and not path:
        return passed(union([UNKNOWN, *argument_values(ev, frame, node)]), carrier="object")
    if dotted in catalog.dump_functions and node.args:
        return dumped(ev, frame, node.args[0], path, minus)
    if dotted in ("functools.partial", "partial"):
        return UNKNOWN
    if dotted not in catalog.convert:
        return None
    if dotted == "map" and len(node.args) == 2 and path in ((), ("*",)):
        made = _mapped(ev, frame, node)
        if made is not None:
            return made
    if dotted == "zip":
        return union(ev.value(frame, one, path, minus) for one in node.args[1:]) if path else UNKNOWN
    if dotted in _ITERATES and len(node.args) == 1 and not node.kwargs:
        return iterated(ev, frame, node.args[0], path, minus)
    if dotted in _FIRST:
        return union(ev.value(frame, one, ("*", *path), minus) for one in node.args)
    if dotted in _WHOLE_TEXT:
        value = union([ev.value(frame, one, (), minus) for one in node.args[:1]] or [NONE])
        return value if not path else Value((), value.state)
    if node.kwargs or node.doubles:
        entries = ir.Group(
            "dict",
            node.kwargs if dotted in _HOLDS_KEYWORDS else [],
            [],
            [*node.args, *node.doubles],
        )
        return group(ev, entries, Ask(frame, -1, path, minus))
    return union([ev.value(frame, one, path, minus) for one in node.args] or [CLEAN])


def _mapped(ev: Evaluator, frame: Frame, node: ir.Call) -> Value | None:
    """``map(f, xs)``: what `f` returns of an element, where it is one function that the program defines."""
    targets = list(functions_of(frame, node.args[0])) if len(roots(frame, node.args[0])) == 1 else []
    inner = targets[0].frame if len(targets) == 1 and targets[0].cls is None else None
    if inner is None:
        return None
    value = union(ev.value(inner, one) for one in inner.function.returns)
    own = [hole for hole in value.holes if hole.function == inner.key]
    given = [(ev.value(frame, node.args[1], ("*", *one.path), one.minus), one.kept) for one in own]
    rest = Value(tuple(one for one in value.shown if one not in own), value.state)
    return union([rest, *(cut(one, kept) if kept else one for one, kept in given)])


def iterated(ev: Evaluator, frame: Frame, number: int, path: Path, minus: frozenset[str]) -> Value:
    """What shows of a value's elements put into a list or joined: of a mapping, its keys alone."""
    if holds_mapping(ev, frame, number):
        return CLEAN
    value = ev.value(frame, number, path, minus)
    node = frame.node(stripped(frame, number))
    if isinstance(node, ir.Call):  # of an answer with a token, the keys
        value = Value(tuple(one for one in value.shown if isinstance(one, Hole) or not one.answered), value.state)
    return without_keys(value) if isinstance(node, (ir.Attr, ir.Param, ir.Free, ir.Imported, ir.Item)) else value


def substituted(ev: Evaluator, frame: Frame, args: list[int], path: Path) -> Value:
    """``re.sub``: clean if what is put in its place is a mask."""
    if len(args) < 2:
        return UNKNOWN
    put = frame.node(root_of(frame, args[0]))
    if isinstance(put, ir.Const) and put.text != "" and (put.masked or put.text in ("x", "X", "-", "?")):
        return CLEAN
    if isinstance(put, ir.Const) and put.text and any(mask in put.text.lower() for mask in ("***", "xxx", "redact")):
        return CLEAN
    return ev.value(frame, args[1], path)
