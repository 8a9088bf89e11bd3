"""Findings: what the analyzer reports, in the shape of the contract. No value that was found is ever part of one."""

from __future__ import annotations

from enum import IntEnum
from typing import Literal

import msgspec


class Confidence(IntEnum):
    """How sure the analyzer is that the value is what it seems; independent of severity."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3

    @property
    def word(self) -> str:
        """The word of the contract."""
        return self.name.lower()

    @classmethod
    def of(cls, word: str) -> Confidence:
        """Return the level of a word of the contract."""
        return cls[word.upper()]


Channel = Literal["log", "print", "stream", "warning", "telemetry"]
"""Where the value was printed to."""
Status = Literal["reported", "suppressed", "baselined"]


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of source; lines and columns count from 1, columns in characters, ends exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


class Source(msgspec.Struct, frozen=True):
    """Where a value became sensitive."""

    path: str
    line: int
    column: int
    function: str
    """Qualified name of the function, or of the module at its top level."""


class Step(msgspec.Struct, frozen=True):
    """One step of the path that the value took."""

    path: str
    line: int
    column: int
    note: str


class Edit(msgspec.Struct, frozen=True):
    """One replacement of a fix."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(msgspec.Struct, frozen=True):
    """A change that removes the leak."""

    safe: bool
    description: str
    edits: list[Edit]


class Cell(msgspec.Struct, frozen=True):
    """A place in a notebook; both count from 1."""

    number: int
    """Of all cells."""
    line: int
    """In the cell."""


class Finding(msgspec.Struct, frozen=True):
    """One leak of one kind from one source at one call, or a remark on a suppression."""

    rule: str
    name: str
    kind: str | None
    invariants: list[str]
    severity: str
    confidence: str
    persona: str
    channel: Channel | None
    message: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    sink: Span | None
    source: Source | None
    flow: list[Step]
    fix: Fix | None
    fingerprint: str
    status: Status = "reported"
    label: str = ""
    """What the underlined part is, in a few words."""
    mark: Span | None = None
    """The leaking part of the call, for underlining."""
    advice: str = ""
    """The fix in words."""
    reason: str = ""
    """The reason of the suppression that applies."""
    cell: Cell | None = None
    """Where in a notebook it is; its lines are those of the notebook's file."""

    @property
    def span(self) -> Span:
        """The reported call."""
        return Span(self.path, self.line, self.column, self.end_line, self.end_column)


class Incomplete(msgspec.Struct, frozen=True):
    """A file that could not be read, parsed or analysed: nothing is known about it."""

    path: str
    reason: str


class Summary(msgspec.Struct, frozen=True):
    """What a scan came to, hidden things counted."""

    files: int
    reported: int
    suppressed: int
    baselined: int
    hidden: int
    not_python: int
    incomplete: list[Incomplete]
    invariants: dict[str, str]


class Report(msgspec.Struct, frozen=True):
    """The outcome of a scan."""

    policy: str
    """Hash of the policy: ``sha256:…``."""
    findings: list[Finding]
    summary: Summary
    seconds: float = 0.0
    """Wall time of the scan."""
    stages: dict[str, float] = {}
    """Seconds by stage: index, flow, judge."""


def invariants_state(findings: list[Finding], incomplete: bool) -> dict[str, str]:
    """Return ``holds``, ``broken`` or ``unknown`` for each invariant, as the contract defines them."""
    from logguard.core.kinds import INVARIANTS

    broken = {name for f in findings if f.status in ("reported", "baselined") for name in f.invariants}
    rest = "unknown" if incomplete else "holds"
    return {name: "broken" if name in broken else rest for name in INVARIANTS}
