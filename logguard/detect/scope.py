"""What a policy wants searched, and how: by shape, by key, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from logguard.core.kinds import kinds
from logguard.core.policy import Policy
from logguard.core.tables import beside


@dataclass(frozen=True, slots=True)
class Scope:
    """The answer for one policy."""

    shapes: frozenset[str]
    """Kinds that are searched for by their shape."""
    kept: frozenset[str]
    """Kinds that the policy leaves in the text (``action = "keep"``)."""
    everything: bool
    """Whether also shapes are searched for that say little."""
    regions: tuple[str, ...]
    """Countries whose numbers are searched for; empty for all."""


def scope(policy: Policy) -> Scope:
    """Return what to search for: a kind that the policy gives an action is searched for by shape too."""
    kept = frozenset(kind for kind, own in policy.kinds.items() if own.action == "keep")
    asked = frozenset(kind for kind, own in policy.kinds.items() if own.action not in (None, "keep"))
    everything = policy.preset == "everything"
    wanted = frozenset(kinds()) if everything else (frozenset(kinds()) - _quiet()) | asked
    return Scope(wanted - kept, kept, everything, tuple(policy.runtime.regions))


@lru_cache(maxsize=1)
def _quiet() -> frozenset[str]:
    return frozenset(beside(__file__, "shapes.toml")["quiet"]["kinds"])
