"""The catalog: what shipped tables and the policy say about libraries, one file a library."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, Protocol, TypeVar

import msgspec

from logguard.core.finding import Channel
from logguard.core.policy import Policy
from logguard.core.tables import FOLDER, parse

Carrier = Literal["", "headers", "body", "environment", "arguments", "object", "exception", "url", "mask", "literal"]
"""What sort of whole was logged; decides between the rules LGD106, 107 and 2xx."""

_POLICY = "the policy"
"""The origin of what the policy declares."""


class SourceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A function that returns, or an attribute that holds, something sensitive; by full dotted name."""

    name: str
    kind: str
    origin: str
    carrier: Carrier = ""
    confidence: Literal["low", "medium", "high"] = "high"
    note: str = ""
    when: str = ""
    """A keyword argument that must be given for it, with its value: ``hide_input=True``, or any: ``basic_auth``."""


class ResultEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Methods that return something sensitive, of any object whose name has one of the words ``of``."""

    names: list[str]
    kind: str
    origin: str
    carrier: Carrier = ""
    confidence: Literal["low", "medium", "high"] = "medium"
    of: list[str] = []
    note: str = ""
    when: str = ""
    """As in a source."""
    within: list[str] = []
    """Words of a module's path and imports; it is true only where there is one of them."""


class AttributeEntry(ResultEntry, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An attribute that holds something sensitive on any object whose name has one of the words ``of``."""

    doubtful_of: list[str] = []
    """Words of the names of objects in which it hardly holds any: the headers of an answer."""
    unless: list[str] = []
    """Words of a module's path in which it does all the same."""

    def doubtful(self, found: Iterable[str], path: frozenset[str]) -> bool:
        """Whether words of names say that it hardly holds any, in a module with these words in its path."""
        return not set(found).isdisjoint(self.doubtful_of) and path.isdisjoint(self.unless)


class MaskedEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Attributes of objects whose name has one of the words ``of``, in which a library masks what is secret."""

    names: list[str]
    of: list[str]
    within: list[str]
    """Words of a module's path and imports, one of which it must have."""
    origin: str


class TypeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Types of annotations, or of fields that are declared by a call, whose values are of a kind."""

    names: list[str]
    kind: str
    origin: str
    carrier: Carrier = ""
    confidence: Literal["low", "medium", "high"] = "high"


class EchoEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Functions, or methods of objects with one of the words ``of``, that show arguments in a result or an exception.

    With ``"*"`` in ``of`` the object may have any name.
    """

    names: list[str]
    shows: list[str | int]
    """Positions and names of the arguments."""
    origin: str
    of: list[str] = []
    raises: list[str] = []
    """Exceptions that show them; where empty, the result does."""
    holds: list[str] = []
    """Attributes of the exception that hold them too."""
    made_by: list[str] = []
    """Calls whose arguments are meant: those that made the object that this is a method of."""
    attribute: bool = False
    """Whether the names are attributes of what the calls ``made_by`` return, not methods."""
    when: str = ""
    """As in a source."""
    within: list[str] = []
    """Words of a module's path and imports; it is true only where there is one of them."""


class SinkEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A function that prints or sends its arguments; by full dotted name."""

    name: str
    channel: Channel
    origin: str
    message: int = 0
    slots: list[str | int] = []
    """Which arguments are shown; all where empty."""


class MethodEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A method of loggers (or of objects whose name has one of the words ``of``) that logs its arguments."""

    names: list[str]
    origin: str
    message: int = 0
    """Position of the first argument that is shown."""
    exception: bool = False
    """Whether it logs the exception being handled."""
    of: list[str] = []
    channel: Channel = "log"


class LoggerEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How loggers of a library come about, and what they leave out of the record."""

    origin: str
    factories: list[str] = []
    objects: list[str] = []
    types: list[str] = []
    binders: list[str] = []
    """Methods that return a logger with their arguments bound to it."""
    control: list[str] = []
    """Keyword arguments that are not shown."""


class DelegateEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Methods of a library's class that hand their arguments on to another one, which heirs may override."""

    types: list[str]
    """The class, by its full dotted names."""
    names: list[str]
    to: str
    """The method that they call."""
    ahead: int
    """How many of its parameters they fill in themselves before they hand on the arguments."""
    origin: str


class Entries(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One file of the catalog."""

    library: str
    origin: str
    """Where its lists come from, as each row says of itself: pages of the documentation, or files of the source."""
    source: list[SourceEntry] = []
    attribute: list[AttributeEntry] = []
    result: list[ResultEntry] = []
    echo: list[EchoEntry] = []
    type: list[TypeEntry] = []
    delegate: list[DelegateEntry] = []
    sink: list[SinkEntry] = []
    method: list[MethodEntry] = []
    logger: list[LoggerEntry] = []
    clean: list[str] = []
    """Functions whose result tells nothing of their arguments."""
    convert: list[str] = []
    """Functions whose result shows their arguments."""
    clean_methods: list[str] = []
    masked_attribute: list[MaskedEntry] = []
    number_methods: list[str] = []
    """Methods that return a number; whose results have entries, they are methods of something else."""
    convert_methods: list[str] = []
    """Methods whose result shows the object that they are called on."""
    unwrap_methods: list[str] = []
    """Methods that take a secret out of a type that hides it."""
    element_methods: list[str] = []
    """Methods that return what is stored under their first argument."""
    clean_types: list[str] = []
    """Types whose text shows nothing of what they hold."""
    number_types: list[str] = []
    section_types: list[str] = []
    """Types whose ``get`` takes a section first, and then the name of the entry."""
    repr_decorators: list[str] = []
    """Class decorators that generate a `repr` with all fields."""
    repr_bases: list[str] = []
    """Base classes that do."""
    dump_methods: list[str] = []
    """Methods that return all fields of such an object."""
    dump_functions: list[str] = []
    http: list[str] = []
    """Functions that send a request and return the response."""
    message_modules: list[str] = []
    """How names of modules end whose classes show all attributes that are set."""
    path_functions: list[str] = []
    """Functions whose first argument is the path of a file."""
    request_keys: list[str] = []
    """How keys begin that only the mapping of a whole request has, headers and all."""
    address_functions: list[str] = []
    """Functions whose first argument is an address that has the password in it where there is one."""


class Catalog:
    """All entries, and those of one policy, by name."""

    def __init__(self, policy: Policy) -> None:
        files = shipped()
        self.sources = {row.name: row for file in files for row in file.source}
        for own in policy.source:
            self.sources[own.function] = SourceEntry(own.function, own.kind, _POLICY, note="declared by the policy")
        self.attributes = _by_name(row for file in files for row in file.attribute)
        self.masked = _by_name(row for file in files for row in file.masked_attribute)
        self.results = _by_name(row for file in files for row in file.result)
        self.echoes = _by_name(row for file in files for row in file.echo)
        self.echo_names = frozenset(name.rpartition(".")[2] for name in self.echoes)
        """Last words of the calls that show arguments."""
        self.sinks = {row.name: row for file in files for row in file.sink}
        self.own_sinks = tuple(sink.function for sink in policy.sink)
        for sink in policy.sink:
            self.sinks[sink.function] = SinkEntry(sink.function, "log", _POLICY, slots=sink.slots)
        self.sink_names = frozenset(
            name.rpartition(".")[2]
            for file in files
            for name in (*(row.name for row in file.sink), *(name for row in file.method for name in row.names))
        )
        """Last words of all calls that may log."""
        self.methods = _by_name(row for file in files for row in file.method)
        self.factories = frozenset(n for f in files for row in f.logger for n in row.factories)
        self.logger_objects = frozenset(n for f in files for row in f.logger for n in row.objects)
        self.logger_types = frozenset(n for f in files for row in f.logger for n in row.types)
        self.binders = frozenset(n for f in files for row in f.logger for n in row.binders)
        self.control = frozenset(n for f in files for row in f.logger for n in row.control)
        self.clean = frozenset(n for f in files for n in f.clean)
        self.convert = frozenset(n for f in files for n in f.convert)
        self.clean_methods = frozenset(n for f in files for n in f.clean_methods)
        self.number_methods = frozenset(n for f in files for n in f.number_methods)
        self.convert_methods = frozenset(n for f in files for n in f.convert_methods)
        self.unwrap_methods = frozenset(n for f in files for n in f.unwrap_methods)
        self.element_methods = frozenset(n for f in files for n in f.element_methods)
        self.clean_types = frozenset(n for f in files for n in f.clean_types)
        self.section_types = frozenset(n for f in files for n in f.section_types)
        self.number_types = frozenset(n for f in files for n in f.number_types)
        self.types = {name: row for file in files for row in file.type for name in row.names}
        self.repr_decorators = frozenset(n for f in files for n in f.repr_decorators)
        self.repr_bases = frozenset(n for f in files for n in f.repr_bases)
        self.dump_methods = frozenset(n for f in files for n in f.dump_methods)
        self.dump_functions = frozenset(n for f in files for n in f.dump_functions)
        self.http = frozenset(n for f in files for n in f.http)
        self.delegates = tuple(row for f in files for row in f.delegate)
        self.message_modules = tuple(n for f in files for n in f.message_modules)
        self.path_functions = frozenset(n for f in files for n in f.path_functions)
        self.request_keys = tuple(n for f in files for n in f.request_keys)
        self.address_functions = frozenset(n for f in files for n in f.address_functions)
        self.sanitizers = {row.function: frozenset(row.cleans) for row in policy.sanitizer}
        self.fields = dict(policy.fields)
        self.harmless_fields = frozenset(policy.not_sensitive.fields)


def holds_within(row: ResultEntry | EchoEntry, topics: frozenset[str]) -> bool:
    """Whether a row is true in a module about these topics."""
    return not row.within or not topics.isdisjoint(row.within)


class _Named(Protocol):
    @property
    def names(self) -> list[str]: ...


_Row = TypeVar("_Row", bound=_Named)


def _by_name(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        for name in row.names:
            found.setdefault(name, []).append(row)
    return found


@lru_cache(maxsize=1)
def shipped() -> list[Entries]:
    """Return the tables that come with logguard, one a library."""
    tables = sorted(path for path in (FOLDER / "catalog").glob("*.toml") if path.name != "names.toml")
    return [msgspec.convert(parse(path.read_text(encoding="utf-8")), Entries) for path in tables]
