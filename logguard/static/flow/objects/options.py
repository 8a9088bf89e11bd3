"""What a command line holds: what the options that a program declares are for."""

from __future__ import annotations

from collections.abc import Iterable

from logguard.core.catalog import Carrier
from logguard.core.finding import Confidence
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.module import Module
from logguard.static.flow.values import UNKNOWN, Path, Taint, Value
from logguard.static.habits import habits

ARGUMENTS = "sys.argv"


def command_line(ev: Evaluator, module: Module, path: Path) -> Value:
    """Return what shows of all arguments of a program: of the options that its package declares."""
    if path not in ((), ("*",)):
        return UNKNOWN
    if module.summary.options:
        return arguments(ev, [module], "")
    package, dot, _ = module.summary.module.partition(".")
    if package in ev.command_lines:
        return ev.command_lines[package]
    beside = [
        one
        for one in module.program.modules
        if dot and one.summary.module.startswith(package + dot) and not one.topics.isdisjoint(habits().command_lines)
    ]
    # A list, so no whole with keys: what is iterated over shows as well.
    ev.command_lines[package] = arguments(ev, beside, "")
    return ev.command_lines[package]


def arguments(ev: Evaluator, modules: Iterable[Module], carrier: Carrier = "arguments") -> Value:
    """Return what shows of arguments that may be any of the options which modules declare."""
    found: dict[str, Taint] = {}
    for module in modules:
        for option, line, column in module.summary.options:
            meaning = ev.meaning(module.body, option)
            if meaning is not None and meaning.confidence >= Confidence.MEDIUM and meaning.kind not in found:
                place, why = ev.place(module.body, line, column), f"the option `{option}` is one of the arguments"
                found[meaning.kind] = Taint(meaning.kind, carrier, meaning.confidence, place, why)
    return Value(tuple(found.values()))
