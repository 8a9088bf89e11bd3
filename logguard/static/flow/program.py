"""The program under analysis: modules that are linked, and who calls whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from logguard.core.names import words
from logguard.static.flow.frame import HANDED_AS, NUMBER, CallSite, Frame, handed_function, last_name, roots
from logguard.static.flow.values import Place
from logguard.static.index.ir import AnyNode, Attr, Call, Class, ClassRef, Free, FuncRef, Imported, ModuleSummary

Home = tuple["Module", Class]
"""A class with the module that defines it."""


class Module:
    """A module with what is derived from its summary when it is asked for."""

    def __init__(self, summary: ModuleSummary) -> None:
        self.summary = summary
        self.frames = {name: Frame(self, function) for name, function in summary.functions.items()}
        self.topics = frozenset(summary.topics)
        """Words of its path and imports: what it is about."""
        parts = summary.module.split(".")
        self.path_words = frozenset(word for part in parts for word in (*words(part), part.lower()))
        self._lineages: dict[str, tuple[Home, ...]] = {}
        self._owners: dict[str, tuple[Module, str] | None] = {}

    @cached_property
    def program(self) -> Program:
        """The modules that it is linked with; a program sets it when it is made."""
        return Program([self])

    @property
    def body(self) -> Frame:
        """The module's own body."""
        return self.frames[""]

    @cached_property
    def global_stores(self) -> dict[str, list[tuple[Frame, int]]]:
        """Assignments from within functions to names of the module or an enclosing function."""
        found: dict[str, list[tuple[Frame, int]]] = {}
        for frame in self.frames.values():
            for name, node in frame.function.global_stores:
                found.setdefault(name, []).append((frame, node))
        return found

    @cached_property
    def attribute_stores(self) -> dict[str, list[tuple[Frame, int, int]]]:
        """(frame, base, value) of attribute assignments, by attribute name."""
        found: dict[str, list[tuple[Frame, int, int]]] = {}
        for frame in self.frames.values():
            for base, name, value in frame.function.stores:
                found.setdefault(name, []).append((frame, base, value))
        return found

    @cached_property
    def call_sites(self) -> dict[str, list[CallSite]]:
        """Calls by the last word of what is called, and of functions handed over as callbacks."""
        found: dict[str, list[CallSite]] = {}
        for frame in self.frames.values():
            for name, site in self._sites(frame):
                found.setdefault(name, []).append(site)
        return found

    def _sites(self, frame: Frame) -> Iterator[tuple[str, CallSite]]:
        for number, node in frame.of_kind(Call):
            for name in self._called(frame, node.func):
                yield name, CallSite(frame, number, node)
            for position, argument in enumerate(node.args):
                handed = handed_function(frame, argument)
                if handed:
                    yield handed, CallSite(frame, number, node, position + 1)
            for name, argument in node.kwargs:
                handed = handed_function(frame, argument) if name in HANDED_AS else None
                if handed:
                    yield handed, CallSite(frame, number, node, -1)

    def _called(self, frame: Frame, number: int) -> set[str]:
        """Return the names under which a call is found: that of the source, and that of what was given this name."""
        name = last_name(frame, number)
        names = {name} if name else set()
        node = frame.node(number)
        if isinstance(node, Free):
            for held in self.held(node.name):
                if isinstance(held, (Attr, FuncRef, ClassRef, Imported)):
                    names.add(NUMBER.sub("", held.name.rpartition(".")[2]))
        return names

    def owner(self, name: str) -> tuple[Module, str] | None:
        """Return the class of the program that a dotted name written in this module stands for."""
        if name in self.summary.classes:
            return self, name
        if name not in self._owners:
            self._owners[name] = None  # while it is being asked for
            found = self.program.find(self.imported_as(name), self)
            self._owners[name] = found if found is not None and found[1] in found[0].summary.classes else None
        return self._owners[name]

    def imported_as(self, name: str) -> str:
        """Return the full dotted name of what is written as ``name`` at the top level of this module."""
        head, _, rest = name.partition(".")
        for node in self.held(head):
            if isinstance(node, Imported):
                return f"{node.name}.{rest}" if rest else node.name
        return name

    def held(self, name: str) -> list[AnyNode]:
        """Return what a name may hold at the top level: several where an import has an alternative."""
        scope = self.body.function.scope
        return [self.body.node(root) for root in roots(self.body, scope[name])] if name in scope else []

    def lineage(self, cls: str) -> tuple[Home, ...]:
        """Return a class and those of its bases that the program defines, nearest first."""
        known = self._lineages.get(cls)
        if known is not None:
            return known
        self._lineages[cls] = ()
        found: dict[tuple[int, str], Home] = {}
        todo: list[tuple[Module, str]] = [(self, cls)]
        while todo:
            module, name = todo.pop(0)
            one = module.summary.classes.get(name)
            if one is None or (id(module), name) in found:
                continue
            found[id(module), name] = (module, one)
            todo += [owner for base in one.bases if (owner := module.owner(base)) is not None]
        self._lineages[cls] = made = tuple(found.values())
        return made

    def method(self, cls: str, name: str) -> Frame | None:
        """Return the method that an object of a class runs under a name, if the program defines it."""
        for home, one in self.lineage(cls):
            if name in one.methods:
                return home.frames.get(one.methods[name])
        return None


@dataclass(slots=True)
class Pending:
    """Questions for the class of a node that are being answered, one for the sake of another.

    An answer that needs one that is still open lacks something: it serves until the outermost is answered, and isn't
    kept. So what is asked first never decides what is found.
    """

    open: dict[tuple[Frame, int], int] = field(default_factory=dict)
    """The open ones with their depth."""
    provisional: dict[tuple[Frame, int], tuple[tuple[Module, str] | None, int]] = field(default_factory=dict)
    """Answers that need an open one, with the depth of the outermost such one."""
    lowest: int = 0
    """The depth of the outermost open one that the current answer needs."""


class Program:
    """Modules that are linked: what a dotted name stands for, who calls a function, who inherits from a class."""

    def __init__(self, modules: Iterable[Module]) -> None:
        self.modules = list(modules)
        self._paths = {module.summary.path: module for module in self.modules}
        self._names: dict[str, list[Module]] = {}
        for module in self.modules:
            module.program = self
            for name in (module.summary.module, *module.summary.aliases):
                self._names.setdefault(name, []).append(module)
        self._found: dict[tuple[str, str], tuple[Module, str] | None] = {}
        self.pending = Pending()

    def frame(self, key: str) -> Frame | None:
        """Return the function of a `Frame.key`."""
        path, _, name = key.rpartition(":")
        module = self._paths.get(path)
        return module.frames.get(name) if module is not None else None

    def is_body(self, place: Place) -> bool:
        """Whether a place lies in no function: at the top of its module, where fields of classes are declared."""
        return place.function == self._paths[place.path].summary.module

    def module(self, name: str, near: Module) -> Module | None:
        """Return the module of a name; of several, the one whose path is the most like that of ``near``."""
        found = self._names.get(name)
        if not found:
            return None
        if len(found) == 1:
            return found[0]
        return max(found, key=lambda one: _shared_folders(one.summary.path, near.summary.path))

    def find(self, dotted: str, near: Module) -> tuple[Module, str] | None:
        """Return the module that defines a dotted name, and the name in it: empty for the module itself.

        Imports are followed: a name that a package takes from one of its modules is found there.
        """
        key = (dotted, near.summary.path)
        if key not in self._found:
            self._found[key] = None  # while it is being asked for: imports in a circle
            self._found[key] = self._find(dotted, near)
        return self._found[key]

    def _find(self, dotted: str, near: Module) -> tuple[Module, str] | None:
        parts = dotted.split(".")
        for size in range(len(parts), 0, -1):
            module = self.module(".".join(parts[:size]), near)
            if module is not None:
                return self._inside(module, parts[size:]) if parts[size:] else (module, "")
        return None

    def _inside(
        self, module: Module, parts: list[str], seen: frozenset[Module] = frozenset()
    ) -> tuple[Module, str] | None:
        """Return where a name of a module is defined; ``seen`` are modules that import everything of this one."""
        name, scope = ".".join(parts), module.body.function.scope
        if parts[0] not in scope:
            for star in module.summary.stars:
                other = self.module(star, module)
                if other is None or other in seen or other is module:
                    continue
                found = self._inside(other, parts, seen | {module})
                if found is not None:
                    return found
            return (module, name) if name in module.summary.classes else None
        for node in module.held(parts[0]):
            if isinstance(node, Imported):
                found = self.find(".".join([node.name, *parts[1:]]), module)
                if found is not None:
                    return found
            if isinstance(node, ClassRef):
                return module, ".".join([node.name, *parts[1:]])
        return module, name

    def constant(self, dotted: str, near: Module) -> list[tuple[Frame, int]]:
        """Return (frame, node) of what a dotted name may hold, if the program gives it a value."""
        found = self.find(dotted, near)
        if found is None:
            return []
        module, name = found
        scope = module.body.function.scope
        held = [(module.body, scope[name])] if name in scope else []
        return [*held, *module.global_stores.get(name, ())]

    def call_sites(self, word: str) -> Iterator[CallSite]:
        """Yield the calls of the whole program by the last word of what is called."""
        for module in self._words.get(word, ()):
            yield from module.call_sites.get(word, ())

    @cached_property
    def undefined(self) -> list[str]:
        """The words under which something is called that nothing in the program defines."""
        defined = {name.rpartition(".")[2] for module in self.modules for name in module.frames}
        return [word for word in self._words if word not in defined]

    @cached_property
    def _words(self) -> dict[str, list[Module]]:
        found: dict[str, list[Module]] = {}
        for module in self.modules:
            for word in module.summary.words:
                found.setdefault(word, []).append(module)
        return found

    def heirs(self, module: Module, cls: str) -> tuple[Home, ...]:
        """Return the classes that inherit from a class."""
        return tuple(self._heirs.get((id(module), cls), ()))

    @cached_property
    def _heirs(self) -> dict[tuple[int, str], list[Home]]:
        found: dict[tuple[int, str], list[Home]] = {}
        for module in self.modules:
            for one in module.summary.classes.values():
                for home, base in module.lineage(one.name)[1:]:
                    found.setdefault((id(home), base.name), []).append((module, one))
        return found

    def class_called(self, name: str) -> Home | None:
        """Return the one class of the program that a variable is named after: ``Request`` of ``request``."""
        found = self._classes.get(_plain(name), [])
        return found[0] if len(found) == 1 else None

    def has_callable(self, name: str) -> bool:
        """Whether a variable is named after a class whose objects can be called."""
        return _plain(name) in self._callables

    def names_of_callable(self, cls: str) -> set[str]:
        """Return the words under which something is called that may be an object of a class."""
        return {word for word in self.undefined if _plain(word) == _plain(cls)}

    @cached_property
    def _callables(self) -> set[str]:
        return {name for name, found in self._classes.items() if any("__call__" in one.methods for _, one in found)}

    @cached_property
    def _classes(self) -> dict[str, list[Home]]:
        found: dict[str, list[Home]] = {}
        for module in self.modules:
            for one in module.summary.classes.values():
                found.setdefault(_plain(one.name.rpartition(".")[2]), []).append((module, one))
        return found

    def self_stores(self, module: Module, cls: str, name: str) -> Iterator[tuple[Frame, int, int]]:
        """Yield (frame, base, value) of the assignments to an attribute in methods of a class and its bases.

        Those of the classes that inherit from it count where it has none itself.
        """
        own = {(home, one.name): None for home, one in module.lineage(cls)}
        found = list(self._stores(own, name))
        yield from found or self._stores({(home, one.name): None for home, one in self.heirs(module, cls)}, name)

    def _stores(self, family: dict[tuple[Module, str], None], name: str) -> Iterator[tuple[Frame, int, int]]:
        for home in dict.fromkeys(home for home, _ in family):
            for frame, base, value in home.attribute_stores.get(name, ()):
                if (home, frame.function.cls) in family:
                    yield frame, base, value


def _plain(name: str) -> str:
    """Return a name as it is compared with those of classes: without capitals and underscores."""
    return name.replace("_", "").lower()


def _shared_folders(path: str, other: str) -> int:
    """Return how many folders two paths have in common, from the top."""
    return sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(path.split("/"), other.split("/"), strict=False))
    )
