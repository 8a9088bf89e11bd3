"""What classes are: enumerations, exceptions, mappings, and those with a generated `repr`."""

from __future__ import annotations

from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.frame import roots
from logguard.static.flow.module import Module
from logguard.static.index import ir
from logguard.static.index.summary import Class, Field

_ENUMS = frozenset({"Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"})
_MAPPINGS = frozenset(
    {"dict", "Dict", "OrderedDict", "UserDict", "defaultdict", "ChainMap", "TypedDict", "Mapping", "MutableMapping"}
)


def is_enum(module: Module, cls: str) -> bool:
    """Whether a class is an enumeration."""
    return any(base.rpartition(".")[2] in _ENUMS for _, one in module.lineage(cls) for base in one.bases)


def is_exception(module: Module, cls: str) -> bool:
    """Whether a class is an exception, by its bases."""
    return any(looks_exception(base) for _, one in module.lineage(cls) for base in one.bases)


def looks_exception(name: str) -> bool:
    """Whether a class is an exception, by its name."""
    return name.rpartition(".")[2].endswith(("Error", "Exception", "Warning", "Fault", "Failure", "Abort"))


def is_mapping(module: Module, cls: str) -> bool:
    """Whether a class is a mapping, by its bases."""
    return any(names_mapping(base) for _, one in module.lineage(cls) for base in one.bases)


def names_mapping(name: str) -> bool:
    """Whether a type is a mapping of the standard library, by its name."""
    return name.rpartition(".")[2] in _MAPPINGS


def generates_repr(ev: Evaluator, module: Module, cls: str) -> bool:
    """Whether a class gets a `repr` that shows its fields."""
    for home, one in module.lineage(cls):
        if one.options.get("repr") is False:
            return False
        names = [home.imported_as(name) for name in one.decorators]
        bases = [home.imported_as(name) for name in one.bases]
        if any(name in ev.catalog.repr_decorators for name in names) or any(
            name in ev.catalog.repr_bases for name in bases
        ):
            return True
    return False


def hidden_in_repr(module: Module, cls: Class, field: Field) -> bool:
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
