"""Decide which calls log, by what flows into the name that is called, and what they show."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from logguard.core.catalog import Catalog, SinkEntry
from logguard.core.finding import Channel
from logguard.core.names import words
from logguard.static.flow.frame import CallSite, Frame, last_name, root_of, roots
from logguard.static.flow.loggers import Loggers
from logguard.static.flow.module import Module
from logguard.static.flow.naming import lookup, qualified
from logguard.static.flow.program import Program
from logguard.static.flow.resolve import callees, is_method, is_self
from logguard.static.flow.slots import LogCall, Slot
from logguard.static.index import ir
from logguard.static.index.summary import LogSite

_BASE_METHODS = frozenset({"debug", "info", "warn", "warning", "error", "exception", "critical", "log"})


class Sinks:
    """Recognises log calls."""

    def __init__(self, catalog: Catalog, program: Program) -> None:
        self._catalog = catalog
        self._program = program
        self._loggers = Loggers(catalog)
        self._unnoted_sites: dict[Module, dict[Frame, list[CallSite]]] = {}
        self._asked: set[str] = set()
        """Names that are looked up: modules may give each other's names to their own."""

    @cached_property
    def unnoted(self) -> frozenset[str]:
        """Last words of calls that log and that the index can't know: the policy's, and names given to methods.

        ``log_debug = logger.debug`` at the top of a module is called in others.
        """
        declared = {name.rpartition(".")[2] for name in self._catalog.own_sinks}
        return frozenset(declared | {name for module in self._program.modules for name in self._given_to(module)})

    def _given_to(self, module: Module) -> Iterator[str]:
        for name, number in module.body.function.scope.items():
            held = module.body.node(number)
            method = module.body.node(held.value) if isinstance(held, ir.Bind) else None
            if not isinstance(method, ir.Attr) or name in self._catalog.sink_names:
                continue
            rows = self._catalog.methods.get(method.name, ())
            if any(not row.of for row in rows) and self._loggers.is_logger(module.body, method.base, []):
                yield name

    def calls(self, frame: Frame) -> Iterator[LogCall]:
        """Yield the log calls of a function."""
        for site in (*frame.function.logs, *self._own_sites(frame)):
            call = frame.node(site.call)
            if isinstance(call, ir.Call):
                found = self._log_call(frame, site, call)
                if found is not None:
                    yield found

    def _own_sites(self, frame: Frame) -> Iterator[LogSite]:
        """Yield the calls that may log though the index didn't know."""
        known = {site.call for site in frame.function.logs}
        for site in self._unnoted_in(frame.module).get(frame, ()):
            if site.node not in known:
                yield LogSite(site.node, site.call.line, site.call.end_line)

    def _unnoted_in(self, module: Module) -> dict[Frame, list[CallSite]]:
        if module not in self._unnoted_sites:
            found = self._unnoted_sites[module] = {}
            for word in sorted(self.unnoted & module.summary.words):
                for site in module.call_sites.get(word, ()):
                    if not site.shift:
                        found.setdefault(site.frame, []).append(site)
        return self._unnoted_sites[module]

    def _log_call(self, frame: Frame, site: LogSite, call: ir.Call) -> LogCall | None:
        dotted = qualified(frame, call.func)
        for name in (dotted, *(callee.frame.name for callee in callees(frame, call) if callee.frame)):
            row = self._catalog.sinks.get(name) if name else None
            if row is not None:
                return self._function(frame, site, call, row)
        for root in roots(frame, call.func):
            found = self._method(frame, root)
            if found is not None:
                method, channel, bound = found
                return self._logger_call(frame, site, call, method, channel, bound)
        return None

    def _function(self, frame: Frame, site: LogSite, call: ir.Call, row: SinkEntry) -> LogCall | None:
        if row.name == "print" and not _to_terminal(frame, call):
            return None
        slots: list[Slot] = []
        wanted = row.slots or ["*", "**"]
        names = next((_names(callee.frame, callee.bound) for callee in callees(frame, call) if callee.frame), [])
        for position, node in enumerate(call.args):
            named = names[position] if position < len(names) else "message" if position == 0 and not names else ""
            if position in wanted or "*" in wanted or named in wanted:
                slots.append(Slot("message" if position == row.message else str(position), node, None, frame))
        slots += [Slot("*", node, None, frame) for node in call.stars if "*" in wanted]
        for name, node in call.kwargs:
            if name in wanted or "**" in wanted:
                slots.append(Slot(name, node, name if name not in ("message", "sep", "end") else None, frame))
        slots += [Slot("**", node, None, frame) for node in call.doubles if "**" in wanted]
        return LogCall(frame, site, call, row.channel, row.name.rpartition(".")[2], tuple(slots))

    def _method(self, frame: Frame, number: int) -> tuple[str, Channel, list[Slot]] | None:
        """Return (method, channel, bound slots) if a node is a logging method of something that logs."""
        node = frame.node(number)
        if isinstance(node, ir.Attr):
            for row in self._catalog.methods.get(node.name, ()):
                if row.of:
                    base = _base_name(frame, node.base)
                    if words(base)[-1:] and words(base)[-1] in row.of:
                        return node.name, row.channel, []
                    continue
                bound: list[Slot] = []
                if self._loggers.is_logger(frame, node.base, bound):
                    return node.name, row.channel, bound
                if (
                    node.name in _BASE_METHODS
                    and is_self(frame, node.base)
                    and is_method(frame)
                    and self._inherited(frame, node.name)
                ):
                    return node.name, row.channel, []
            return self._given(frame, number, node.name)
        if isinstance(node, ir.Call):
            if qualified(frame, node.func) in ("functools.partial", "partial") and node.args:
                return self._method(frame, root_of(frame, node.args[0]))
            # getattr(logger, level)(…)
            if qualified(frame, node.func) == "getattr" and len(node.args) >= 2:
                level = frame.node(node.args[1])
                if isinstance(level, ir.Const) and level.text not in self._catalog.methods:
                    return None
                bound = []
                if self._loggers.is_logger(frame, node.args[0], bound):
                    return "info", "log", bound
            return None
        if isinstance(node, ir.Free):
            for outer, inner in lookup(frame, node.name):
                for root in roots(outer, inner):
                    if outer is not frame or root != number:
                        found = self._method(outer, root) if not isinstance(outer.node(root), ir.Free) else None
                        if found is not None:
                            return found
        if isinstance(node, ir.Imported):
            owner, _, name = node.name.rpartition(".")
            if name in self._catalog.methods and (
                owner in self._catalog.logger_objects
                or words(owner.rpartition(".")[2])[-1:] in (("logger",), ("logging",), ("log",))
            ):
                return name, "log", []
            return self._given(frame, number, name)
        return None

    def _given(self, frame: Frame, number: int, name: str) -> tuple[str, Channel, list[Slot]] | None:
        """Return what a name of another module is, if that has given it to a method of a logger."""
        dotted = qualified(frame, number) if name in self.unnoted else None
        if dotted is None or dotted in self._asked:
            return None
        self._asked.add(dotted)
        held = self._program.constant(dotted, frame.module)
        found = next((found for outer, one in held if (found := self._method(outer, root_of(outer, one)))), None)
        self._asked.remove(dotted)
        return found

    def _inherited(self, frame: Frame, name: str) -> bool:
        """Whether a logging method of `self` comes from a base class that this module doesn't define."""
        cls = frame.function.cls or ""
        if frame.module.method(cls, name) is not None:
            return False
        bases = [base for home, one in frame.module.lineage(cls) for base in one.bases if home.owner(base) is None]
        return any(base not in ("object", "Exception", "Enum") for base in bases) and (
            name != "log" or any(words(base)[-1:] != ("test",) for base in bases)
        )

    def _logger_call(
        self, frame: Frame, site: LogSite, call: ir.Call, method: str, channel: Channel, bound: list[Slot]
    ) -> LogCall:
        row = next((row for row in self._catalog.methods.get(method, ()) if not row.of), None)
        first = row.message if row is not None else 0
        keywords = dict(call.kwargs)
        message = (
            call.args[first]
            if len(call.args) > first
            else keywords.get("msg", keywords.get("message", keywords.get("event")))
        )
        slots: list[Slot] = []
        keys: list[str | None] = []
        if message is not None:
            slots.append(Slot("message", message, None, frame))
            shape = frame.node(root_of(frame, message))
            if isinstance(shape, ir.Template):
                keys = shape.keys
        for position, node in enumerate(
            self._rendered(frame, message, call.args[first + 1 :]) if channel == "log" else call.args[first + 1 :]
        ):
            key = keys[position] if position < len(keys) else None
            slots.append(Slot(str(first + 1 + position), node, key, frame))
        slots += [Slot("*", node, None, frame) for node in call.stars]
        for name, node in call.kwargs:
            if node == message or (name in self._catalog.control and name != "exc_info"):
                continue
            if name == "exc_info":
                slots += self._exception(frame, site, node)
            else:
                slots.append(Slot(name, node, name if name != "extra" else None, frame))
        slots += [Slot("**", node, None, frame) for node in call.doubles]
        if self._is_exception_method(method) and "exc_info" not in keywords and site.caught >= 0:
            slots.append(Slot("exc_info", site.caught, None, frame))
        for slot in bound:
            if slot.name == "bound" and slot.key == "exception":  # loguru's opt(exception=True)
                slots += self._exception(frame, site, slot.node)
        bound = [slot for slot in bound if slot.key not in self._catalog.control]
        return LogCall(frame, site, call, channel, method, (*slots, *bound))

    def _rendered(self, frame: Frame, message: int | None, args: list[int]) -> list[int]:
        """Return the arguments that are shown: none where the message is a text without slots."""
        shape = frame.node(root_of(frame, message)) if message is not None else None
        return [] if isinstance(shape, ir.Const) and shape.type == "str" else args

    def _is_exception_method(self, method: str) -> bool:
        return any(row.exception for row in self._catalog.methods.get(method, ()))

    def _exception(self, frame: Frame, site: LogSite, node: int) -> list[Slot]:
        given = frame.node(node)
        if isinstance(given, ir.Const):
            return [Slot("exc_info", site.caught, None, frame)] if given.type != "none" and site.caught >= 0 else []
        return [Slot("exc_info", node, None, frame)]


def _base_name(frame: Frame, number: int) -> str:
    """Return the name of what a method is called on: a variable's, or that of the function that made it."""
    found = last_name(frame, number) or ""
    node = frame.node(number)
    if isinstance(node, ir.Param):
        return frame.function.params[node.index].name
    for root in roots(frame, number):
        node = frame.node(root)
        made = last_name(frame, node.func) if isinstance(node, ir.Call) else None
        if made and words(made)[-1:] in (("span",), ("console",)):
            return made
    return found


def _names(frame: Frame, bound: bool) -> list[str]:
    """Return the names of a function's positional parameters, as its callers count them."""
    names = [parameter.name for parameter in frame.function.params if parameter.form == "any"]
    return names[1:] if bound else names


def _to_terminal(frame: Frame, call: ir.Call) -> bool:
    """Whether a `print` goes to a standard stream, not into a file."""
    for name, node in call.kwargs:
        if name == "file":
            dotted = qualified(frame, node) or last_name(frame, node) or ""
            return dotted.rpartition(".")[2].lower().strip("_") in ("stdout", "stderr", "__stdout__", "__stderr__")
    return True
