"""Which findings are shown: those that the reader, the selected rules and the confidence ask for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from logguard.core.finding import Confidence
from logguard.core.policy import Override, Policy
from logguard.static.files import Target, matching_overrides

PERSONAS = ("regular", "pedantic", "auditor")


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for; ``None`` leaves it to the policy."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    persona: str | None = None
    min_confidence: Confidence = Confidence.LOW
    today: datetime.date = field(default_factory=datetime.date.today)
    jobs: int = 1
    cache: Path | None = None
    """Where summaries are kept."""
    given: dict[Path, bytes] = field(default_factory=dict)
    """Files with another content than on disk."""


class Visible:
    """Answers by the options and by the policy of the file that a finding is in."""

    def __init__(self, options: Options, targets: dict[str, Target]) -> None:
        self._options = options
        self._targets = targets
        self.policy = lru_cache(maxsize=None)(self._policy)

    def _policy(self, path: str) -> tuple[Policy, tuple[Override, ...]]:
        """Return the policy of a file, and the overrides that match it."""
        target = self._targets[path]
        return target.rooted.policy, matching_overrides(target.rooted, target.relative)

    def shows(self, path: str, rule: str, confidence: str, persona: str) -> bool:
        """Whether a finding is shown."""
        options = self._options
        if options.select and not rule.startswith(tuple(options.select)):
            return False
        if options.ignore and rule.startswith(tuple(options.ignore)):
            return False
        if Confidence.of(confidence) < options.min_confidence:
            return False
        policy, overrides = self.policy(path)
        reader = options.persona or next((o.persona for o in reversed(overrides) if o.persona), policy.persona)
        return PERSONAS.index(persona) <= PERSONAS.index(reader)
