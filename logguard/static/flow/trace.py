"""From log slots back to what reaches them: directly, and through the callers of the function that logs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from logguard.core.catalog import Catalog
from logguard.core.finding import Confidence
from logguard.core.names import Vocabulary
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.nodes.table import handlers
from logguard.static.flow.nodes.texts import keyed_part
from logguard.static.flow.objects.arguments import argument
from logguard.static.flow.program import HANDED_AS, CallSite, Frame, Module, root_of, roots
from logguard.static.flow.resolve import Callee, functions_of, is_method
from logguard.static.flow.sinks import Sinks
from logguard.static.flow.slots import LogCall, Slot
from logguard.static.flow.values import Hole, Taint, Value, cut, union
from logguard.static.index import ir

_MESSAGE_NAMES = frozenset({"msg", "message", "text", "fmt", "format", "event", "line", "s", "string", "m", "txt"})
_MOST_CALLERS = 200
_HIGHEST = 6
_ERROR_METHODS = frozenset({"error", "exception", "warning", "warn", "critical", "fatal"})


@dataclass(frozen=True, slots=True)
class Leak:
    """A sensitive value that reaches a log call."""

    taint: Taint
    sink: LogCall
    slot: str
    reported: CallSite | None
    """The outermost call of a forwarding wrapper that the finding is reported at; ``None`` for the log call itself."""


@dataclass(frozen=True, slots=True)
class Traced:
    """What was found in a module."""

    leaks: list[Leak]
    suspects: list[LogCall]
    """Log calls with a literal that the detectors should look at."""
    tangled: int
    """How many log calls were too tangled to follow to the end."""


class Tracer:
    """Finds the leaks of a module."""

    def __init__(self, vocabulary: Vocabulary, catalog: Catalog) -> None:
        self.sink_names = catalog.sink_names
        """Last words of the calls that may log: what indexing has to look out for."""
        self._vocabulary = vocabulary
        self._catalog = catalog
        self._sinks = Sinks(catalog)
        self._evaluator = Evaluator(vocabulary, catalog, handlers())

    def leaks(self, module: Module) -> Traced:
        """Return what leaks in a module."""
        found: list[Leak] = []
        suspects: list[LogCall] = []
        tangled = 0
        self._evaluator = Evaluator(self._vocabulary, self._catalog, handlers())
        for frame in module.frames.values():
            for sink in self._sinks.calls(frame):
                self._evaluator.begin()
                found += self._at(sink)
                tangled += self._evaluator.incomplete
                if sink.site.suspect:
                    suspects.append(sink)
        return Traced(found, suspects, tangled)

    def _at(self, sink: LogCall) -> Iterator[Leak]:
        for slot in sink.slots:
            value = self._shown(sink, slot)
            for taint in value.taints:
                yield Leak(_weighed(taint, sink), sink, slot.name, None)
            for hole in value.holes:
                forwards = hole.function == sink.frame.key and _forwards(sink, slot, hole)
                yield from self._callers(sink, slot, hole, sink.frame, None if not forwards else (), set())

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

    def _callers(
        self,
        sink: LogCall,
        slot: Slot,
        hole: Hole,
        inner: Frame,
        reported: CallSite | tuple[()] | None,
        seen: set[tuple[str, int, tuple[str, ...]]],
    ) -> Iterator[Leak]:
        """Follow a parameter to the callers of its function; ``reported`` is set while all on the way are wrappers."""
        key = (hole.function, hole.index, hole.path)
        if key in seen or len(seen) > _HIGHEST:
            return
        seen = {*seen, key}
        target = inner.module.program.frame(hole.function)
        if target is None:
            return
        ev = self._evaluator
        for site, callee in self._sites(target):
            given = argument(ev, site.frame, site.call, callee, hole, site.shift)
            if hole.kept:
                given = cut(given, hole.kept)
            here = site if reported is not None else None
            step = ev.mark(
                site.frame, site.call.line, site.call.column, f"passed to `{target.function.name.rpartition('.')[2]}`"
            )
            for taint in given.taints:
                moved = replace(taint, carrier=taint.carrier or hole.carrier, marks=(*taint.marks, step, *hole.marks))
                yield Leak(_weighed(moved, sink), sink, slot.name, here)
            for outer in given.holes:
                moved_hole = replace(
                    outer, carrier=outer.carrier or hole.carrier, marks=(*outer.marks, step, *hole.marks)[:8]
                )
                wraps = here if here is not None and _hands_on(site, outer) else None
                yield from self._callers(sink, slot, moved_hole, site.frame, wraps if wraps is not None else None, seen)

    def _sites(self, target: Frame) -> Iterator[tuple[CallSite, Callee]]:
        """Yield the calls that run a function, with how they do."""
        name = target.function.name.rpartition(".")[2].partition("#")[0]
        names = {name}
        if name == "__init__" and target.function.cls:
            heirs = target.module.program.heirs(target.module, target.function.cls)
            classes = [target.function.cls, *(heir.name for _, heir in heirs)]
            names |= {cls.rpartition(".")[2].partition("#")[0] for cls in classes}
            names.add("cls")
        count = 0
        for word in names:
            for site in target.module.program.call_sites(word):
                if site.shift:
                    handed = site.call.args[site.shift - 1] if site.shift > 0 else _target_of(site.call)
                    if any(one.frame is target for one in functions_of(site.frame, handed)):
                        yield site, Callee(target, bound=is_method(target))
                    continue
                for callee in self._evaluator.callees(site.frame, site.node, site.call):
                    if callee.frame is target:
                        count += 1
                        yield site, callee
                        break
                if count > _MOST_CALLERS:
                    return


def _target_of(call: ir.Call) -> int:
    """Return the function that ``Thread(target=f)`` hands over."""
    return next(value for name, value in call.kwargs if name in HANDED_AS)


def _is_lambda(frame: Frame) -> bool:
    """Whether a function is a lambda."""
    return "<lambda>" in frame.function.name


def _forwards(sink: LogCall, slot: Slot, hole: Hole) -> bool:
    """Whether a function hands its parameter on as the message or the arguments of a log call."""
    parameter = sink.frame.function.params[hole.index]
    if parameter.form in ("*", "**"):
        return slot.name in ("*", "**", "message") or hole.path == ()
    if slot.name != "message":
        return False
    for root in roots(slot.frame, slot.node):
        node = slot.frame.node(root)
        if isinstance(node, ir.Param) and node.index == hole.index:
            return True
    return parameter.name in _MESSAGE_NAMES


def _hands_on(site: CallSite, hole: Hole) -> bool:
    """Whether a caller of a wrapper is a wrapper itself."""
    if hole.function != site.frame.key:
        return False
    parameter = site.frame.function.params[hole.index]
    return parameter.form in ("*", "**") or parameter.name in _MESSAGE_NAMES


def _weighed(taint: Taint, sink: LogCall) -> Taint:
    """An answer logged as an error is most often one without credentials."""
    if (
        taint.carrier == "body"
        and taint.confidence is Confidence.MEDIUM
        and sink.method in _ERROR_METHODS
        and "answer" in taint.why
    ):
        return replace(taint, confidence=Confidence.LOW)
    return taint
