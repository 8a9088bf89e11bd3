"""What shows of texts put together, and of parts cut from them."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.names import words
from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import Frame, root_of
from logguard.static.flow.nodes.places import place_of, shown_name
from logguard.static.flow.values import Hole, State, Taint, Value, cut, passed, union
from logguard.static.index import ir


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
    if isinstance(node, (ir.Caught, ir.Const, ir.Text)) or ev.evidence(frame.module).opened(frame, part):
        return value
    name = shown_name(frame, part)
    if name is None and isinstance(node, ir.Item) and node.key:  # a key names more than a variable
        whole = words(node.key) == words(key)[-1:] and words(key) == tuple(meaning.phrase.split())
        name = node.key if whole else None
    if name is None or not ev.vocabulary.agrees(name, key, meaning):
        return value
    place = place_of(frame, part)
    why = f"the text in front of it says `{key}`"
    taint = Taint(meaning.kind, "", min(meaning.confidence, Confidence.MEDIUM), ev.place(frame, *place), why)
    return union([value, Value((taint,))])


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
