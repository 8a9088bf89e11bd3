"""What shows of texts put together, and of parts cut from them."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.names import words
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.nodes.places import place_of, shown_name
from logguard.static.flow.program import Frame, root_of
from logguard.static.flow.values import Hole, State, Taint, Value, cut, passed, union
from logguard.static.index import ir

_OTHER_THINGS = frozenset(
    [
        "e",
        "ex",
        "exc",
        "err",
        "error",
        "exception",
        "reason",
        "msg",
        "message",
        "status",
        "code",
        "id",
        "name",
        "type",
        "count",
        "len",
        "length",
        "size",
        "path",
        "file",
        "filename",
        "url",
        "key",
        "field",
        "line",
        "i",
        "n",
        "idx",
        "index",
        "time",
        "date",
        "expires",
        "expiry",
        "ttl",
        "user",
        "host",
        "port",
        "response",
        "resp",
        "result",
        "res",
        "request",
        "info",
        "desc",
        "description",
        "class",
        "cls",
        "method",
        "scheme",
        "hostname",
        "netloc",
        "path",
        "domain",
        "action",
        "state",
        "version",
        "format",
        "kind",
        "scope",
        "label",
        "title",
        "mode",
        "flag",
        "role",
        "policy",
        "config",
        "settings",
        "options",
        "names",
        "fields",
        "keys",
        "ids",
        "exp",
        "val_type",
        "details",
        "detail",
    ]
)


def text(ev: Evaluator, node: ir.Text, ask: Ask) -> Value:
    """Parts put together show all of them."""
    values: list[Value] = []
    for part, key in zip(node.parts, node.keys, strict=True):
        value = ev.value(ask.frame, part, ask.path, ask.minus)
        if key and not ask.path:
            value = keyed_part(ev, ask.frame, part, key, value)
        if node.address and not ask.path:
            value = in_address(value)
        values.append(value)
    return union(values)


def in_address(value: Value) -> Value:
    credentials = tuple(one for one in value.shown if isinstance(one, Hole) or one.kind.startswith("credential."))
    others = tuple(one for one in value.shown if one not in credentials)
    return Value((*passed(Value(credentials), carrier="url").shown, *others), value.state)


def keyed_part(ev: Evaluator, frame: Frame, part: int, key: str, value: Value) -> Value:
    """A value right behind ``password=`` in a text is what the text says, unless it is known to be something else."""
    meaning = ev.meaning(frame, key.replace(" ", "_"))
    if meaning is None or value.taints or value.state is not State.UNKNOWN or meaning.confidence is Confidence.LOW:
        return value
    root = root_of(frame, part)
    node = frame.node(root)
    if isinstance(node, ir.Caught | ir.Const | ir.Text):
        return value
    name = shown_name(frame, part)
    if name is None or not _agrees(name, meaning.phrase):
        return value
    place = place_of(frame, part)
    why = f"the text in front of it says `{key}`"
    taint = Taint(meaning.kind, "", min(meaning.confidence, Confidence.MEDIUM), ev.place(frame, *place), why)
    return union([value, Value((taint,))])


def _agrees(name: str, phrase: str) -> bool:
    """Whether a part's own name leaves room for what the text in front of it says."""
    found = words(name)
    if found and found[-1] == phrase.rpartition(" ")[2]:
        return True
    return bool(found) and found[-1] not in _OTHER_THINGS and found[0] not in ("is", "has", "n", "num", "len")


def slice_(ev: Evaluator, node: ir.Slice, ask: Ask) -> Value:
    """``value[a:b]``: a partial mask, weighed by what it keeps."""
    value = ev.value(ask.frame, node.base, ask.path, ask.minus)
    if ask.path or not value.shown:
        return value
    front = node.stop if not node.start and node.stop is not None and node.stop > 0 else None
    back = -node.start if node.start is not None and node.start < 0 and node.stop is None else None
    kept = front if front is not None else back
    if kept is None:
        return value
    mark = ev.mark(ask.frame, node.line, node.column, f"cut to its {'last' if back else 'first'} {kept}")
    return cut(passed(value, mark), -kept if back is not None else kept)
