"""What the index keeps of a file: its functions as nodes, its classes, and what it is about."""

from __future__ import annotations

import msgspec

from logguard.static.index.ir import AnyNode


class Parameter(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A parameter's name, the dotted names in its annotation, and how it takes arguments."""

    name: str
    types: list[str]
    form: str
    """``any``, ``keyword``, ``*`` or ``**``."""
    default: int = -1
    """Node of the default in the enclosing scope, or -1."""
    line: int = 0
    column: int = 0


class LogSite(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A call that may be a log call: what is called is decided in the next stage."""

    call: int
    """The call's node."""
    line: int
    """First line of the statement."""
    end_line: int
    """Last line of the statement, inclusive."""
    caught: int = -1
    """The node of the exception being handled around the call, or -1."""
    suspect: bool = False
    """Whether a literal in the call is worth a look by the detectors."""
    failed: bool = False
    """Whether the call stands in a branch for what went wrong: ``if answer.status != 200:``."""


class Function(msgspec.Struct, array_like=True):
    """A function (or the body of a module or class) as nodes."""

    name: str
    """Qualified name within the module; the module's own body is the empty string."""
    parent: str | None
    """The enclosing scope's qualified name."""
    cls: str | None
    """The class whose method this is."""
    params: list[Parameter]
    decorators: list[str]
    line: int
    nodes: list[AnyNode] = []
    returns: list[int] = []
    raises: list[tuple[int, int]] = []
    """(node raised, number of nodes before it)."""
    logs: list[LogSite] = []
    stores: list[tuple[int, str, int]] = []
    """(base node, attribute, value node) of attribute assignments."""
    scope: dict[str, int] = {}
    """What each name holds at the end."""
    global_stores: list[tuple[str, int]] = []
    """(name, node) of assignments to names declared global or nonlocal."""
    stub: bool = False
    """Whether it is only declared, for others to implement: nothing but a docstring, ``...`` or NotImplementedError."""


class Field(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A field that a class declares in its body."""

    name: str
    types: list[str]
    value: int
    """Node of its default in the class body, or -1."""
    line: int
    column: int


class Class(msgspec.Struct, array_like=True):
    """A class: what it inherits, declares and defines."""

    name: str
    bases: list[str]
    decorators: list[str]
    fields: list[Field]
    methods: dict[str, str]
    """Method name to qualified function name."""
    line: int
    options: dict[str, bool] = {}
    """Constant keywords of the class and its decorators, such as ``repr``."""


class ModuleSummary(msgspec.Struct, array_like=True):
    """All that later stages need to know of a file."""

    module: str
    path: str
    functions: dict[str, Function]
    classes: dict[str, Class]
    topics: list[str]
    """Words of the path and the imports: what the module is about."""
    options: list[tuple[str, int, int]] = []
    """(name, line, column) of the command-line options that it declares."""
    lines: int = 0
    stars: list[str] = []
    """Modules of which all names are imported."""
    words: frozenset[str] = frozenset()
    """Last words of the calls in it, and of what they hand over."""
    aliases: list[str] = []
    """Other dotted names under which it can be imported, by its place below the root."""
    noted: bool = False
    """Whether a comment of ours may be in it."""


def decoded(data: bytes) -> ModuleSummary:
    """Return a summary from msgpack; raises ``msgspec.DecodeError`` or ``ValidationError`` where it is none."""
    return msgspec.msgpack.decode(data, type=ModuleSummary)
