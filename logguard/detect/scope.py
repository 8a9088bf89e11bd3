"""What a policy wants searched, and how: by shape, by key, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from logguard.core.kinds import kinds
from logguard.core.policy import Policy

QUIET = frozenset(
    {
        "personal.ip", "personal.device_id", "personal.vehicle", "personal.national_id", "personal.tax_id",
        "personal.passport", "personal.drivers_license", "personal.phone", "personal.username",
        "personal.date_of_birth", "health.identifier", "payment.bank_account",
    }
)  # fmt: skip
"""Kinds whose shapes ordinary log lines have too: the preset ``default`` finds them by key, type or registration."""


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
    wanted = frozenset(kinds()) if everything else (frozenset(kinds()) - QUIET) | asked
    return Scope(wanted - kept, kept, everything, tuple(policy.runtime.regions))
