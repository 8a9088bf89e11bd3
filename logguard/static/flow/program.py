"""The program under analysis: modules that are linked, what dotted names stand for, and who inherits from whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from logguard.static.flow.frame import CallSite, Frame
from logguard.static.flow.module import Home, Module
from logguard.static.flow.values import Place
from logguard.static.index.ir import ClassRef, Imported


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
        for module in self.words.get(word, ()):
            yield from module.call_sites.get(word, ())

    @cached_property
    def undefined(self) -> list[str]:
        """The words under which something is called that nothing in the program defines."""
        defined = {name.rpartition(".")[2] for module in self.modules for name in module.frames}
        return [word for word in self.words if word not in defined]

    @cached_property
    def words(self) -> dict[str, list[Module]]:
        """The modules that call something, or hand it over, under a word."""
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

    def names_of_callable(self, cls: str) -> list[str]:
        """Return the words under which something is called that may be an object of a class."""
        return self._undefined_plain.get(_plain(cls), [])

    @cached_property
    def _undefined_plain(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for word in self.undefined:
            found.setdefault(_plain(word), []).append(word)
        return found

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
