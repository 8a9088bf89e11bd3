"""Objects: what their attributes hold, what `repr` and dumps show of them, and what carriers are."""

from __future__ import annotations

from logguard.core.catalog import AttributeEntry
from logguard.core.finding import Confidence
from logguard.core.names import words
from logguard.static.flow.evaluate import NO_KEYS, Evaluator
from logguard.static.flow.evidence import WEB
from logguard.static.flow.program import Frame, Module, last_name, roots
from logguard.static.flow.resolve import Callee, class_named, class_of, dotted_type, is_self, qualified
from logguard.static.flow.values import CLEAN, NONE, UNKNOWN, Hole, Path, State, Taint, Value, passed, union
from logguard.static.index import ir

Owner = tuple[Module, str]
_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_MAPPINGS = frozenset({"dict", "OrderedDict", "UserDict", "defaultdict", "ChainMap", "TypedDict", "MutableMapping"})
_SENDS = frozenset(
    "get post put patch request _request send fetch urlopen _post _get _send call _call api_call make_request do_request _make_request api_request execute_request post_form query open".split()
)
_BODY = frozenset({"text", "json", "content", "body", "data", "read"})
_PAYLOAD = frozenset({"data", "json", "payload", "params", "body", "form", "content"})
_GIVEN = frozenset(
    "credential.password credential.passphrase credential.pin credential.otp credential.refresh_token credential.generic credential.api_key credential.access_token".split()
)


def ruled(ev: Evaluator, frame: Frame, field: str, path: Path, place: tuple[int, int]) -> Value | None:
    """Return what the policy's ``fields`` say of a dotted name, if anything."""
    dotted = ".".join((field, *path))
    if dotted in ev.catalog.harmless_fields:
        return CLEAN
    kind = ev.catalog.fields.get(dotted)
    if kind is None:
        return None
    why = f"the policy says that `{dotted}` holds {ev.title(kind)}"
    return Value((Taint(kind, "", Confidence.HIGH, ev.place(frame, *place), why, True),))


def typed(ev: Evaluator, frame: Frame, types: list[str], path: Path, minus: frozenset[str], place: tuple[int, int]) -> Value | None:
    """Return what shows of a value of an annotated class of the program, or ``None`` where none is named."""
    owner = class_named(frame.module, types)
    if owner is None or types[0] in ("List", "list", "Dict", "dict", "Type", "type", "Sequence", "Iterable", "Callable"):
        return None
    return instance(ev, frame, owner, path, minus)


def instance(ev: Evaluator, frame: Frame, owner: Owner, path: Path, minus: frozenset[str]) -> Value:
    """Return what shows of an object of a class, or of one of its attributes."""
    module, cls = owner
    if path:
        return field_value(ev, owner, path[0], path[1:])
    for method in ("__str__", "__repr__"):
        shown = module.method(cls, method)
        if shown is not None:
            if shown is frame:
                return UNKNOWN
            made = union(ev.value(shown, node) for node in shown.function.returns)
            return passed(Value(made.shown, State.CLEAN), carrier="object")
    if is_enum(module, cls):
        return CLEAN
    if generates_repr(ev, module, cls):
        return all_fields(ev, owner, minus, only_repr=True)
    if _is_mapping(module, cls):
        return union([UNKNOWN, _declared_keys(ev, owner, minus)])
    known = all(base in module.summary.classes or base in ("object", "Generic", "ABC", "abc.ABC") for one in module.classes_of(cls) for base in one.bases)
    return CLEAN if known else UNKNOWN


def is_enum(module: Module, cls: str) -> bool:
    """Whether a class is an enumeration."""
    return any(base.rpartition(".")[2] in _ENUMS for one in module.classes_of(cls) for base in one.bases)


def is_exception(module: Module, cls: str) -> bool:
    """Whether a class is an exception, by its bases."""
    return any(looks_exception(base) for one in module.classes_of(cls) for base in one.bases)


def looks_exception(name: str) -> bool:
    """Whether a class is an exception, by its name."""
    return name.rpartition(".")[2].endswith(("Error", "Exception", "Warning", "Fault", "Failure", "Abort"))


def _is_mapping(module: Module, cls: str) -> bool:
    return any(base.rpartition(".")[2] in _MAPPINGS for one in module.classes_of(cls) for base in one.bases)


def generates_repr(ev: Evaluator, module: Module, cls: str) -> bool:
    """Whether a class gets a `repr` that shows its fields."""
    for one in module.classes_of(cls):
        if one.options.get("repr") is False:
            return False
        names = [dotted_type(module.body, name) for name in one.decorators]
        bases = [dotted_type(module.body, name) for name in one.bases]
        if any(name in ev.catalog.repr_decorators for name in names) or any(name in ev.catalog.repr_bases for name in bases):
            return True
    return False


def all_fields(ev: Evaluator, owner: Owner, minus: frozenset[str], only_repr: bool) -> Value:
    """Return what a rendering of all fields of an object shows; ``only_repr`` leaves out those with ``repr=False``."""
    module, cls = owner
    found: list[Value] = [CLEAN]
    for one in module.classes_of(cls):
        for field in one.fields:
            if field.name in minus or (only_repr and _hidden_in_repr(module, one, field)):
                continue
            value = field_value(ev, owner, field.name, ())
            named = ev.named(module.body, field.name, value, (field.line, field.column), field.types)
            found.append(passed(named, carrier="object"))
    if not only_repr:
        for name, stores in module.attribute_stores.items():
            if name in minus or not any(frame.function.cls == cls and is_self(frame, base) for frame, base, _ in stores):
                continue
            value = field_value(ev, owner, name, ())
            frame, _, number = stores[0]
            node = frame.node(number)
            line, column = (node.line, node.column) if isinstance(node, ir.Bind | ir.Attr | ir.Call) else (frame.function.line, 0)
            found.append(passed(ev.named(frame, name, value, (line, column), []), carrier="object"))
    return union(found)


def _hidden_in_repr(module: Module, cls: ir.Class, field: ir.Field) -> bool:
    if "ClassVar" in field.types:
        return True
    body = module.frames.get(f"{cls.name}.<class>")
    if body is None or field.value < 0:
        return False
    for root in roots(body, field.value):
        node = body.node(root)
        if isinstance(node, ir.Call):
            for name, value in node.kwargs:
                given = body.node(value)
                if name == "repr" and isinstance(given, ir.Const) and given.type == "bool" and given.text == "False":
                    return True
    return False


def _declared_keys(ev: Evaluator, owner: Owner, minus: frozenset[str]) -> Value:
    """A mapping class whose body lists its keys holds what they name."""
    module, cls = owner
    found: dict[str, Taint] = {}
    for one in module.classes_of(cls):
        body = module.frames.get(f"{one.name}.<class>")
        for node in body.function.nodes if body else ():
            if isinstance(node, ir.Const) and node.text and node.text not in minus:
                meaning = ev.meaning(module.body, node.text)
                if meaning and meaning.confidence is Confidence.HIGH and meaning.kind not in found:
                    place = ev.place(module.body, one.line, 0)
                    found[meaning.kind] = Taint(meaning.kind, "object", Confidence.MEDIUM, place, f"`{one.name}` has the key `{node.text}`")
    return Value(tuple(found.values()))


def field_value(ev: Evaluator, owner: Owner, name: str, rest: Path) -> Value:
    """Return what an attribute of an object of a class holds, by all that is stored in it."""
    module, cls = owner
    prefix = module.summary.module
    getter = module.method(cls, name)
    if getter is not None:
        if any(word.rpartition(".")[2] in ("property", "cached_property", "hybrid_property") for word in getter.function.decorators):
            declared = ruled(ev, getter, f"{prefix}.{cls}.{name}", (), (getter.function.line, 0))
            return declared or union([ev.value(getter, node, rest) for node in getter.function.returns] or [UNKNOWN])
        return CLEAN
    found: list[Value] = []
    family = {one.name for one in module.classes_of(cls)} | {one.name for one in module.heirs_of(cls)}
    for one in module.classes_of(cls):
        declared = ruled(ev, module.body, f"{prefix}.{one.name}.{name}", rest, (one.line, 0))
        if declared is not None:
            return declared
        for field in one.fields:
            if field.name != name:
                continue
            said = ev.declared(module.body, field.types, (field.line, field.column)) if not rest else None
            if said is not None:
                return said
            body = module.frames.get(f"{one.name}.<class>")
            if body is not None and field.value >= 0 and not generates_repr(ev, module, cls):
                found.append(ev.value(body, field.value, rest))
    for frame, base, value in module.attribute_stores.get(name, ()):
        if frame.function.cls in family and is_self(frame, base):
            found.append(ev.value(frame, value, rest))
    whole = union(found)
    return Value(whole.shown, State.UNKNOWN) if whole.state is State.NONE else whole


def dumped(ev: Evaluator, frame: Frame, number: int, path: Path, minus: frozenset[str]) -> Value:
    """Return what ``vars``, ``asdict``, ``model_dump`` and ``__dict__`` show of a node's object."""
    owner = class_of(frame, number)
    if owner is None:
        return ev.value(frame, number, path, minus)
    if path and path[0] != "*":
        return ev.value(frame, number, path)
    own = Callee(owner[0].method(owner[1], "__init__"), owner, True)
    value = all_fields(ev, owner, minus, only_repr=False)
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, ir.Call):
            return filled(ev, frame, node, own, value)
    return value


def attribute(ev: Evaluator, frame: Frame, node: ir.Attr, path: Path, minus: frozenset[str]) -> tuple[Value, list[str], bool] | None:
    """Return (what it holds, its types, whether that decides) for an attribute of a known class."""
    owner = class_of(frame, node.base)
    if owner is None:
        return None
    module, cls = owner
    for one in module.classes_of(cls):
        declared = ruled(ev, frame, f"{module.summary.module}.{one.name}.{node.name}", path, (node.line, node.column))
        if declared is not None:
            return declared, [], True
    types = next((field.types for one in module.classes_of(cls) for field in one.fields if field.name == node.name), [])
    if is_enum(module, cls):
        return CLEAN, [], True
    return ev.value(frame, node.base, (node.name, *path), minus), types, False


def carrier_attribute(ev: Evaluator, frame: Frame, node: ir.Attr, place: tuple[int, int]) -> Value | None:
    """Return the carrier that an attribute is by its name and the name of its object: ``request.headers``."""
    row: AttributeEntry | None = ev.catalog.attributes.get(node.name)
    if row is None:
        return None
    base = last_name(frame, node.base) or _result_name(frame, node.base) or ("self" if is_self(frame, node.base) else "")
    parameter = frame.node(node.base)
    if isinstance(parameter, ir.Param):
        base = frame.function.params[parameter.index].name
    found = words(base)
    if row.of and not (found and (found[-1] in row.of or found[0] in row.of)):
        return None
    confidence = {"low": Confidence.LOW, "medium": Confidence.MEDIUM, "high": Confidence.HIGH}[row.confidence]
    if not frame.module.topics & WEB and found[-1:] not in (("request",), ("req",)):
        confidence = Confidence.LOW
    why = f"`.{node.name}` is {row.note}"
    return Value((Taint(row.kind, row.carrier, confidence, ev.place(frame, *place), why),))


def _result_name(frame: Frame, number: int) -> str | None:
    node = frame.node(number)
    return last_name(frame, node.func) if isinstance(node, ir.Call) else None


def response_part(ev: Evaluator, frame: Frame, base: int, name: str, path: Path, place: tuple[int, int]) -> Value | None:
    """Return what the body of a response shows, if the request asked for credentials."""
    if name not in _BODY or path:
        return None
    for root in roots(frame, base):
        node = frame.node(root)
        if isinstance(node, ir.Call) and _sends(ev, frame, node):
            return response_of(ev, frame, node, place)
    return None


def _sends(ev: Evaluator, frame: Frame, call: ir.Call) -> bool:
    dotted = qualified(frame, call.func)
    return dotted in ev.catalog.http or (last_name(frame, call.func) in _SENDS and len(call.args) + len(call.kwargs) > 0)


def response_of(ev: Evaluator, frame: Frame, call: ir.Call, place: tuple[int, int]) -> Value | None:
    """Return the credentials in the answer to a request, where address, payload or function say that it has some."""
    why = asks_for_credentials(ev, frame, call)
    if why is None:
        return None
    return Value((Taint("credential.access_token", "body", Confidence.MEDIUM, ev.place(frame, *place), why),))


def asks_for_credentials(ev: Evaluator, frame: Frame, call: ir.Call) -> str | None:
    """Return why a request's answer holds credentials, or ``None``."""
    function = frame.function.name.rpartition(".")[2]
    result = ev.vocabulary.result(function)
    if result is not None and result.kind in ("credential.access_token", "credential.refresh_token"):
        return f"it is the answer to a request in `{function}`"
    address = call.args[:2] + [value for name, value in call.kwargs if name in ("url", "path", "endpoint")]
    for number in address:
        for text in _texts(frame, number, 0):
            if ev.vocabulary.signs_in(text):
                return "it is the answer of an address that hands out credentials"
    if ev.vocabulary.signs_in(function):
        return f"it is the answer to a request in `{function}`"
    for name, value in [("", one) for one in call.args[1:]] + call.kwargs:
        if name and name not in _PAYLOAD:
            continue
        given = [taint for taint in ev.value(frame, value).taints if taint.kind in ("credential.password", "credential.pin", "credential.otp", "credential.refresh_token")]
        if given:
            return f"it is the answer to a request that hands over {ev.title(given[0].kind)}"
    return None


def _texts(frame: Frame, number: int, depth: int) -> list[str]:
    """Return the constant words of an address: its literals, and the names of its parts."""
    node = frame.node(number)
    if depth > 4:
        return []
    if isinstance(node, ir.Const):
        return [node.text] if node.text and "/" in node.text else []
    if isinstance(node, ir.Template):
        return [node.words]
    if isinstance(node, ir.Text):
        return [text for part in node.parts for text in _texts(frame, part, depth + 1)]
    if isinstance(node, ir.Bind):
        named = [node.name] if words(node.name)[-1:] in (("url",), ("uri",), ("endpoint",)) else []
        return named + _texts(frame, node.value, depth + 1)
    if isinstance(node, ir.Attr | ir.Free):
        return [node.name] if words(node.name)[-1:] in (("url",), ("uri",), ("endpoint",)) else []
    if isinstance(node, ir.Join):
        return [text for value in node.values for text in _texts(frame, value, depth + 1)]
    return []


def filled(ev: Evaluator, frame: Frame, call: ir.Call, callee: Callee, value: Value, shift: int = 0) -> Value:
    """Return a callee's value with its parameters replaced by what this call hands over."""
    if callee.frame is None or not value.holes:
        return value
    parts = [Value(value.taints, value.state)]
    for hole in value.holes:
        if hole.function != callee.frame.key:
            parts.append(Value((hole,), State.UNKNOWN))
            continue
        given = argument(ev, frame, call, callee, hole, shift)
        given = passed(given, ev.mark(frame, call.line, call.column, f"through `{callee.frame.function.name.rpartition('.')[2]}`"), hole.carrier or None)
        parts.append(given)
    made = union(parts)
    return Value(made.shown, max(made.state, value.state) if made.shown else made.state)


def argument(ev: Evaluator, frame: Frame, call: ir.Call, callee: Callee, hole: Hole, shift: int = 0) -> Value:
    """Return what a call hands over for the part of a parameter that a hole names."""
    if callee.frame is None:
        return UNKNOWN
    params = callee.frame.function.params
    parameter = params[hole.index]
    offset = 1 if callee.bound else 0
    positional = call.args[shift:] if shift >= 0 else []
    path, minus = hole.path, hole.minus
    if shift < 0:
        return _thread_arguments(ev, frame, call, hole, offset)
    if parameter.form == "*":
        extra = positional[max(0, hole.index - offset) :]
        if path and path[0].isdigit():
            number = int(path[0])
            return ev.value(frame, extra[number], path[1:]) if number < len(extra) else UNKNOWN
        rest = path[1:] if path else ()
        return union([ev.value(frame, one, rest) for one in extra] + [ev.value(frame, star, path) for star in call.stars])
    if parameter.form == "**":
        taken = {other.name for other in params if other.form in ("any", "keyword")}
        extra_kwargs = [(name, one) for name, one in call.kwargs if name not in taken]
        made = ir.Group("dict", extra_kwargs, [], call.doubles)
        from logguard.static.flow.nodes import group

        return group(ev, frame, -1, made, path, minus) if extra_kwargs or call.doubles else NONE
    position = hole.index - offset
    if parameter.form == "any" and 0 <= position < len(positional):
        return ev.value(frame, positional[position], path, minus)
    for name, one in call.kwargs:
        if name == parameter.name:
            return ev.value(frame, one, path, minus)
    spread = [ev.value(frame, star, ("*", *path)) for star in call.stars]
    spread += [ev.value(frame, double, (parameter.name, *path)) for double in call.doubles]
    return union(spread) if spread else NONE


def _thread_arguments(ev: Evaluator, frame: Frame, call: ir.Call, hole: Hole, offset: int) -> Value:
    """``Thread(target=f, args=(x,), kwargs={…})``."""
    given = dict(call.kwargs)
    if "args" in given:
        return ev.value(frame, given["args"], (str(hole.index - offset), *hole.path))
    return UNKNOWN


__all__ = ["NO_KEYS"]
