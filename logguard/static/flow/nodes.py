"""What shows of each kind of node, but for calls and objects."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.names import words
from logguard.static.flow import objects
from logguard.static.flow.evaluate import NO_KEYS, Evaluator
from logguard.static.flow.program import Frame, root_of, roots
from logguard.static.flow.resolve import is_method, lookup, qualified
from logguard.static.flow.values import CLEAN, NONE, UNKNOWN, Hole, Mark, Path, State, Taint, Value, passed, union, weakened
from logguard.static.index import ir

_PASSWORD_LIKE = ("credential.password", "credential.pin", "credential.otp", "credential.security_answer", "credential.passphrase")
_FEW_KEYS = 3
_LAST_FOUR_OF = ("payment.card_number", "payment.bank_account", "personal.national_id")
_WHOLE_ATTRIBUTES = frozenset({"value", "raw", "text", "string", "plaintext", "secret_value", "content", "hex", "__dict__", "T"})


def const(ev: Evaluator, frame: Frame, number: int, node: ir.Const, path: Path, minus: frozenset[str]) -> Value:
    """A literal tells nothing, unless it is a secret itself."""
    if node.secret is not None:
        return _literal(ev, frame, node.secret)
    if node.type == "none" or (node.type == "str" and node.text == ""):
        return NONE
    return CLEAN


def template(ev: Evaluator, frame: Frame, number: int, node: ir.Template, path: Path, minus: frozenset[str]) -> Value:
    """A format tells nothing, unless its text is a secret itself."""
    return _literal(ev, frame, node.secret) if node.secret is not None else CLEAN


def _literal(ev: Evaluator, frame: Frame, kind: str) -> Value:
    place = ev.place(frame, frame.function.line, 0)
    return Value((Taint(kind, "literal", Confidence.HIGH, place, f"the literal looks like {ev.title(kind)}"),))


def param(ev: Evaluator, frame: Frame, number: int, node: ir.Param, path: Path, minus: frozenset[str]) -> Value:
    """A parameter: its callers decide, and its name and type."""
    parameter = frame.function.params[node.index]
    place = (parameter.line, parameter.column)
    if node.index == 0 and is_method(frame):
        return objects.instance(ev, frame, (frame.module, frame.function.cls or ""), path, minus)
    whole = objects.typed(ev, frame, parameter.types, path, minus, place)
    if whole is not None:
        return whole
    hole = Hole(frame.key, node.index, path, minus)
    inner = union([Value((hole,)), ev.evidence(frame.module).of(ev, frame, number, path, minus)])
    if _one_of(path) and parameter.form == "any":
        return _element(ev, frame, parameter.name, inner, place)
    if path or parameter.form in ("*", "**"):
        return inner
    return _carrier_named(ev, frame, parameter.name, ev.named(frame, parameter.name, inner, place, parameter.types, minus=minus), place)


def _carrier_named(ev: Evaluator, frame: Frame, name: str, value: Value, place: tuple[int, int]) -> Value:
    """A name such as ``headers`` says that a whole carrier is held, at a confidence that the module decides."""
    if value.state is not State.UNKNOWN or value.taints:
        return value
    carrier = ev.evidence(frame.module).carrier_named(name)
    if carrier is None:
        return value
    kind, what, confidence = carrier
    why = f"`{name}` holds {what}"
    return union([value, Value((Taint(kind, "headers", confidence, ev.place(frame, *place), why),))])


def _one_of(path: Path) -> bool:
    """Whether a path leads to one of the elements of a list."""
    return len(path) == 1 and (path[0] == "*" or path[0].lstrip("-").isdigit())


def _element(ev: Evaluator, frame: Frame, name: str, inner: Value, place: tuple[int, int]) -> Value:
    """An element of something whose name is a plural: one of ``passwords``."""
    meaning = ev.meaning(frame, name)
    if meaning is None or not name.lower().endswith("s") or inner.taints or inner.state is not State.UNKNOWN:
        return inner
    return ev.named(frame, name, inner, place, [])


def free(ev: Evaluator, frame: Frame, number: int, node: ir.Free, path: Path, minus: frozenset[str]) -> Value:
    """A name of an enclosing scope."""
    found = [ev.value(outer, inner, path, minus) for outer, inner in lookup(frame, node.name)]
    if found:
        return union(found)
    if path:
        return UNKNOWN
    return ev.named(frame, node.name, UNKNOWN, (node.line, node.column), [])


def imported(ev: Evaluator, frame: Frame, number: int, node: ir.Imported, path: Path, minus: frozenset[str]) -> Value:
    """An imported name: known to the catalog, or a constant whose name says something."""
    source = ev.catalog.sources.get(node.name)
    last = node.name.rpartition(".")[2]
    if source is not None:
        return _source(ev, frame, source.name, path, (frame.function.line, 0))
    if path or not last.isupper():
        return UNKNOWN
    # An imported constant may be the name of a key as well as the value.
    return weakened(ev.named(frame, last, UNKNOWN, (frame.function.line, 0), []), Confidence.LOW)


def _source(ev: Evaluator, frame: Frame, name: str, path: Path, place: tuple[int, int]) -> Value:
    row = ev.catalog.sources[name]
    if path and path[0] != "*":
        return UNKNOWN
    note = row.note or f"what `{name}` returns"
    confidence = {"low": Confidence.LOW, "medium": Confidence.MEDIUM, "high": Confidence.HIGH}[row.confidence]
    taint = Taint(row.kind, row.carrier, confidence, ev.place(frame, *place), f"it is {note}")
    return Value((taint,))


def reference(ev: Evaluator, frame: Frame, number: int, node: ir.FuncRef | ir.ClassRef, path: Path, minus: frozenset[str]) -> Value:
    """A function or class shows nothing but its name."""
    return CLEAN


def bind(ev: Evaluator, frame: Frame, number: int, node: ir.Bind, path: Path, minus: frozenset[str]) -> Value:
    """A name is given a value."""
    place = (node.line, node.column)
    field = f"{frame.module.summary.module}.{node.name}" if not frame.function.name else ""
    if field:
        ruled = objects.ruled(ev, frame, field, path, place)
        if ruled is not None:
            return ruled
    inner = ev.value(frame, node.value, path, minus)
    inner = passed(inner, ev.mark(frame, *place, f"held by `{node.name}`"))
    if _one_of(path):
        return _element(ev, frame, node.name, inner, place)
    if path:
        return inner
    if node.types and not inner.taints:
        whole = objects.typed(ev, frame, node.types, path, minus, place)
        if whole is not None and whole.shown:
            return union([whole, inner])
    if ev.vocabulary.says_cleaned(node.name):
        inner = Value(tuple(one for one in inner.shown if isinstance(one, Taint) and one.kind in _PASSWORD_LIKE), inner.state)
    value = ev.named(frame, node.name, inner, place, node.types, minus=minus)
    held = frame.node(node.value)
    if isinstance(held, ir.Group | ir.Put | ir.Select | ir.Const | ir.Text):
        return value
    return _carrier_named(ev, frame, node.name, value, place)


def attr(ev: Evaluator, frame: Frame, number: int, node: ir.Attr, path: Path, minus: frozenset[str]) -> Value:
    """``base.name``: what the object's class, its catalog entry or its name says."""
    place = (node.line, node.column)
    dotted = qualified(frame, number)
    if dotted is not None and dotted in ev.catalog.sources:
        return _source(ev, frame, dotted, path, place)
    if node.name == "__dict__":
        return objects.dumped(ev, frame, node.base, path, minus)
    known = objects.attribute(ev, frame, node, path, minus)
    if known is not None:
        inner, types, decided = known
        if decided:
            return inner
    else:
        inner, types = ev.value(frame, node.base, (node.name, *path), minus), []
    response = objects.response_part(ev, frame, node.base, node.name, path, place)
    if response is not None and not inner.taints:
        return response
    if node.name in _WHOLE_ATTRIBUTES and not path and not inner.taints:
        whole = ev.value(frame, node.base)
        if whole.taints:
            return passed(whole, ev.mark(frame, *place, f"its `.{node.name}`"))
    if path:
        carrier = objects.carrier_attribute(ev, frame, node, place) if path == ("*",) else None
        if carrier is not None and not inner.taints:
            return union([inner, carrier])
        return _element(ev, frame, node.name, inner, place) if _one_of(path) else inner
    if inner.state is State.UNKNOWN and not inner.taints:
        carrier = objects.carrier_attribute(ev, frame, node, place)
        if carrier is not None:
            return union([inner, carrier])
        inner = union([inner, ev.evidence(frame.module).of(ev, frame, number, path, minus)])
    value = ev.named(frame, node.name, inner, place, types, minus=minus)
    if node.name.isupper() and value.taints and not inner.taints:
        # An upper-case attribute is usually the name of a key: `ACTION.PIN`, `Keys.TOKEN`.
        base = frame.node(node.base)
        settings = isinstance(base, ir.Free | ir.Imported) and base.name.rpartition(".")[2].lower() in ("settings", "config", "conf", "secrets", "self", "cls")
        return value if settings or isinstance(base, ir.Param) else weakened(value, Confidence.LOW)
    return value


def item(ev: Evaluator, frame: Frame, number: int, node: ir.Item, path: Path, minus: frozenset[str]) -> Value:
    """``base[key]``: the entry if it is known, else what the key says."""
    place = (node.line, node.column)
    meaning = None
    if node.key is None and node.index >= 0:
        name = _name_of(frame, node.index)
        meaning = ev.key_meaning(frame, name) if name and name.isupper() else None
    listed = _listed_keys(frame, node.index) if node.key is None and node.index >= 0 else []
    if listed:
        return union(_entry_of(ev, frame, node.base, key, path) for key in listed)
    step = node.key if node.key is not None else "*"
    inner = ev.value(frame, node.base, (step, *path), minus)
    if path:
        return inner
    if node.key is not None and not node.key.lstrip("-").isdigit():
        inner = union([inner, ev.evidence(frame.module).of(ev, frame, number, path, minus)])
        return ev.named(frame, node.key, inner, place, [])
    if meaning is not None:
        return ev.named(frame, node.key or _name_of(frame, node.index) or "", inner, place, [], meaning)
    if node.key is None:
        # One entry of a carrier, and who knows which.
        single = [weakened(Value((one,)), Confidence.LOW) if one.carrier in ("environment", "headers", "body") else Value((one,)) for one in inner.shown]
        return Value(union(single).shown, inner.state)
    return inner


def _listed_keys(frame: Frame, index: int) -> list[str]:
    """Return the keys that an index runs through, where they come from a constant list: an allow-list."""
    found: list[str] = []
    for root in roots(frame, index):
        node = frame.node(root)
        if not isinstance(node, ir.Elem):
            return []
        for outer, number in _held(frame, node.base):
            members = [outer.node(one) for one in _members(outer, outer.node(number))]
            if not members or not all(isinstance(one, ir.Const) and one.text for one in members):
                return []
            found += [one.text for one in members if isinstance(one, ir.Const) and one.text]
    return found


def _held(frame: Frame, number: int) -> list[tuple[Frame, int]]:
    """Return what a node may be, looked up in enclosing scopes as well."""
    found: list[tuple[Frame, int]] = []
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, ir.Free):
            found += [(outer, one) for outer, inner in lookup(frame, node.name) for one in roots(outer, inner)]
        else:
            found.append((frame, root))
    return found


def _name_of(frame: Frame, number: int) -> str | None:
    node = frame.node(number)
    if isinstance(node, ir.Free | ir.Attr):
        return node.name
    if isinstance(node, ir.Imported):
        return node.name.rpartition(".")[2]
    return node.name if isinstance(node, ir.Bind) else None


def slice_(ev: Evaluator, frame: Frame, number: int, node: ir.Slice, path: Path, minus: frozenset[str]) -> Value:
    """``value[a:b]``: a partial mask, weighed by what it keeps."""
    value = ev.value(frame, node.base, path, minus)
    if path or not value.shown:
        return value
    front = node.stop if not node.start and node.stop is not None and node.stop > 0 else None
    back = -node.start if node.start is not None and node.start < 0 and node.stop is None else None
    kept = front if front is not None else back
    if kept is None:
        return value
    mark = ev.mark(frame, node.line, node.column, f"cut to its {'last' if back else 'first'} {kept}")
    made = [_cut(one, kept, back is not None) for one in passed(value, mark).shown]
    return Value(tuple(one for one in made if one is not None), State.CLEAN if not any(made) else value.state)


def _cut(one: Taint | Hole, kept: int, back: bool) -> Taint | Hole | None:
    from dataclasses import replace

    if isinstance(one, Hole):
        return None if kept <= 4 else replace(one, carrier="mask")
    if back and kept <= 4 and one.kind in _LAST_FOUR_OF:
        return replace(one, kind="payment.last_four", why=f"the last {kept} of it identify the holder at a help desk", carrier="")
    if one.kind in _PASSWORD_LIKE:
        return replace(one, carrier="mask", confidence=min(one.confidence, Confidence.MEDIUM))
    if kept <= 4:
        return None
    return replace(one, carrier="mask", confidence=Confidence.LOW if kept <= 10 else min(one.confidence, Confidence.MEDIUM))


def elem(ev: Evaluator, frame: Frame, number: int, node: ir.Elem, path: Path, minus: frozenset[str]) -> Value:
    """An element met when iterating."""
    if not node.values:
        if _is_mapping(ev, frame, number, node.base):
            return CLEAN
        bases = [frame.node(root) for root in roots(frame, node.base)]
        if bases and all(isinstance(base, ir.Group) and base.type in ("dict", "locals") for base in bases):
            return CLEAN
    inner = ev.value(frame, node.base, ("*", *path), minus)
    if not node.values:
        # Iterating over a mapping gives its keys, and the names of headers and variables tell nothing.
        inner = Value(tuple(one for one in inner.shown if one.carrier not in ("environment", "headers") or (isinstance(one, Taint) and one.kind == "credential.cookie")), inner.state)
    return union([inner, ev.evidence(frame.module).of(ev, frame, number, path, minus)])


def _is_mapping(ev: Evaluator, frame: Frame, number: int, base: int) -> bool:
    """Whether what is iterated over is a mapping, so that its keys come out: it is indexed by them, or made like one."""
    for node in frame.function.nodes:
        if isinstance(node, ir.Item) and node.index >= 0 and number in roots(frame, node.index):
            return True
    for root in roots(frame, base):
        node = frame.node(root)
        if isinstance(node, ir.Group) and node.type in ("dict", "locals"):
            return True
        if isinstance(node, ir.Call):
            for callee in ev.callees(frame, root, node):
                inner = callee.frame
                if inner is not None and callee.cls is None and any(_made_mapping(inner, one) for one in inner.function.returns):
                    return True
    return False


def _made_mapping(frame: Frame, number: int) -> bool:
    current = frame.node(number)
    while isinstance(current, ir.Bind | ir.Put):
        if isinstance(current, ir.Put) and not current.attribute and current.key is not None and not current.key.lstrip("-").isdigit():
            return True
        current = frame.node(current.value if isinstance(current, ir.Bind) else current.base)
    return isinstance(current, ir.Group) and current.type == "dict"


def key(ev: Evaluator, frame: Frame, number: int, node: ir.Key, path: Path, minus: frozenset[str]) -> Value:
    """A key of a mapping tells nothing."""
    return CLEAN


def text(ev: Evaluator, frame: Frame, number: int, node: ir.Text, path: Path, minus: frozenset[str]) -> Value:
    """Parts put together show all of them."""
    values: list[Value] = []
    for part, key in zip(node.parts, node.keys, strict=True):
        value = ev.value(frame, part, path, minus)
        if key and not path:
            value = keyed_part(ev, frame, part, key, value)
        if node.address and not path:
            value = _in_address(value)
        values.append(value)
    return union(values)


def _in_address(value: Value) -> Value:
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
    name = _shown_name(frame, part)
    if name is None or not _agrees(name, meaning.phrase):
        return value
    place = _place_of(frame, part)
    why = f"the text in front of it says `{key}`"
    taint = Taint(meaning.kind, "", min(meaning.confidence, Confidence.MEDIUM), ev.place(frame, *place), why)
    return union([value, Value((taint,))])


_OTHER_THINGS = frozenset(
    "e ex exc err error exception reason msg message status code id name type count len length size path file filename url key field line "
    "i n idx index time date expires expiry ttl user host port response resp result res request info desc description class cls method "
    "scheme hostname netloc path domain action state version format kind scope label title mode flag role policy config settings options names fields keys ids exp val_type details detail".split()
)


def _agrees(name: str, phrase: str) -> bool:
    """Whether a part's own name leaves room for what the text in front of it says."""
    found = words(name)
    if found and found[-1] == phrase.rpartition(" ")[2]:
        return True
    return bool(found) and found[-1] not in _OTHER_THINGS and found[0] not in ("is", "has", "n", "num", "len")


def _shown_name(frame: Frame, number: int) -> str | None:
    node = frame.node(number)
    if isinstance(node, ir.Bind | ir.Attr | ir.Free):
        return node.name
    if isinstance(node, ir.Param):
        return frame.function.params[node.index].name
    return None


def _place_of(frame: Frame, number: int) -> tuple[int, int]:
    node = frame.node(number)
    if isinstance(node, ir.Bind | ir.Attr | ir.Free | ir.Item | ir.Call):
        return node.line, node.column
    if isinstance(node, ir.Param):
        parameter = frame.function.params[node.index]
        return parameter.line, parameter.column
    return frame.function.line, 0


def group(ev: Evaluator, frame: Frame, number: int, node: ir.Group, path: Path, minus: frozenset[str]) -> Value:
    """A container shows its entries; a key says what stands under it."""
    keyed = node.type in ("dict", "locals")
    if path and path[0] != "*":
        key, rest = path[0], path[1:]
        for name, value in node.entries:
            if name == key:
                return _entry(ev, frame, name, value, rest, keyed)
        unknown = [ev.value(frame, value, rest) for value in node.rest]
        spread = [ev.value(frame, value, path) for value in node.spread]
        if not keyed and key.startswith("-"):
            unknown += [ev.value(frame, value, rest) for _, value in node.entries]
        return union([*unknown, *spread]) if unknown or spread else CLEAN
    rest = path[1:]
    shown = [_entry(ev, frame, name, value, rest, keyed) for name, value in node.entries if name not in minus]
    shown += [ev.value(frame, value, rest) for value in node.rest]
    taken = minus | {name for name, _ in node.entries} if keyed else NO_KEYS
    shown += [ev.value(frame, value, path, frozenset(taken)) for value in node.spread]
    return union(shown) if shown else CLEAN


def _entry(ev: Evaluator, frame: Frame, name: str, number: int, rest: Path, keyed: bool) -> Value:
    value = ev.value(frame, number, rest)
    if not keyed or rest or name.isdigit():
        return value
    return ev.named(frame, name, value, _place_of(frame, number), [])


def put(ev: Evaluator, frame: Frame, number: int, node: ir.Put, path: Path, minus: frozenset[str]) -> Value:
    """An object of which one entry or attribute was set."""
    listed = _listed_keys(frame, node.index) if node.key is None and node.index >= 0 else []
    if listed:
        return _put_listed(ev, frame, node, listed, path, minus)
    copied = _copied_from(frame, node)
    if copied is not None:
        return union([ev.value(frame, node.base, path, minus), ev.value(frame, copied, path, minus)])
    if not path or path[0] == "*":
        if node.attribute:
            return ev.value(frame, node.base, path, minus)
        hidden = minus if node.key is None or not _worth_hiding(ev, node.key, minus) else minus | {node.key}
        base = ev.value(frame, node.base, path, hidden)
        if node.key is not None and node.key in minus:
            return base
        if node.key is None:
            return union([base, ev.value(frame, node.value, path[1:])])
        return union([base, _entry(ev, frame, node.key, node.value, path[1:], True)])
    if node.key == path[0]:
        return _entry(ev, frame, node.key, node.value, path[1:], not node.attribute)
    base = ev.value(frame, node.base, path, minus)
    return base if node.key is not None else union([base, ev.value(frame, node.value, path[1:])])


def _worth_hiding(ev: Evaluator, key: str, minus: frozenset[str]) -> bool:
    """Whether an overwritten key is to be left out of what it overwrites; of many harmless ones, a few suffice."""
    return len(minus) < _FEW_KEYS or ev.vocabulary.value(key) is not None


def _put_listed(ev: Evaluator, frame: Frame, node: ir.Put, keys: list[str], path: Path, minus: frozenset[str]) -> Value:
    """``for key in ("a", "b"): d[key] = …``: each of the keys was set."""
    if path and path[0] != "*":
        if path[0] not in keys:
            return ev.value(frame, node.base, path, minus)
        source = _same_key(frame, node)
        return _entry_of(ev, frame, source, path[0], path[1:]) if source is not None else ev.value(frame, node.value, path[1:])
    base = ev.value(frame, node.base, path, minus | set(keys))
    return union([base, *(_put_listed(ev, frame, node, keys, (key, *path[1:]), minus) for key in keys if key not in minus)])


def _copied_from(frame: Frame, node: ir.Put) -> int | None:
    """Return ``e`` of ``for k, v in e.items(): d[k] = v``."""
    if node.key is not None or node.index < 0:
        return None
    index, value = frame.node(root_of(frame, node.index)), frame.node(root_of(frame, node.value))
    if isinstance(index, ir.Key) and isinstance(value, ir.Elem) and value.base == index.base:
        return index.base
    return None


def _same_key(frame: Frame, node: ir.Put) -> int | None:
    """Return ``e`` of ``d[key] = e[key]`` and of ``d[key] = e.pop(key)``."""
    value = frame.node(root_of(frame, node.value))
    wanted = root_of(frame, node.index)
    if isinstance(value, ir.Item) and value.index >= 0 and root_of(frame, value.index) == wanted:
        return value.base
    if isinstance(value, ir.Call) and value.args and root_of(frame, value.args[0]) == wanted:
        func = frame.node(value.func)
        return func.base if isinstance(func, ir.Attr) else None
    return None


def select(ev: Evaluator, frame: Frame, number: int, node: ir.Select, path: Path, minus: frozenset[str]) -> Value:
    """A copy without some keys, or with some alone."""
    keys, complete = _keys(frame, node)
    if path and path[0] != "*":
        inside = path[0] in keys
        return ev.value(frame, node.base, path, minus) if inside == node.only else CLEAN
    if node.only:
        if not complete:
            return CLEAN
        found = [_entry_of(ev, frame, node.base, key, path[1:]) for key in keys if key not in minus]
        return union(found) if found else CLEAN
    if not complete:
        # The list of keys to hide isn't known here: trust it.
        return CLEAN
    return passed(ev.value(frame, node.base, path, minus | keys), carrier="mask")


def _entry_of(ev: Evaluator, frame: Frame, base: int, key: str, rest: Path) -> Value:
    value = ev.value(frame, base, (key, *rest))
    return value if rest else ev.named(frame, key, value, (frame.function.line, 0), [])


def _keys(frame: Frame, node: ir.Select) -> tuple[frozenset[str], bool]:
    """Return the keys of a selection, and whether all of them are known."""
    keys = set(node.keys)
    complete = True
    for name in node.names:
        held = [(frame, frame.function.scope[name])] if name in frame.function.scope else list(lookup(frame, name.rpartition(".")[2]))
        found = [outer.node(root) for outer, inner in held for root in roots(outer, inner)]
        for group_node in found:
            if isinstance(group_node, ir.Call) and group_node.args:
                continue
            if not isinstance(group_node, ir.Group):
                complete = False
        texts = [
            outer.node(value)
            for outer, inner in held
            for root in roots(outer, inner)
            for value in _members(outer, outer.node(root))
        ]
        keys |= {one.text for one in texts if isinstance(one, ir.Const) and one.text}
        complete = complete and bool(texts)
    return frozenset(keys), complete


def _members(frame: Frame, node: ir.AnyNode) -> list[int]:
    if isinstance(node, ir.Group):
        return [*(value for _, value in node.entries), *node.rest]
    if isinstance(node, ir.Call) and node.args:
        return _members(frame, frame.node(node.args[0]))
    return []


def join(ev: Evaluator, frame: Frame, number: int, node: ir.Join, path: Path, minus: frozenset[str]) -> Value:
    """One of several values."""
    return union(ev.value(frame, value, path, minus) for value in node.values)


def caught(ev: Evaluator, frame: Frame, number: int, node: ir.Caught, path: Path, minus: frozenset[str]) -> Value:
    """An exception carries what it was raised with, here or in a function that was called."""
    found: list[Value] = []
    for raised, at in frame.function.raises:
        if node.start <= at <= node.stop and raised != number:
            found.append(passed(ev.value(frame, raised, path), _raised_here(ev, frame, raised)))
    for place in range(node.start, node.stop):
        call = frame.node(place)
        if not isinstance(call, ir.Call):
            continue
        for callee in ev.callees(frame, place, call):
            if callee.frame is None or callee.frame is frame:
                continue
            for raised, _ in callee.frame.function.raises:
                value = passed(ev.value(callee.frame, raised, path), _raised_here(ev, callee.frame, raised))
                found.append(objects.filled(ev, frame, call, callee, value))
    return passed(union([*found, UNKNOWN]), carrier="exception")


def _raised_here(ev: Evaluator, frame: Frame, raised: int) -> Mark:
    return ev.mark(frame, *_place_of(frame, raised), "raised with an exception")
