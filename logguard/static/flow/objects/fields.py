"""What objects show, and what their attributes hold."""

from __future__ import annotations

from logguard.core.finding import Confidence
from logguard.core.kinds import title
from logguard.core.names import words
from logguard.static.flow.evaluate import NO_KEYS, Evaluator
from logguard.static.flow.frame import Frame, last_name, root_of, roots
from logguard.static.flow.module import Module
from logguard.static.flow.naming import qualified
from logguard.static.flow.objects.arguments import filled
from logguard.static.flow.objects.carriers import with_headers
from logguard.static.flow.objects.classes import generates_repr, hidden_in_repr, is_enum, is_mapping
from logguard.static.flow.objects.owner import Owner
from logguard.static.flow.resolve import Callee, class_named, class_of, is_self
from logguard.static.flow.values import CLEAN, UNKNOWN, Path, State, Taint, Value, is_unknown, passed, union
from logguard.static.habits import habits
from logguard.static.index import ir
from logguard.static.index.summary import Class, Field

_PROPERTIES = ("property", "cached_property", "hybrid_property")
_CONTAINERS = frozenset(
    {"List", "list", "Dict", "dict", "Sequence", "Iterable", "Set", "set", "Tuple", "tuple", "Mapping"}
)


def ruled(ev: Evaluator, frame: Frame, field: str, path: Path, place: tuple[int, int]) -> Value | None:
    """Return what the policy's ``fields`` say of a dotted name, if anything."""
    dotted = ".".join((field, *path))
    if dotted in ev.catalog.harmless_fields:
        return CLEAN
    kind = ev.catalog.fields.get(dotted)
    if kind is None:
        return None
    why = f"the policy says that `{dotted}` holds {title(kind)}"
    return Value((Taint(kind, "", Confidence.HIGH, ev.place(frame, *place), why, True),))


def typed(ev: Evaluator, frame: Frame, types: list[str], path: Path, minus: frozenset[str]) -> Value | None:
    """Return what shows of a value of an annotated class of the program, or ``None`` where none is named."""
    owner = class_named(frame.module, types)
    if owner is None or types[0].rpartition(".")[2] in ("Type", "type", "Callable", "Literal"):
        return None
    if types[0].rpartition(".")[2] in _CONTAINERS:
        # Whatever the element or key: the text of the container is that of its elements.
        path, minus = path[1:], frozenset()
    whole = instance(ev, frame, owner, path, minus)
    return union([whole, UNKNOWN]) if _may_be_another(frame, types) else whole


def _may_be_another(frame: Frame, types: list[str]) -> bool:
    """Whether a value of an annotated class may as well be something else: ``Union[Mapping[str, str], NotGiven]``."""
    others = (name for name in types[1:] if name not in ("None", "Union") and frame.module.owner(name) is None)
    return types[0].rpartition(".")[2] == "Union" and any(others)


def instance(ev: Evaluator, frame: Frame, owner: Owner, path: Path, minus: frozenset[str]) -> Value:
    """Return what shows of an object of a class, or of one of its attributes."""
    module, cls = owner
    if path:
        return field_value(ev, owner, path[0], path[1:], minus)
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
    if is_mapping(module, cls):
        return union([UNKNOWN, declared_keys(ev, owner, minus)])
    known = all(
        home.owner(base) is not None or base in ("object", "Generic", "ABC", "abc.ABC")
        for home, one in module.lineage(cls)
        for base in one.bases
    )
    return CLEAN if known else UNKNOWN


def all_fields(ev: Evaluator, owner: Owner, minus: frozenset[str], only_repr: bool) -> Value:
    """Return what a rendering of all fields of an object shows; ``only_repr`` leaves out those with ``repr=False``."""
    return ev.render(owner, lambda: _all_fields(ev, owner, minus, only_repr))


def _all_fields(ev: Evaluator, owner: Owner, minus: frozenset[str], only_repr: bool) -> Value:
    module, cls = owner
    found: list[Value] = [CLEAN]
    for home, one in module.lineage(cls):
        for field in one.fields:
            if field.name in minus or (only_repr and hidden_in_repr(home, one, field)):
                continue
            value = field_value(ev, owner, field.name, ())
            place = (field.line, field.column)
            named = ev.named(home.body, field.name, value, place, field.types)
            if not habits().requests.isdisjoint(words(one.name)):
                named = with_headers(ev, home.body, field.name, named, place)
            found.append(passed(named, carrier="object"))
    if not only_repr:
        for name, (frame, number) in _stored(module, cls).items():
            if name in minus:
                continue
            value = field_value(ev, owner, name, ())
            node = frame.node(number)
            line, column = (
                (node.line, node.column) if isinstance(node, (ir.Bind, ir.Attr, ir.Call)) else (frame.function.line, 0)
            )
            found.append(passed(ev.named(frame, name, value, (line, column), []), carrier="object"))
    # Of a large object, what surely is sensitive comes first: a value doesn't show everything.
    return union(sorted(found, key=_surest, reverse=True))


def _surest(value: Value) -> Confidence:
    return max((taint.confidence for taint in value.taints), default=Confidence.LOW)


def _stored(module: Module, cls: str) -> dict[str, tuple[Frame, int]]:
    """Return the attributes that methods of a class and its bases set, each with the first assignment."""
    found: dict[str, tuple[Frame, int]] = {}
    for home, one in module.lineage(cls):
        for name, stores in home.attribute_stores.items():
            for frame, base, value in stores:
                if name not in found and frame.function.cls == one.name and is_self(frame, base):
                    found[name] = (frame, value)
    return found


def declared_keys(ev: Evaluator, owner: Owner, minus: frozenset[str]) -> Value:
    """A mapping class holds what the keys name that its body lists, or the body of a class that inherits from it."""
    module, cls = owner
    found: dict[str, Taint] = {}
    for home, one in [*module.lineage(cls), *module.program.heirs(module, cls)]:
        body = home.frames.get(f"{one.name}.<class>")
        for node in body.function.nodes if body else ():
            if isinstance(node, ir.Const) and node.text and node.text not in minus:
                meaning = ev.meaning(home.body, node.text)
                if meaning and meaning.confidence is Confidence.HIGH and meaning.kind not in found:
                    place = ev.place(home.body, one.line, 0)
                    found[meaning.kind] = Taint(
                        meaning.kind, "object", Confidence.MEDIUM, place, f"`{one.name}` has the key `{node.text}`"
                    )
    return Value(tuple(found.values()))


def field_value(ev: Evaluator, owner: Owner, name: str, rest: Path, minus: frozenset[str] = NO_KEYS) -> Value:
    """Return what an attribute of an object of a class holds, by all that is stored in it."""
    module, cls = owner
    getter = module.method(cls, name)
    if getter is not None:
        if any(word.rpartition(".")[2] in _PROPERTIES for word in getter.function.decorators):
            declared = ruled(ev, getter, getter.name, (), (getter.function.line, 0))
            return declared or _got(ev, getter, rest, minus)
        return CLEAN
    found: list[Value] = []
    for home, one in module.lineage(cls):
        declared = ruled(ev, home.body, f"{home.summary.module}.{one.name}.{name}", rest, (one.line, 0))
        if declared is not None:
            return declared
        for field in one.fields:
            if field.name != name:
                continue
            body = home.frames.get(f"{one.name}.<class>")
            types = field.types or _made_as(ev, body, field)
            said = ev.declared(home.body, types, (field.line, field.column)) if not rest else None
            if said is not None:
                return said
            if body is not None and field.value >= 0 and not generates_repr(ev, module, cls):
                getter = _getter(body, one, field)
                found.append(
                    _got(ev, getter, rest, minus) if getter is not None else ev.value(body, field.value, rest, minus)
                )
    for frame, base, value in module.program.self_stores(module, cls, name):
        if is_self(frame, base):
            found.append(ev.value(frame, value, rest, minus))
    if not found and not rest:
        for home, one in module.lineage(cls):
            for field in one.fields:
                held = typed(ev, home.body, field.types, (), minus) if field.name == name else None
                if held is not None and field.types[0] not in (cls, one.name):
                    return held
    whole = union(found)
    return Value(whole.shown, State.UNKNOWN) if whole.state is State.NONE else whole


def _got(ev: Evaluator, getter: Frame, rest: Path, minus: frozenset[str]) -> Value:
    return union([ev.value(getter, node, rest, minus) for node in getter.function.returns] or [UNKNOWN])


def _getter(body: Frame, cls: Class, field: Field) -> Frame | None:
    """Return the method behind ``text = property(get_text)``."""
    node = body.node(root_of(body, field.value))
    if not isinstance(node, ir.Call) or not node.args or qualified(body, node.func) != "property":
        return None
    return body.module.frames.get(cls.methods.get(last_name(body, node.args[0]) or "", ""))


def _made_as(ev: Evaluator, body: Frame | None, field: Field) -> list[str]:
    """Return the type that a call declares: ``contact = models.EmailField()``."""
    node = body.node(root_of(body, field.value)) if body is not None and field.value >= 0 else None
    name = last_name(body, node.func) if body is not None and isinstance(node, ir.Call) else None
    return [name] if name in ev.catalog.types else []


def dumped(ev: Evaluator, frame: Frame, number: int, path: Path, minus: frozenset[str]) -> Value:
    """Return what ``vars``, ``asdict``, ``model_dump`` and ``__dict__`` show of a node's object."""
    owner = class_of(frame, number)
    if owner is None:
        return ev.value(frame, number, path, minus)
    if path and not is_unknown(path[0]):
        return ev.value(frame, number, path)
    own = Callee(owner[0].method(owner[1], "__init__"), owner, True)
    value = all_fields(ev, owner, minus, only_repr=False)
    for root in roots(frame, number):
        node = frame.node(root)
        if isinstance(node, ir.Call):
            return filled(ev, frame, node, own, value)
    return value


def attribute(
    ev: Evaluator, frame: Frame, node: ir.Attr, path: Path, minus: frozenset[str]
) -> tuple[Value, list[str], bool] | None:
    """Return (what it holds, its types, whether that decides) for an attribute of a known class."""
    owner = class_of(frame, node.base)
    if owner is None:
        return None
    module, cls = owner
    for home, one in module.lineage(cls):
        declared = ruled(ev, frame, f"{home.summary.module}.{one.name}.{node.name}", path, (node.line, node.column))
        if declared is not None:
            return declared, [], True
    types = next((field.types for _, one in module.lineage(cls) for field in one.fields if field.name == node.name), [])
    if is_enum(module, cls):
        return CLEAN, [], True
    return ev.value(frame, node.base, (node.name, *path), minus), types, False
