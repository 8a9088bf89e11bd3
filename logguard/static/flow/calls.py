"""What shows of a call's result: by the called function's body, by the catalog, else by its name."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.names import Meaning
from logguard.static.flow import objects
from logguard.static.flow.evaluate import NO_KEYS, Evaluator
from logguard.static.flow.nodes import _source, group
from logguard.static.flow.program import Frame, last_name, root_of, roots
from logguard.static.flow.resolve import Callee, class_of, qualified
from logguard.static.flow.values import CLEAN, NONE, UNKNOWN, Hole, Path, State, Taint, Value, passed, union, weakened
from logguard.static.index import ir

_FIRST = frozenset({"next", "max", "min", "iter"})
_WHOLE_TEXT = frozenset({"str", "repr", "ascii", "format", "bytes", "json.dumps", "pprint.pformat"})
_PARSES = frozenset({"parse_args", "parse_known_args", "parse_intermixed_args"})
_SPLITS = frozenset({"split", "rsplit", "splitlines", "partition", "rpartition", "groups", "group"})
_NUMBERS = frozenset({"getboolean", "getint", "getfloat", "getbool", "get_bool", "get_int", "getlist_int"})


def call(ev: Evaluator, frame: Frame, number: int, node: ir.Call, path: Path, minus: frozenset[str]) -> Value:
    """Return what shows of a call's result."""
    dotted = qualified(frame, node.func)
    place = (node.line, node.column)
    if dotted is not None:
        if dotted in ev.catalog.sanitizers:
            return _sanitized(ev, frame, node, ev.catalog.sanitizers[dotted], path)
        if dotted in ev.catalog.sources:
            return _source(ev, frame, dotted, path, place)
    own = f"{frame.module.summary.module}."
    targets = ev.callees(frame, number, node)
    for target in targets:
        if target.frame is not None and not target.cls:
            name = own + target.frame.function.name
            if name in ev.catalog.sanitizers:
                return _sanitized(ev, frame, node, ev.catalog.sanitizers[name], path)
            if name in ev.catalog.sources:
                return _source(ev, frame, name, path, place)
    if targets:
        return _project(ev, frame, number, node, targets, path, minus)
    if dotted is not None:
        known = _catalogued(ev, frame, number, node, dotted, path, minus)
        if known is not None:
            return known
    func = frame.node(node.func)
    if isinstance(func, ir.Attr):
        method = _method(ev, frame, number, node, func, path, minus)
        if method is not None:
            return method
    return _by_name(ev, frame, number, node, path, minus)


def _sanitized(ev: Evaluator, frame: Frame, node: ir.Call, cleans: frozenset[str], path: Path) -> Value:
    if not cleans:
        return CLEAN
    value = union(ev.value(frame, argument, path) for argument in node.args)
    return Value(tuple(taint for taint in value.taints if taint.kind not in cleans), value.state)


def _project(ev: Evaluator, frame: Frame, number: int, node: ir.Call, targets: list[Callee], path: Path, minus: frozenset[str]) -> Value:
    """The result of a function or class of the program."""
    found: list[Value] = []
    for target in targets:
        if target.cls is not None:
            found.append(_constructed(ev, frame, node, target, path, minus))
        elif target.frame is not None:
            found.append(_returned(ev, frame, number, node, target, path, minus))
    return union(found)


def _constructed(ev: Evaluator, frame: Frame, node: ir.Call, target: Callee, path: Path, minus: frozenset[str]) -> Value:
    owner = target.cls
    assert owner is not None
    module, cls = owner
    fields = _fields_in_order(ev, owner) if target.frame is None else {}
    if path and path[0] in fields:
        given = _given(frame, node, path[0], fields)
        return ev.value(frame, given, path[1:]) if given is not None else objects.field_value(ev, owner, path[0], path[1:])
    if objects.is_exception(module, cls) and not path and module.method(cls, "__str__") is None:
        return passed(union([UNKNOWN, *_arguments(ev, frame, node)]), carrier="exception")
    if not path and fields:
        shown = objects.all_fields(ev, owner, minus, only_repr=True)
        visible = {taint.kind for taint in shown.taints}
        parts = [shown]
        for name in fields:
            given = _given(frame, node, name, fields)
            if given is None or name in minus:
                continue
            value = ev.value(frame, given)
            parts.append(passed(Value(tuple(t for t in value.taints if t.kind not in visible and _repr_shows(ev, owner, name)), State.CLEAN), carrier="object"))
        return union(parts)
    value = objects.instance(ev, frame, owner, path, minus)
    return objects.filled(ev, frame, node, target, value)


def _repr_shows(ev: Evaluator, owner: objects.Owner, name: str) -> bool:
    module, cls = owner
    for one in module.classes_of(cls):
        for field in one.fields:
            if field.name == name:
                if ev.declared(module.body, field.types, (0, 0)) is not None:
                    return False
                return not objects._hidden_in_repr(module, one, field)
    return True


def _fields_in_order(ev: Evaluator, owner: objects.Owner) -> dict[str, int]:
    module, cls = owner
    if not objects.generates_repr(ev, module, cls):
        return {}
    names = [field.name for one in reversed(list(module.classes_of(cls))) for field in one.fields]
    return {name: position for position, name in enumerate(dict.fromkeys(names))}


def _given(frame: Frame, node: ir.Call, name: str, fields: dict[str, int]) -> int | None:
    for keyword, value in node.kwargs:
        if keyword == name:
            return value
    position = fields[name]
    return node.args[position] if position < len(node.args) else None


def _returned(ev: Evaluator, frame: Frame, number: int, node: ir.Call, target: Callee, path: Path, minus: frozenset[str]) -> Value:
    inner = target.frame
    assert inner is not None
    name = inner.function.name.rpartition(".")[2].partition("#")[0]
    if not inner.function.returns:
        return NONE
    value = union(ev.value(inner, one, path, minus) for one in inner.function.returns)
    value = objects.filled(ev, frame, node, target, value)
    if ev.vocabulary.cleans(name):
        # A redactor is judged by its body: what it cuts is weighed, what it hands back unchanged is its early exit.
        kept = tuple(one for one in value.shown if one.carrier == "mask")
        return Value(kept, State.UNKNOWN if kept else State.CLEAN)
    if path or value.taints or value.state is not State.UNKNOWN:
        return value
    meaning = ev.vocabulary.result(name)
    if meaning is not None and not value.holes:
        return union([value, _named_result(ev, frame, node, name, ev.vocabulary.about(meaning, frame.module.topics))])
    uses = ev.evidence(frame.module).of(ev, frame, number, path, minus)
    if last_name(frame, node.func) in objects._SENDS:
        answer = objects.response_of(ev, frame, node, (node.line, node.column))
        if answer is not None:
            return union([value, answer, uses])
    return union([value, uses])


def _named_result(ev: Evaluator, frame: Frame, node: ir.Call, name: str, meaning: Meaning) -> Value:
    why = f"`{name}` returns {ev.title(meaning.kind)}"
    return Value((Taint(meaning.kind, "", meaning.confidence, ev.place(frame, node.line, node.column), why),))


def _arguments(ev: Evaluator, frame: Frame, node: ir.Call, path: Path = (), minus: frozenset[str] = NO_KEYS) -> list[Value]:
    values = [ev.value(frame, one, path, minus) for one in node.args]
    values += [ev.value(frame, star, ("*", *path)) for star in node.stars]
    values += [ev.named(frame, name, ev.value(frame, one, path), (node.line, node.column), []) if not path else ev.value(frame, one, path) for name, one in node.kwargs]
    return values + [ev.value(frame, one, path) for one in node.doubles]


def _catalogued(ev: Evaluator, frame: Frame, number: int, node: ir.Call, dotted: str, path: Path, minus: frozenset[str]) -> Value | None:
    """The result of a function that the catalog describes."""
    catalog = ev.catalog
    if dotted in catalog.clean or dotted in catalog.factories:
        return CLEAN
    if dotted in ("re.sub", "re.subn"):
        return _substituted(ev, frame, node.args[1:], path)
    if dotted == "getattr" and len(node.args) >= 2:
        key = frame.node(node.args[1])
        if isinstance(key, ir.Const) and key.text:
            return _element(ev, frame, node, node.args[0], key.text, node.args[2:], path, minus)
        return UNKNOWN
    if dotted in ("os.getenv", "os.environ.get") and node.args:
        key = frame.node(node.args[0])
        name = key.text if isinstance(key, ir.Const) and key.text else last_name(frame, node.args[0])
        return ev.named(frame, name or "", UNKNOWN, (node.line, node.column), []) if not path else UNKNOWN
    if dotted in catalog.dump_functions and node.args:
        return objects.dumped(ev, frame, node.args[0], path, minus)
    if dotted in ("functools.partial", "partial"):
        return UNKNOWN
    if dotted not in catalog.convert:
        return None
    if dotted == "zip":
        return union(ev.value(frame, one, path, minus) for one in node.args[1:]) if path else UNKNOWN
    if dotted in _FIRST:
        return union(ev.value(frame, one, ("*", *path), minus) for one in node.args)
    if dotted in _WHOLE_TEXT:
        value = union([ev.value(frame, one, (), minus) for one in node.args[:1]] or [NONE])
        return value if not path else Value((), value.state)
    if node.kwargs or node.doubles:
        made = ir.Group("dict", [] if dotted not in ("dict", "collections.OrderedDict", "types.SimpleNamespace", "argparse.Namespace") else node.kwargs, [], [*node.args, *node.doubles])
        return group(ev, frame, -1, made, path, minus)
    return union([ev.value(frame, one, path, minus) for one in node.args] or [CLEAN])


def _substituted(ev: Evaluator, frame: Frame, args: list[int], path: Path) -> Value:
    """``re.sub``: clean if what is put in its place is a mask."""
    if len(args) < 2:
        return UNKNOWN
    put = frame.node(root_of(frame, args[0]))
    if isinstance(put, ir.Const) and put.masked and put.text != "":
        return CLEAN
    if isinstance(put, ir.Const | ir.Template) and put.type != "none" if isinstance(put, ir.Const) else False:
        text = put.text or "" if isinstance(put, ir.Const) else ""
        if "***" in text or "xxx" in text.lower() or "redact" in text.lower():
            return CLEAN
    return ev.value(frame, args[1], path)


def _element(
    ev: Evaluator, frame: Frame, node: ir.Call, base: int, key: str, defaults: list[int], path: Path, minus: frozenset[str]
) -> Value:
    """``base.get("key", default)``."""
    inner = ev.value(frame, base, (key, *path), minus)
    if not path and inner.state is State.UNKNOWN:
        inner = ev.named(frame, key, inner, (node.line, node.column), [])
    return union([inner, *(ev.value(frame, one, path) for one in defaults)]) if defaults else inner


def _method(ev: Evaluator, frame: Frame, number: int, node: ir.Call, func: ir.Attr, path: Path, minus: frozenset[str]) -> Value | None:
    """The result of a method of an object whose class the program doesn't define."""
    catalog, name, base = ev.catalog, func.name, func.base
    place = (node.line, node.column)
    if name in _NUMBERS or name in catalog.clean_methods:
        return CLEAN
    if name in _PARSES:
        return _namespace(ev, frame, node, name, path)
    answer = objects.response_part(ev, frame, base, name, path, place)
    if answer is not None:
        return union([answer, ev.evidence(frame.module).of(ev, frame, number, path, minus)])
    if name in catalog.element_methods and node.args:
        texts = [(position, frame.node(one)) for position, one in enumerate(node.args[:2])]
        if len(node.args) > 1 and _section_like(frame, node) and not isinstance(texts[1][1], ir.Const):
            texts = []  # get(section, option): the option is what counts
        keys = [(position, one.text) for position, one in texts if isinstance(one, ir.Const) and one.text]
        if keys:
            position, key = keys[-1] if len(keys) == 2 and name != "setdefault" and not _defaulted(frame, node) else keys[0]
            return union([_element(ev, frame, node, base, key, node.args[position + 1 :], path, minus), ev.evidence(frame.module).of(ev, frame, number, path, minus)])
        constant = last_name(frame, node.args[0])
        meaning = ev.key_meaning(frame, constant) if constant and constant.isupper() else None
        inner = ev.value(frame, base, ("*", *path), minus)
        return ev.named(frame, constant or "", inner, place, [], meaning) if meaning is not None and not path else inner
    if name in catalog.dump_methods and class_of(frame, base) is not None:
        return objects.dumped(ev, frame, base, path, minus)
    if name in ("sub", "subn"):
        return _substituted(ev, frame, node.args, path)
    if name == "replace" and len(node.args) == 2 and isinstance(base_node := frame.node(node.args[1]), ir.Const) and base_node.masked:
        gone = {taint.kind for taint in ev.value(frame, node.args[0]).taints}
        value = ev.value(frame, base, path, minus)
        return Value(tuple(t for t in value.shown if isinstance(t, Hole) or t.kind not in gone), value.state)
    if name not in catalog.convert_methods:
        return None
    if name == "join":
        return union([ev.value(frame, one) for one in node.args] or [CLEAN])
    if name in ("format", "format_map", "substitute", "safe_substitute"):
        return union([ev.value(frame, base), *_arguments(ev, frame, node)])
    if name in ("pop", "popitem", "popleft"):
        return ev.value(frame, base, ("*", *path), minus)
    if name in _SPLITS:
        return ev.value(frame, base)
    if name in ("json", "text", "read", "result", "raw"):
        return union([ev.value(frame, base, path, minus), ev.evidence(frame.module).of(ev, frame, number, path, minus)])
    return ev.value(frame, base, path, minus)


def _defaulted(frame: Frame, node: ir.Call) -> bool:
    """Whether the second constant of ``get(a, b)`` is a default, not the key in a section."""
    second = frame.node(node.args[1]) if len(node.args) > 1 else None
    return isinstance(second, ir.Const) and (second.text or "").strip() in ("", "-", "None", "N/A", "unknown", "?") or len(node.args) == 2 and not _section_like(frame, node)


def _section_like(frame: Frame, node: ir.Call) -> bool:
    base = frame.node(node.func)
    owner = last_name(frame, base.base) if isinstance(base, ir.Attr) else None
    return owner is not None and owner.lower().strip("_").rpartition("_")[2] in ("conf", "config", "cfg", "cp", "parser", "configparser", "cparser", "configuration", "settings")


def _namespace(ev: Evaluator, frame: Frame, node: ir.Call, name: str, path: Path) -> Value:
    """A namespace of parsed arguments holds what the options of the module name."""
    if name == "parse_known_args" and path:
        if path[0] == "1":
            return UNKNOWN
        path = path[1:] if path[0] == "0" else path
    if path:
        return UNKNOWN
    found: dict[str, Taint] = {}
    for option, line, column in frame.module.summary.options:
        meaning = ev.meaning(frame, option)
        if meaning is not None and meaning.confidence >= Confidence.MEDIUM and meaning.kind not in found:
            place = ev.place(frame, line, column)
            found[meaning.kind] = Taint(meaning.kind, "arguments", meaning.confidence, place, f"the option `{option}` is one of the arguments")
    return Value(tuple(found.values()))


def _by_name(ev: Evaluator, frame: Frame, number: int, node: ir.Call, path: Path, minus: frozenset[str]) -> Value:
    """The result of a function of which only the name is known."""
    name = last_name(frame, node.func) or ""
    uses = ev.evidence(frame.module).of(ev, frame, number, path, minus)
    place = (node.line, node.column)
    if objects.looks_exception(name) and not path:
        return passed(union([UNKNOWN, *_arguments(ev, frame, node)]), carrier="exception")
    if ev.vocabulary.cleans(name):
        return CLEAN
    if path:
        return UNKNOWN
    if ev.vocabulary.looks_up(name) and node.args:
        for one in node.args[1:2] if len(node.args) > 1 and _section_like(frame, node) else node.args[:2]:
            key = frame.node(one)
            text = key.text if isinstance(key, ir.Const) else None
            meaning = ev.meaning(frame, text) if text else None
            constant = last_name(frame, one)
            if meaning is None and constant and constant.isupper():
                meaning = ev.key_meaning(frame, constant)
            if meaning is not None:
                return ev.named(frame, text or constant or "", union([UNKNOWN, uses]), place, [], meaning)
    meaning = ev.vocabulary.result(name)
    if meaning is not None:
        value = _named_result(ev, frame, node, name, ev.vocabulary.about(meaning, frame.module.topics))
        first = frame.node(node.args[0]) if node.args else None
        if isinstance(first, ir.Const) and first.text and first.type == "str":
            # get_secret("REDIS_HOST"): the key says what comes, and it isn't a secret.
            value = weakened(value, Confidence.LOW)
        return union([UNKNOWN, value, uses])
    if ev.vocabulary.builds(name):
        built = [taint for value in _arguments(ev, frame, node) for taint in value.taints if taint.confidence >= Confidence.MEDIUM]
        return union([UNKNOWN, uses, weakened(Value(tuple(built)), Confidence.MEDIUM)])
    if ev.vocabulary.converts(name):
        return union([UNKNOWN, uses, *(weakened(one, Confidence.MEDIUM) for one in _arguments(ev, frame, node)[:2])])
    if name in objects._SENDS and name not in ("get", "open", "call", "query"):
        answer = objects.response_of(ev, frame, node, place)
        if answer is not None:
            return union([answer, uses])
    return union([UNKNOWN, uses])
