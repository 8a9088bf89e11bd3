"""A module under analysis, with what is derived from its summary: its functions, who calls whom in it, its classes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from logguard.core.names import words
from logguard.static.flow.frame import HANDED_AS, NUMBER, CallSite, Frame, handed_function, last_name, roots
from logguard.static.index.ir import AnyNode, Attr, Call, ClassRef, Free, FuncRef, Imported
from logguard.static.index.summary import Class, ModuleSummary
from logguard.static.verbs import verbs

if TYPE_CHECKING:
    from logguard.static.flow.program import Program

Home = tuple["Module", Class]
"""A class with the module that defines it."""


class Module:
    """A module with what is derived from its summary when it is asked for."""

    def __init__(self, summary: ModuleSummary) -> None:
        self.summary = summary
        self.frames = {name: Frame(self, function) for name, function in summary.functions.items()}
        parts = summary.module.split(".")
        self.path_words = frozenset(word for part in parts for word in (*words(part), part.lower()))
        self._lineages: dict[str, tuple[Home, ...]] = {}
        self._owners: dict[str, tuple[Module, str] | None] = {}

    @cached_property
    def program(self) -> Program:
        """The modules that it is linked with; a program sets it when it is made."""
        from logguard.static.flow.program import Program  # which is made of modules

        return Program([self])

    @cached_property
    def topics(self) -> frozenset[str]:
        """Words of its path and imports, and that it signs in where a function of it does: what it is about."""
        found = frozenset(self.summary.topics)
        signs_in = any(verbs().is_login(NUMBER.sub("", name.rpartition(".")[2])) for name in self.frames)
        return found | {"login"} if signs_in else found

    @cached_property
    def decorators(self) -> frozenset[str]:
        """Last words of what decorates its functions."""
        return frozenset(one.rpartition(".")[2] for frame in self.frames.values() for one in frame.function.decorators)

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
