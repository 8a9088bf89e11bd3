"""What a rule is. A rule is one file; its page in ``docs/rules`` holds its examples, which are its tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from logguard.core.catalog import Carrier
from logguard.core.finding import Channel

DOCS = "docs/rules"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A leak that a rule is wanted for."""

    kind: str
    """The kind of the value that leaks."""
    carrier: Carrier
    """What sort of whole it leaks with."""
    in_call: bool
    """Whether the value stands in the call as a literal."""

    @property
    def group(self) -> str:
        """The kind's group: ``credential``, ``personal``, …"""
        return self.kind.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule."""

    id: str
    """``LGD`` and three digits; never changes its meaning."""
    name: str
    """Short name in kebab-case."""
    summary: str
    """What it finds, in one sentence."""
    message: str
    """The message of a finding; ``{title}`` is the value in plain words, ``{call}`` what shows it."""
    advice: str
    """How to mend it, in words."""
    severity: str
    """What its findings have unless the policy or their kind says otherwise: ``error``, ``warning`` or ``note``."""
    applies: Callable[[Candidate], bool]
    """Whether it is about a leak."""

    @property
    def page(self) -> str:
        """Path of its page in the project."""
        return f"{DOCS}/{self.id}.md"


CALLS: dict[Channel, str] = {
    "log": "log call",
    "print": "print",
    "stream": "write to a stream",
    "warning": "warning",
    "telemetry": "telemetry call",
}
"""What the call is, by channel."""


def never(_: Candidate) -> bool:
    """Applies to no leak: the rule is about something else."""
    return False
