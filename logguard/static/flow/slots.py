"""A log call and the parts of it that are shown."""

from __future__ import annotations

from dataclasses import dataclass

from logguard.core.finding import Channel
from logguard.static.flow.frame import Frame
from logguard.static.index import ir
from logguard.static.index.summary import LogSite


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a log call that is shown."""

    name: str
    """``message``, a position, a keyword, ``extra``, ``exc_info`` or ``bound``."""
    node: int
    key: str | None
    """The key in front of it in the message, or its keyword."""
    frame: Frame
    """Where its node stands: the log call's function, but for bound context."""


@dataclass(frozen=True, slots=True)
class LogCall:
    """A call that logs."""

    frame: Frame
    site: LogSite
    call: ir.Call
    channel: Channel
    method: str
    slots: tuple[Slot, ...]
