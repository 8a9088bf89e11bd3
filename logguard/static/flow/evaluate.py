"""Evaluate nodes, on demand and backwards: what shows of a value, and at which confidence.

`Evaluator.value(frame, node, path)` answers for the part of the node's value at ``path``; the empty path asks what
shows when the whole is rendered. Answers are kept; a cycle (loop, recursion) contributes what its other branches bring.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, NamedTuple

from logguard.core.catalog import Catalog
from logguard.core.finding import Confidence
from logguard.core.kinds import title
from logguard.core.names import Meaning, Vocabulary
from logguard.static.flow.answers import Answers
from logguard.static.flow.calling import Calling
from logguard.static.flow.delegates import delegated
from logguard.static.flow.evidence import Evidence
from logguard.static.flow.frame import Frame
from logguard.static.flow.module import Module
from logguard.static.flow.readers import Readers
from logguard.static.flow.resolve import Callee, callees, functions_of
from logguard.static.flow.values import CALLED, UNKNOWN, Hole, Mark, Path, Place, State, Taint, Value, union
from logguard.static.index.ir import AnyNode, Call
from logguard.static.verbs import Verbs

_DEEPEST = 300
_MOST_STEPS = 200_000
_LONGEST_PATH = 2
_TEXT_TYPES = frozenset({"str", "bytes", "Any", "object", "AnyStr", "Text", "dict", "Dict", "Mapping", "JsonDict"})
_MOST_LEFT_OUT = 12
"""Sets of keys that may be left out of one part of a node: objects that hold copies of themselves make new ones."""
NO_KEYS: frozenset[str] = frozenset()


class Ask(NamedTuple):
    """A question: what shows of a node's value?"""

    frame: Frame
    number: int
    """The node."""
    path: Path
    """Which part of the value is asked for; empty where the whole is rendered."""
    minus: frozenset[str]
    """Keys of it that are left out."""


Handler = Callable[["Evaluator", Any, Ask], Value]
"""Answers for one kind of node."""


class Evaluator:
    """Evaluates the nodes of a program under one vocabulary and catalog."""

    def __init__(
        self, vocabulary: Vocabulary, verbs: Verbs, catalog: Catalog, handlers: dict[type[AnyNode], Handler]
    ) -> None:
        self.vocabulary = vocabulary
        self.verbs = verbs
        self.catalog = catalog
        self.calling = Calling(self)
        self.readers = Readers(self)
        self.steps = 0
        """Nodes evaluated since `begin`."""
        self.command_lines: dict[str, Value] = {}
        """What shows of all arguments of a program, by its package."""
        self._handlers = handlers
        self._answers = Answers()
        self._left_out: dict[tuple[Frame, int, Path], set[frozenset[str]]] = {}
        self._cut = self._long = False
        self._callees: dict[tuple[Frame, int], list[Callee]] = {}
        self._evidence: dict[Module, Evidence] = {}

    def begin(self) -> None:
        """Start with a full budget: for each log call of its own."""
        self.steps = 0
        self._cut = self._long = False
        self._answers.begin()

    @property
    def exhausted(self) -> bool:
        """Whether the budget ran out."""
        return self.steps >= _MOST_STEPS

    @property
    def incomplete(self) -> bool:
        """Whether an answer since `begin` may lack something: the budget or the depth ran out."""
        return self.exhausted or self._cut

    @property
    def tangled(self) -> bool:
        """Whether what is lacking is worth telling: not where recursion alone has gone deep."""
        return self.exhausted or self._long

    def value(self, frame: Frame, number: int, path: Path = (), minus: frozenset[str] = NO_KEYS) -> Value:
        """Return what shows of a node's value at ``path`` when the keys in ``minus`` are left out."""
        if len(path) > _LONGEST_PATH:
            return UNKNOWN
        found = self._answers.known.get((frame, number, path, minus))
        if found is not None:
            return found
        if minus:
            asked = self._left_out.setdefault((frame, number, path), set())
            if minus not in asked and len(asked) >= _MOST_LEFT_OUT:
                return self.value(frame, number, path)
            asked.add(minus)
        ask = Ask(frame, number, path, minus)
        found = self._answers.get(ask)
        if found is not None:
            return found
        if self._answers.depth > _DEEPEST or self.exhausted:
            if not self.exhausted:
                self._cut = True
                self._long = self._long or not self._answers.recurring
            self._answers.cut()
            return UNKNOWN
        self.steps += 1
        node = frame.function.nodes[number]
        handler = self._handlers[type(node)]
        if path[:1] == (CALLED,):
            return self._answers.find(ask, lambda: self._returned(ask) or handler(self, node, ask))
        return self._answers.find(ask, lambda: handler(self, node, ask))

    def _returned(self, ask: Ask) -> Value | None:
        """Return what the functions return that a value is; ``None`` where the program has none of them."""
        targets = [one.frame for one in functions_of(ask.frame, ask.number) if one.frame is not None and not one.cls]
        if not targets:
            return None
        found = union(self.value(target, one, ask.path[1:]) for target in targets for one in target.function.returns)
        # What they are called with isn't known here.
        own = {target.key for target in targets}
        shown = [one for one in found.shown if not (isinstance(one, Hole) and one.function in own)]
        return Value(tuple(shown), found.state)

    def once(self, ask: Hashable, compute: Callable[[], Value]) -> Value:
        """Return the answer to a question that isn't about a node, computed once."""
        found = self._answers.get(ask)
        return found if found is not None else self._answers.find(ask, compute)

    def render(self, owner: tuple[Module, str], fields: Callable[[], Value]) -> Value:
        """Return what all fields of a class show; one that holds itself shows nothing more of itself."""
        return self._answers.render(owner, fields)

    def callees(self, frame: Frame, number: int, call: Call) -> list[Callee]:
        """Return what a call may run, as far as the program defines it."""
        key = (frame, number)
        if key not in self._callees:
            self._callees[key] = list(callees(frame, call)) or list(delegated(self.catalog, frame, call))
        return self._callees[key]

    def evidence(self, module: Module) -> Evidence:
        """Return what the uses of values in a module say about them."""
        if module not in self._evidence:
            self._evidence[module] = Evidence(module, self.vocabulary, self.catalog)
        return self._evidence[module]

    def meaning(self, frame: Frame, name: str) -> Meaning | None:
        """Return what a name says, weighed by what its module is about."""
        found = self.vocabulary.value(name)
        return self.vocabulary.about(found, frame.module.topics) if found is not None else None

    def key_meaning(self, frame: Frame, name: str) -> Meaning | None:
        """Return what the name of a constant says about what stands under it."""
        found = self.vocabulary.key(name)
        return self.vocabulary.about(found, frame.module.topics) if found is not None else None

    def named(
        self,
        frame: Frame,
        name: str,
        inner: Value,
        place: tuple[int, int],
        types: list[str],
        meaning: Meaning | None = None,
        minus: frozenset[str] = NO_KEYS,
    ) -> Value:
        """Return a value that a name, key or attribute holds: its name decides where nothing else is known."""
        declared = self.declared(frame, types, place)
        if declared is not None:
            return declared
        if inner.state is not State.UNKNOWN and not inner.shown:
            return inner
        if any(one.carrier == "mask" or (isinstance(one, Hole) and one.kept) for one in inner.shown):
            return inner  # what a mask left is weighed by what it keeps
        meaning = meaning or self.meaning(frame, name)
        if meaning is None or (self._numeric(types) and not meaning.numeric):
            return inner
        if meaning.confidence is Confidence.MEDIUM and self._of_another_type(types):
            meaning = replace(meaning, confidence=Confidence.LOW)
        if any((key := self.vocabulary.value(one)) is not None and key.kind == meaning.kind for one in minus):
            return inner  # a mapping without its sensitive entries
        known = [taint for taint in inner.taints if not taint.guessed]
        if any(taint.confidence >= min(meaning.confidence, Confidence.MEDIUM) for taint in known):
            return inner
        why = f"the name `{name}` says that it holds {title(meaning.kind)}"
        taint = Taint(meaning.kind, "", meaning.confidence, self.place(frame, *place), why, meaning.declared)
        if meaning.confidence is Confidence.LOW:
            return union([inner, Value((taint,))])
        return Value((taint,))

    def declared(self, frame: Frame, types: list[str], place: tuple[int, int]) -> Value | None:
        """Return the value of something annotated with a type that decides, else ``None``."""
        for name in types:
            if name.startswith("kind:"):
                kind = name.removeprefix("kind:")
                why = f"its declaration says that it holds {title(kind)}"
                return Value((Taint(kind, "", Confidence.HIGH, self.place(frame, *place), why, True),))
            last = name.rpartition(".")[2]
            row = self.catalog.types.get(frame.module.imported_as(name)) or self.catalog.types.get(last)
            if row is not None:
                why = f"its type `{last}` says that it holds {title(row.kind)}"
                sure = Confidence.of(row.confidence)
                return Value((Taint(row.kind, row.carrier, sure, self.place(frame, *place), why, True),))
        shown = [
            name
            for name in types
            if name.rpartition(".")[2] not in ("Optional", "Union", "None", "Final", "ClassVar", "typing")
        ]
        if shown and all(
            name.rpartition(".")[2] in self.catalog.clean_types
            or frame.module.imported_as(name) in self.catalog.clean_types
            for name in shown
        ):
            return Value((), State.CLEAN)
        return None

    def _of_another_type(self, types: list[str]) -> bool:
        """Whether the value isn't a text: a `token` of type `RoomStreamToken`, or made by `Token()`."""
        shown = [name.rpartition(".")[2] for name in types]
        shown = [
            name for name in shown if name not in ("Optional", "Union", "None", "Final", "ClassVar", "List", "list")
        ]
        return bool(shown) and not any(
            name in _TEXT_TYPES or (self.vocabulary.value(name) is not None and not name.endswith("()"))
            for name in shown
        )

    def _numeric(self, types: list[str]) -> bool:
        shown = [name.rpartition(".")[2] for name in types]
        shown = [name for name in shown if name not in ("Optional", "Union", "None")]
        return bool(shown) and all(name in self.catalog.number_types for name in shown)

    def place(self, frame: Frame, line: int, column: int) -> Place:
        """Return a place in a frame's function."""
        return Place(frame.module.summary.path, frame.name, line, column)

    def mark(self, frame: Frame, line: int, column: int, note: str) -> Mark:
        """Return a step of a path."""
        return Mark(self.place(frame, line, column), note)
