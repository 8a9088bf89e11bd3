"""What the uses of a value say about it, where its own name says nothing.

- *observed keys*: ``answer["access_token"]`` in a function tells what the whole ``answer`` holds;
- *stored or passed as*: ``login(password=x)``, ``self.password = x``, ``passwords.append(x)`` tell what ``x`` holds;
- *connected with*: what ``create_engine(x)`` takes is the address of a database, with its password;
- *redacted elsewhere*: what the project passes to a redactor in one place is sensitive in the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING

from logguard.core.catalog import Carrier, Catalog
from logguard.core.finding import Confidence
from logguard.core.kinds import title
from logguard.core.names import Meaning, Vocabulary, words
from logguard.static.flow.anchors import READERS, Anchor, anchor_of, unwrapped
from logguard.static.flow.frame import Frame, last_name, root_of
from logguard.static.flow.module import Module
from logguard.static.flow.naming import qualified
from logguard.static.flow.observed import holding, is_query, joined, read_as_attributes
from logguard.static.flow.resolve import is_self
from logguard.static.flow.values import UNKNOWN, Path, Taint, Value
from logguard.static.habits import habits
from logguard.static.index import ir
from logguard.static.verbs import verbs

if TYPE_CHECKING:
    from logguard.static.flow.evaluate import Evaluator

_OF_A_FUNCTION = ("parameter", "node")
"""How anchors begin that only nodes of one function share."""

_COLLECTS = frozenset({"append", "add", "appendleft"})
_TOLD_BY_USE = ("credential.", "personal.email")
"""What a value is taken for by where it is stored or passed: of other kinds, it is too often no person's."""


@dataclass(frozen=True, slots=True)
class Use:
    """One use that says what a value holds."""

    meaning: Meaning
    key: str
    """The key observed in it; empty where the value itself is meant."""
    line: int
    column: int
    why: str
    redacted: bool = False
    """Whether it is handed to a redactor there."""
    address: bool = False
    """Whether the key is one of the query of an address."""
    removes: bool = False
    """Whether the key is taken out of it there."""


Uses = dict[Anchor, list[Use]]


class Evidence:
    """The uses of values in one module."""

    def __init__(self, module: Module, vocabulary: Vocabulary, catalog: Catalog) -> None:
        self._module = module
        self._vocabulary = vocabulary
        self._catalog = catalog
        self._own: dict[str, Uses] = {}
        self._all: Uses | None = None
        self._paths: set[Anchor | None] = set()
        self._address_names = {function.rpartition(".")[2] for function in catalog.address_functions}
        self._path_names = {function.rpartition(".")[2] for function in catalog.path_functions}
        self._redacts = any(not habits().redacting.isdisjoint(words(word)) for word in module.summary.words)
        self._web = bool(module.topics & habits().web)

    def carrier_named(self, name: str) -> tuple[str, str, Confidence] | None:
        """Return (kind, what, confidence) for a name that says that a header set is held."""
        found = words(name)
        if (
            not found
            or found[-1] not in ("headers", "hdrs")
            or found[0] in ("no", "num", "csv", "table", "column", "log", "loggable")
        ):
            return None
        sure = self._web and not self._catalog.attributes["headers"][0].doubtful(found, self._module.path_words)
        return "credential.authorization", "a whole header set", Confidence.MEDIUM if sure else Confidence.LOW

    def of(self, ev: Evaluator, frame: Frame, number: int, path: Path, minus: frozenset[str]) -> Value:
        """Return what the uses of a node's value say about it."""
        if path:
            return UNKNOWN
        anchor = anchor_of(frame, number)
        if anchor is None:
            return UNKNOWN
        taints: dict[str, Taint] = {}
        for use in self._at(frame, anchor):
            if use.key in minus or use.meaning.kind in taints:
                continue
            carrier: Carrier = "url" if use.address else "object" if use.key else ""
            place = ev.place(frame, use.line, use.column)
            kind, read = use.meaning.kind, bool(use.key)
            taints[kind] = Taint(kind, carrier, Confidence.MEDIUM, place, use.why, guessed=not read, answered=read)
        return Value(tuple(taints.values()))

    def read_of(self, frame: Frame, anchor: Anchor) -> list[Use]:
        """Return the sensitive keys that are read of a value."""
        return [use for use in self._at(frame, anchor) if use.key and not use.removes]

    def opened(self, frame: Frame, number: int) -> bool:
        """Whether a value is used as the path of a file somewhere: then it isn't what the file holds."""
        if self._path_names.isdisjoint(self._module.summary.words):
            return False
        self._of_module()
        return bool(self._paths) and anchor_of(frame, number) in self._paths

    def _at(self, frame: Frame, anchor: Anchor) -> list[Use]:
        # What is redacted elsewhere may be an attribute that any function of the module sets.
        local = anchor[0] in _OF_A_FUNCTION and not self._redacts
        return (self._of_function(frame) if local else self._of_module()).get(anchor, [])

    def _of_function(self, frame: Frame) -> Uses:
        name = frame.function.name
        if name not in self._own:
            found: Uses = {}
            for key, use in self._collect(frame):
                found.setdefault(key, []).append(use)
            self._own[name] = found
        return self._own[name]

    def _of_module(self) -> Uses:
        if self._all is None:
            self._all = {}
            for other in self._module.frames.values():
                for key, found in self._of_function(other).items():
                    self._all.setdefault(key, []).extend(found)
            for other in self._module.frames.values() if self._redacts else ():
                self._kept_with_redacted(other, self._all)
        return self._all

    def _kept_with_redacted(self, frame: Frame, uses: Uses) -> None:
        """A value that is stored in an attribute which is redacted elsewhere is as sensitive."""
        for _, node in frame.of_kind(ir.Put):
            if node.attribute and node.key is not None and is_self(frame, node.base):
                found = [use for use in uses.get(("self", frame.function.cls or "", node.key), ()) if use.redacted]
                anchor = anchor_of(frame, node.value)
                if found and anchor is not None:
                    uses.setdefault(anchor, []).extend(found)

    def _strong(self, name: str) -> Meaning | None:
        meaning = self._vocabulary.value(name)
        if meaning is None or not meaning.kind:
            return None
        meaning = self._vocabulary.about(meaning, self._module.topics)
        return meaning if meaning.confidence >= Confidence.MEDIUM else None

    def _collect(self, frame: Frame) -> Iterator[tuple[Anchor, Use]]:
        yield from self._returned(frame)
        for given, read in read_as_attributes(frame):
            yield from self._observed(frame, given, read.name, read.line, read.column)
        uses: list[tuple[int, ir.Item | ir.Call | ir.Put | ir.Group]] = [
            *frame.of_kind(ir.Item),
            *frame.of_kind(ir.Call),
            *frame.of_kind(ir.Put),
            *frame.of_kind(ir.Group),
        ]
        for number, node in sorted(uses, key=itemgetter(0)):
            if isinstance(node, ir.Call):
                yield from self._called(frame, node)
            elif isinstance(node, ir.Group):
                for key, value in node.entries if node.type == "dict" and number else ():
                    yield from self._stored(frame, value, key, frame.function.line, 0, f"stored under `{key}`")
            elif node.key is None:
                continue
            elif isinstance(node, ir.Item):
                yield from self._observed(frame, node.base, node.key, node.line, node.column)
            elif node.attribute:
                yield from self._stored(frame, node.value, node.key, node.line, node.column, f"stored as `{node.key}`")

    def _observed(self, frame: Frame, base: int, key: str, line: int, column: int) -> Iterator[tuple[Anchor, Use]]:
        meaning = self._strong(key)
        if meaning is None and key in habits().codes and is_query(frame, base):
            meaning = self._vocabulary.value("authorization_code")
        if meaning is None and key.startswith(self._catalog.request_keys):
            meaning = Meaning("credential.authorization", Confidence.MEDIUM, "", False, False)
            why = f"its key `{key}` is read at line {line}, so it holds a whole request with its headers"
            anchor = anchor_of(frame, base)
            if anchor is not None:
                yield anchor, Use(meaning, key, line, column, why)
            return
        if meaning is None:
            return
        why = f"its key `{key}` is read at line {line}, so it holds {title(meaning.kind)}"
        for anchor, address in holding(frame, base):
            yield anchor, Use(meaning, key, line, column, why, address=address)

    def _called(self, frame: Frame, node: ir.Call) -> Iterator[tuple[Anchor, Use]]:
        func = frame.node(node.func)
        name = last_name(frame, node.func) or ""
        if isinstance(func, ir.Attr) and func.name in READERS and node.args:
            first = frame.node(node.args[0])
            if isinstance(first, ir.Const) and first.text:
                for held, use in self._observed(frame, func.base, first.text, node.line, node.column):
                    yield held, replace(use, removes=func.name == "pop")
        if isinstance(func, ir.Attr) and func.name in _COLLECTS and len(node.args) == 1:
            yield from self._collected(frame, node, last_name(frame, func.base) or "")
        if node.args and name in self._path_names and qualified(frame, node.func) in self._catalog.path_functions:
            self._paths.update(filter(None, [anchor_of(frame, node.args[0])]))
        if node.args and name in self._address_names:
            yield from self._connected(frame, node, name)
        found = words(name)
        if (
            found
            and node.args
            and (found[0] in habits().redactors or found[-1] in habits().redacting)
            and habits().redacting.isdisjoint(words(frame.function.name.rpartition(".")[2]))
        ):
            kind = self._strong(name.replace(found[0], "", 1)) if len(found) > 1 else None
            meaning = kind or Meaning("credential.generic", Confidence.MEDIUM, "", False, False)
            for value in unwrapped(frame, node.args[0]):
                anchor = anchor_of(frame, value)
                if anchor is not None:
                    why = f"`{name}` redacts it at line {node.line}"
                    yield anchor, Use(meaning, "", node.line, node.column, why, True)
        for key, value in node.kwargs:
            yield from self._stored(frame, value, key, node.line, node.column, f"passed as `{key}`")
            for given in joined(frame, value) if key == "env" and self._starts_process(frame, node) else ():
                anchor = anchor_of(frame, given)
                if anchor is not None:
                    meaning = Meaning("credential.generic", Confidence.MEDIUM, "", False, False)
                    why = f"it is the environment of what `{name}` starts at line {node.line}"
                    yield anchor, Use(meaning, "", node.line, node.column, why)

    def _starts_process(self, frame: Frame, node: ir.Call) -> bool:
        return qualified(frame, node.func) in habits().starts_process

    def _collected(self, frame: Frame, node: ir.Call, kept: str) -> Iterator[tuple[Anchor, Use]]:
        """``passwords.append(x)``: but a file or a name that is put there is hardly one."""
        held = last_name(frame, node.args[0]) or ""
        for anchor, use in self._stored(frame, node.args[0], kept, node.line, node.column, f"put into `{kept}`"):
            if use.meaning.kind.startswith("credential.") and not self._vocabulary.otherwise(held):
                yield anchor, use

    def _returned(self, frame: Frame) -> Iterator[tuple[Anchor, Use]]:
        """What a function returns is what its name says: ``def new_password(): …; return result``."""
        name, line = frame.function.name.rpartition(".")[2], frame.function.line
        meaning = verbs().result(self._vocabulary, name) if frame.function.returns else None
        if meaning is None or meaning.confidence < Confidence.MEDIUM or not meaning.kind.startswith("credential."):
            return
        if any(self._strong(one.name) is not None for one in frame.function.params):
            return  # `parse_token(token)` makes something else of it
        for value in frame.function.returns:
            anchor, held = anchor_of(frame, value), last_name(frame, value) or ""
            made = isinstance(frame.node(root_of(frame, value)), ir.Call)
            if made and anchor is not None and not self._vocabulary.otherwise(held):
                yield anchor, Use(meaning, "", line, 0, f"`{name}` returns it")

    def _connected(self, frame: Frame, node: ir.Call, name: str) -> Iterator[tuple[Anchor, Use]]:
        if qualified(frame, node.func) not in self._catalog.address_functions:
            return
        meaning = Meaning("credential.connection_string", Confidence.MEDIUM, "", False, False)
        for value in unwrapped(frame, node.args[0]):
            anchor = anchor_of(frame, value)
            if anchor is not None and words(last_name(frame, value) or "")[-1:] != ("host",):
                why = f"it is the address that `{name}` connects with at line {node.line}"
                yield anchor, Use(meaning, "", node.line, node.column, why)

    def _stored(
        self, frame: Frame, value: int, key: str, line: int, column: int, how: str
    ) -> Iterator[tuple[Anchor, Use]]:
        meaning = self._strong(key)
        if meaning is None or meaning.confidence is not Confidence.HIGH or not meaning.kind.startswith(_TOLD_BY_USE):
            return
        node = frame.node(root_of(frame, value))
        if not isinstance(node, (ir.Param, ir.Call, ir.Item, ir.Elem, ir.Attr)):
            return
        anchor = anchor_of(frame, value)
        if anchor is not None:
            yield anchor, Use(meaning, "", line, column, f"it is {how} at line {line}")
