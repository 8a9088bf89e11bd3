"""Stand-ins for the entries of a traceback: the same file, function, line and columns, and no local variables."""

from __future__ import annotations

import sys
from itertools import islice
from types import CodeType, TracebackType
from typing import NamedTuple

_UNIT = 2
"""Bytes of a code unit."""
_LONG, _NO_COLUMNS = 14, 13
"""Kinds of entries in a location table (CPython's InternalDocs/code_objects.md, "Source code locations")."""
_MOST_UNITS = 8
"""Code units of one such entry."""


class Place(NamedTuple):
    """Where in a file an instruction stands."""

    line: int
    last: int | None = None
    """The line where its expression ends."""
    start: int | None = None
    """The columns of the expression, in UTF-8 bytes."""
    end: int | None = None


def columns(entry: TracebackType) -> tuple[int | None, int | None, int | None]:
    """Return last line and columns of a traceback's entry; before Python 3.11 there are none."""
    if sys.version_info < (3, 11) or entry.tb_lasti < 0:
        return None, None, None
    place = next(islice(entry.tb_frame.f_code.co_positions(), entry.tb_lasti // _UNIT, None), None)
    return (None, None, None) if place is None else (place[1], place[2], place[3])


def stand_in(file: str, function: str, place: Place, inner: TracebackType | None) -> TracebackType | None:
    """Return an entry whose frame ran a line of code that does nothing but fail, in front of ``inner``."""
    place = place._replace(line=max(1, place.line))
    if sys.version_info >= (3, 11):
        code: CodeType = compile("raise _Stop", file, "exec")
        code = code.replace(co_firstlineno=place.line, co_linetable=_locations(code, place), co_qualname=function)
    else:
        code = compile("\n" * (place.line - 1) + "raise _Stop", file, "exec")
    code = code.replace(co_name=function)
    try:
        exec(code, {"_Stop": _Stop, "__builtins__": {}})  # noqa: S102 - the code is the line above
    except _Stop as error:
        trace = error.__traceback__
        last = trace.tb_next if trace is not None else None
        if last is None:
            return inner
        return TracebackType(inner, last.tb_frame, last.tb_lasti, place.line)
    return inner


def _locations(code: CodeType, place: Place) -> bytes:
    """Return a location table that gives every instruction the same place."""
    units = len(code.co_code) // _UNIT
    kind, rest = _NO_COLUMNS, _varint(0)
    if place.last is not None and place.start is not None and place.end is not None and place.last >= place.line:
        kind = _LONG
        rest = b"".join(map(_varint, (0, place.last - place.line, place.start + 1, place.end + 1)))
    return b"".join(
        bytes([0x80 | kind << 3 | min(_MOST_UNITS, units - done) - 1]) + rest for done in range(0, units, _MOST_UNITS)
    )


def _varint(number: int) -> bytes:
    """Return a number in groups of six bits, the lowest first; all but the last have bit 6 set."""
    groups = []
    while number > 0x3F:
        groups.append(number & 0x3F | 0x40)
        number >>= 6
    return bytes([*groups, number])


class _Stop(BaseException):
    pass
