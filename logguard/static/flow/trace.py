"""From log slots back to what reaches them: directly, and through the callers of the function that logs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from logguard.core.catalog import Catalog
from logguard.core.finding import Confidence
from logguard.core.names import Vocabulary, words
from logguard.static.flow.callers import Callers, asked, carried
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.forging.evaluator import OUTSIDE
from logguard.static.flow.forging.trace import Forging
from logguard.static.flow.frame import NUMBER, CallSite, Frame, root_of, roots
from logguard.static.flow.module import Module
from logguard.static.flow.nodes.table import handlers
from logguard.static.flow.nodes.texts import keyed_part
from logguard.static.flow.program import Program
from logguard.static.flow.sinks import Sinks
from logguard.static.flow.slots import LogCall, Slot
from logguard.static.flow.values import ANSWER, CALLED, Hole, Taint, Value, union
from logguard.static.habits import habits
from logguard.static.index import ir
from logguard.static.index.summary import Parameter
from logguard.static.verbs import verbs

_HIGHEST = 6
_MANY, _MANY_OF_ONE_FILE, _MANY_OF_THE_SURE, _MANY_OF_A_WHOLE = 3, 4, 5, 2
"""Functions that a way may go through before a name is only a hint of what arrives: more if it stays in one file, or
the name says it surely and the way is that from an interface to its transport; of wholes, fewer: which part of an
exception, an object or a header set arrives is less sure than the way of a value."""
_FEW_FILES = 3
"""Files that an interface, its protocol and its transport lie in; what goes through caches and queues meets more."""
_WHOLES = frozenset({"exception", "object", "headers", "body", "arguments"})


@dataclass(frozen=True, slots=True)
class Leak:
    """A sensitive value that reaches a log call."""

    taint: Taint
    sink: LogCall
    slot: str
    reported: CallSite | None
    """The outermost call of a forwarding wrapper that the finding is reported at; ``None`` for the log call itself."""

    @property
    def at(self) -> CallSite | LogCall:
        """The call that the finding is reported at."""
        return self.reported or self.sink


@dataclass(frozen=True, slots=True)
class Traced:
    """What was found in a module."""

    leaks: list[Leak]
    suspects: list[LogCall]
    """Log calls with a literal that the detectors should look at."""
    tangled: int
    """How many log calls were too tangled to follow to the end."""


class Tracer:
    """Finds the leaks of modules."""

    def __init__(self, program: Program, vocabulary: Vocabulary, catalog: Catalog) -> None:
        self.sinks = Sinks(catalog, program)
        self._evaluator = Evaluator(vocabulary, verbs(), catalog, handlers())
        self._callers = Callers(self._evaluator, program)
        self._forging = Forging(program, catalog)

    def leaks(self, module: Module) -> Traced:
        """Return what leaks at the log calls of a module, wherever it comes from."""
        found: list[Leak] = []
        suspects: list[LogCall] = []
        tangled = 0
        for frame in module.frames.values():
            for sink in self.sinks.calls(frame):
                self._evaluator.begin()
                found += self._at(sink)
                found += (Leak(_weighed(taint, sink), sink, slot.name, None) for taint, slot in self._forging.at(sink))
                tangled += self._evaluator.tangled or self._forging.tangled
                if sink.site.suspect:
                    suspects.append(sink)
        return Traced(found, suspects, tangled)

    def wrapped(self, module: Module) -> Traced:
        """Return what leaks at the calls of a module's forwarding wrappers: all of it that other modules report."""
        found: list[Leak] = []
        for frame in module.frames.values():
            if not frame.function.params or not frame.function.logs:
                continue
            for sink in self.sinks.calls(frame):
                self._evaluator.begin()
                for slot in sink.slots:
                    for hole in self._shown(sink, slot).holes:
                        if hole.function == frame.key and _forwards(sink, slot, hole):
                            found += self._at_callers(sink, slot, hole)
        return Traced(found, [], 0)

    def _at(self, sink: LogCall) -> Iterator[Leak]:
        for slot in sink.slots:
            value = self._shown(sink, slot)
            for taint in value.taints:
                yield Leak(_weighed(taint, sink), sink, slot.name, None)
            for hole in value.holes:
                if hole.function == sink.frame.key and _forwards(sink, slot, hole):
                    yield from self._at_callers(sink, slot, hole)
                else:
                    for taint in self._callers.incoming(hole, sink.frame):
                        yield Leak(_weighed(taint, sink), sink, slot.name, None)

    def _at_callers(self, sink: LogCall, slot: Slot, start: Hole) -> Iterator[Leak]:
        """Yield the leaks of the calls of a forwarding wrapper, and of wrappers around it: they are reported there."""
        todo: deque[tuple[Hole, tuple[Frame, ...]]] = deque([(start, (sink.frame,))])
        seen = {asked(start)}
        while todo and not self._evaluator.exhausted:
            hole, wrappers = todo.popleft()
            for handed in self._callers.handed(hole):
                near = frozenset(one.name for one in wrappers if one.module is handed.site.frame.module)
                for taint in handed.taints:
                    yield Leak(_weighed(carried(taint, hole), sink, near), sink, slot.name, handed.site)
                for outer in handed.holes:
                    moved = carried(outer, hole)
                    if not _hands_on(handed.site, outer):
                        for taint in self._callers.incoming(moved, handed.site.frame):
                            yield Leak(_weighed(taint, sink, near), sink, slot.name, handed.site)
                    elif asked(moved) not in seen and len(wrappers) < _HIGHEST:
                        seen.add(asked(moved))
                        todo.append((moved, (*wrappers, handed.site.frame)))

    def _shown(self, sink: LogCall, slot: Slot) -> Value:
        ev = self._evaluator
        value = ev.value(slot.frame, slot.node)
        node = slot.frame.node(root_of(slot.frame, slot.node))
        lazy = slot.frame.module.frames.get(node.name) if isinstance(node, ir.FuncRef) else None
        if lazy is not None and _is_lambda(lazy):
            # loguru's opt(lazy=True) calls it and shows what it returns.
            value = union(ev.value(lazy, one) for one in lazy.function.returns)
        if slot.key and slot.name in (*(name for name, _ in sink.call.kwargs), "bound"):
            value = ev.named(slot.frame, slot.key, value, (sink.call.line, sink.call.column), [])
        elif slot.key:
            value = keyed_part(ev, slot.frame, slot.node, slot.key, value)
        return value


def _is_lambda(frame: Frame) -> bool:
    """Whether a function is a lambda."""
    return "<lambda>" in frame.function.name


def _forwards(sink: LogCall, slot: Slot, hole: Hole) -> bool:
    """Whether a function hands its parameter on as the message or the arguments of a log call."""
    if hole.path[:1] in ((CALLED,), (ANSWER,)):
        return False
    parameter = sink.frame.function.params[hole.index]
    if parameter.form in ("*", "**"):
        return _as_message(parameter, hole) and (not hole.path or slot.name in ("*", "**", "message"))
    if slot.name != "message":
        return False
    for root in roots(slot.frame, slot.node):
        node = slot.frame.node(root)
        if isinstance(node, ir.Param) and node.index == hole.index:
            return True
    return parameter.name in habits().messages or _is_wrapper(sink.frame)


def _is_wrapper(frame: Frame) -> bool:
    """Whether a function is named after what it does, which is to log: ``_debug``, ``log_json``."""
    found = frozenset(words(NUMBER.sub("", frame.function.name.rpartition(".")[2])))
    return not found.isdisjoint(habits().logs) and found <= habits().wrappers


def _hands_on(site: CallSite, hole: Hole) -> bool:
    """Whether a caller of a wrapper is a wrapper itself."""
    if hole.function != site.frame.key:
        return False
    parameter = site.frame.function.params[hole.index]
    return _as_message(parameter, hole) or (parameter.form not in ("*", "**") and _is_wrapper(site.frame))


def _as_message(parameter: Parameter, hole: Hole) -> bool:
    """Whether what a parameter takes is handed on whole, or what of it is called a message."""
    if parameter.form == "**":
        return not hole.path or hole.path[0] in habits().messages
    return parameter.form == "*" or parameter.name in habits().messages


def _weighed(taint: Taint, sink: LogCall, wrappers: frozenset[str] = frozenset()) -> Taint:
    """Weigh a value by its way: an answer logged where something failed is most often one without credentials.

    What has gone through many hands is mostly something else by then, unless it is certain what it was. A module's own
    wrappers of a logger don't count: their callers are what logs.
    """
    whole = taint.carrier in _WHOLES or taint.kind == OUTSIDE
    places = [mark.place for mark in taint.marks] + ([taint.origin] if whole else [])
    program = sink.frame.module.program
    functions = {sink.frame.name, *(place.function for place in places if not program.is_body(place))}
    through = sum(mark.through for mark in taint.marks) if whole else 0
    if taint.carrier == "object" and taint.confidence is Confidence.HIGH:
        through = max(0, through - 1)  # its own constructor is no distance
    files = {sink.frame.module.summary.path, taint.origin.path, *(mark.place.path for mark in taint.marks)}
    near = _MANY_OF_ONE_FILE if len(files) == 1 and not taint.guessed else _MANY
    sure = taint.confidence is Confidence.HIGH and not taint.guessed and len(files) <= _FEW_FILES
    asked_for = taint.answered and taint.carrier == "body" and not taint.guessed  # a credential, and nothing else
    most = _MANY if asked_for else _MANY_OF_A_WHOLE if whole else _MANY_OF_THE_SURE if sure else near
    if len(functions - wrappers) + through > most and not (taint.certain or taint.declared):
        return replace(taint, confidence=Confidence.LOW)
    if taint.carrier == "body":
        failed = sink.site.failed or sink.method in habits().failures
    else:  # what was read before, it holds
        failed = sink.site.failed and taint.origin.line > sink.call.line
    if taint.answered and failed and taint.confidence is Confidence.MEDIUM:
        return replace(taint, confidence=Confidence.LOW)
    if taint.guessed and taint.carrier == "exception" and taint.kind == "credential.generic":
        return replace(taint, confidence=Confidence.LOW)  # what an answer is redacted for, an error's hardly holds
    return taint
