"""Trace a module's log calls through the program and judge what leaks, wherever it is to be reported."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from logguard.core.catalog import Catalog
from logguard.core.names import Vocabulary
from logguard.static.choice import Way
from logguard.static.flow.module import Module
from logguard.static.flow.program import Program
from logguard.static.flow.trace import Traced, Tracer
from logguard.static.indexing import read, source_of
from logguard.static.logcall.source import SourceText
from logguard.static.notebook import SUFFIX, Line, lines
from logguard.static.visible import Visible


class Texts:
    """The texts of files by the name that findings call them."""

    def __init__(self, paths: dict[str, Path], given: dict[Path, bytes]) -> None:
        self._paths = paths
        self._given = given
        self.of = lru_cache(maxsize=64)(self._of)

    def _of(self, shown: str) -> SourceText:
        path = self._paths[shown]
        data = self._data(path)
        found = source_of(path, data) if isinstance(data, bytes) else data
        return SourceText(found if isinstance(found, bytes) else b"")

    def cells(self, shown: str) -> tuple[Line, ...]:
        """Return the lines of a notebook's code cells; none of any other file."""
        path = self._paths.get(shown)
        data = self._data(path) if path is not None and path.suffix == SUFFIX else b""
        return lines(data) if isinstance(data, bytes) and data else ()

    def _data(self, path: Path) -> bytes | str:
        return self._given[path] if path in self._given else read(path)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one module."""

    ways: list[Way]
    reason: str
    """Why it could not be analysed to the end."""
    seconds: tuple[float, float]
    """For following values, and for judging."""


class Analysis:
    """One program, and which of its files are reported."""

    def __init__(self, program: Program, visible: Visible, wanted: frozenset[str], texts: Texts) -> None:
        self._program = program
        self._visible = visible
        self.wanted = wanted
        """Files whose findings are reported; the others are only known."""
        self._texts = texts
        self._tracers: dict[int, Tracer] = {}

    def logs(self, module: Module) -> bool:
        """Whether a module has log calls that matter."""
        return self.weight(module) > 0 or not self._tracer(module).sinks.unnoted.isdisjoint(module.summary.words)

    def weight(self, module: Module) -> int:
        """Return about how much there is to do for a module."""
        return sum(len(frame.function.logs) for frame in module.frames.values())

    def trace(self, module: Module) -> Made:
        """Return what may be findings; one that fails says so."""
        started = time.perf_counter()
        try:
            tracer = self._tracer(module)
            reported = module.summary.path in self.wanted
            traced = tracer.leaks(module) if reported else tracer.wrapped(module)
            followed = time.perf_counter()
            ways = list(self._judged(traced)) if traced.leaks or traced.suspects else []
        except Exception as error:
            reason = f"internal error: {type(error).__name__} in the analyzer; please report it"
            return Made([], reason, (time.perf_counter() - started, 0.0))
        tangled = f"{traced.tangled} log call(s) too tangled to follow to the end" if traced.tangled else ""
        return Made(ways, tangled, (followed - started, time.perf_counter() - followed))

    def _judged(self, traced: Traced) -> Iterable[Way]:
        kept = [leak for leak in traced.leaks if leak.at.frame.module.summary.path in self.wanted]
        suspects = [sink for sink in traced.suspects if sink.frame.module.summary.path in self.wanted]
        if not kept and not suspects:
            return
        from logguard.static.judge import judge  # libcst: only where something leaks

        yield from judge(Traced(kept, suspects, 0), self._texts.of, self._visible)

    def _tracer(self, module: Module) -> Tracer:
        policy, _ = self._visible.policy(module.summary.path)
        if id(policy) not in self._tracers:
            self._tracers[id(policy)] = Tracer(self._program, Vocabulary(policy), Catalog(policy))
        return self._tracers[id(policy)]
