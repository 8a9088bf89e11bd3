"""Which records are clean already: their class says so, since an attribute would show in structured logs."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable
from typing import Any

STANDARD = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime"}
"""Fields of every record; the others came with ``extra``."""
CLEAN: set[type[logging.LogRecord]] = set()
"""Classes of clean records; grows with the classes of records that the application uses."""
OF: dict[type[logging.LogRecord], type[logging.LogRecord]] = {}
"""The class of clean records for each class of records."""


def mark(record: logging.LogRecord) -> None:
    """Mark a record as clean; one whose class can't be changed is cleaned by every handler, to the same end."""
    kind = type(record)
    if kind in CLEAN:
        return
    made = OF.get(kind)
    if made is None:
        made = OF[kind] = _clean_class(kind)
        CLEAN.add(made)
    try:
        record.__class__ = made
    except TypeError:
        return


def unmark(record: logging.LogRecord) -> None:
    """Take the mark from a record that was changed since it was cleaned."""
    record.__class__ = type(record).__bases__[0]


def _clean_class(kind: type[logging.LogRecord]) -> type[logging.LogRecord]:
    class Clean(kind):  # type: ignore[valid-type,misc]  # made for each class of records
        __slots__ = ()

        def __reduce_ex__(self, _protocol: Any) -> tuple[Any, ...]:
            # Other processes need not know this class.
            return logging.makeLogRecord, (dict(self.__dict__),)

        def __copy__(self) -> logging.LogRecord:
            made: logging.LogRecord = type(self).__new__(type(self))
            made.__dict__.update(self.__dict__)
            return made

        def __deepcopy__(self, memo: dict[int, Any]) -> logging.LogRecord:
            made = self.__copy__()
            made.__dict__.update(copy.deepcopy(self.__dict__, memo))
            return made

    if kind.getMessage is not logging.LogRecord.getMessage:
        Clean.getMessage = _message_of(kind.getMessage)
    Clean.__name__, Clean.__qualname__, Clean.__module__ = kind.__name__, kind.__qualname__, kind.__module__
    return Clean


def _message_of(own: Callable[[logging.LogRecord], str]) -> Callable[[logging.LogRecord], str]:
    """Return a `getMessage` that gives a finished message as it is, whatever way of formatting the class has."""

    def message(self: logging.LogRecord) -> str:
        return own(self) if self.args else str(self.msg)

    return message
