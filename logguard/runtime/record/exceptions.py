"""Exceptions: stand-ins with the same names, chain and lines, and with cleaned text.

Formatters read `exc_info` themselves, so cleaning `exc_text` alone would not do. A stand-in's traceback has frames of
its own: the real ones hold every local variable, and some formatters print them.
"""

from __future__ import annotations

import builtins
import linecache
from types import TracebackType
from typing import Any

from logguard.runtime.record.frames import Place, columns, stand_in
from logguard.runtime.redact.objects import Objects
from logguard.runtime.redact.text import TextRedactor

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

_DEEPEST = 16
"""Causes and contexts of an exception that are followed."""
_MOST_FRAMES = 128
_MOST_IN_GROUP = 64


class Exceptions:
    """Makes stand-ins by one policy."""

    def __init__(self, texts: TextRedactor, objects: Objects) -> None:
        self._texts = texts
        self._objects = objects

    def stand_in(self, info: ExcInfo) -> ExcInfo:
        """Return an `exc_info` that is safe to format in any way."""
        error = self._copy(info[1], {}, 0)
        trace = self._trace(info[2])
        return type(error), error.with_traceback(trace), trace

    def _copy(self, error: BaseException, seen: dict[int, BaseException], depth: int) -> BaseException:
        if id(error) in seen:
            return seen[id(error)]
        made = self._made(error, seen, depth)
        seen[id(error)] = made
        if depth < _DEEPEST:
            if error.__cause__ is not None:
                made.__cause__ = self._copy(error.__cause__, seen, depth + 1)
            if error.__context__ is not None:
                made.__context__ = self._copy(error.__context__, seen, depth + 1)
        made.__suppress_context__ = error.__suppress_context__
        notes = getattr(error, "__notes__", None)
        if isinstance(notes, (list, tuple)):
            made.__notes__ = [self._texts.clean(str(note), lines=True) for note in notes[:_MOST_IN_GROUP]]
        made.__traceback__ = self._trace(error.__traceback__)
        return made

    def _made(self, error: BaseException, seen: dict[int, BaseException], depth: int) -> BaseException:
        shown = self._objects.render(error)
        group = getattr(builtins, "BaseExceptionGroup", None)
        if group is not None and isinstance(error, group) and depth < _DEEPEST:
            inner = [self._copy(one, seen, depth + 1) for one in error.exceptions[:_MOST_IN_GROUP]]
            message = self._texts.clean(str(error.message))
            made: BaseException = _group(group, type(error))(message, inner)
            return made
        return _stand_in(type(error), shown)

    def _trace(self, trace: TracebackType | None) -> TracebackType | None:
        entries: list[TracebackType] = []
        while trace is not None and len(entries) < _MOST_FRAMES:
            entries.append(trace)
            trace = trace.tb_next
        made: TracebackType | None = None
        for entry in reversed(entries):
            code = entry.tb_frame.f_code
            file = self._file(code.co_filename, entry.tb_lineno, entry.tb_frame.f_globals)
            made = stand_in(file, code.co_name, Place(entry.tb_lineno, *columns(entry)), made)
        return made

    def _file(self, name: str, line: int, names: dict[str, Any]) -> str:
        """Return a frame's file; under a name that has no lines if the line that would be shown isn't clean."""
        source = linecache.getline(name, line, names)
        if not source:
            return name
        return name if self._texts.clean(source.strip()) == source.strip() else f"{name} (line withheld)"


def _stand_in(kind: type[BaseException], shown: str) -> BaseException:
    """Return an exception of a subclass with the same name, or of a plain class where there can be none."""
    for base in (kind, Exception):
        if issubclass(base, (SyntaxError, SystemExit)):
            continue  # traceback reads more of a syntax error than its text
        try:
            named = _named(base, kind)
            made: BaseException = named.__new__(named)
            made.args = (shown,)
        except Exception:  # noqa: S112 - a class that can't be subclassed or made: the next base will do
            continue
        return made
    return Exception(shown)


def _group(base: type[Any], kind: type[BaseException]) -> Any:
    return type(kind.__name__, (base,), {"__module__": kind.__module__, "__qualname__": kind.__qualname__})


def _named(base: type[Any], kind: type[BaseException]) -> Any:
    def init(_self: BaseException, *_args: object) -> None:
        """Do nothing: the class's own constructor isn't run."""

    body = {
        "__module__": kind.__module__,
        "__qualname__": kind.__qualname__,
        "__init__": init,
        "__str__": lambda self: str(self.args[0]) if self.args else "",
        "__repr__": lambda self: f"{kind.__name__}({str(self)!r})",
        "__reduce__": lambda self: (Exception, (str(self),)),
    }
    return type(kind.__name__, (base,), body)
