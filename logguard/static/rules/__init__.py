"""The rules, in the order in which they are tried: the first that applies names the finding."""

from __future__ import annotations

from logguard.static.rules import (
    lgd101,
    lgd102,
    lgd103,
    lgd104,
    lgd105,
    lgd106,
    lgd107,
    lgd201,
    lgd202,
    lgd203,
    lgd204,
    lgd205,
    lgd206,
    lgd301,
    lgd901,
    lgd902,
    lgd903,
)
from logguard.static.rules.base import Candidate, Rule

LEAKS: tuple[Rule, ...] = (
    lgd301.RULE,
    lgd106.RULE,
    lgd107.RULE,
    lgd206.RULE,
    lgd205.RULE,
    lgd201.RULE,
    lgd202.RULE,
    lgd204.RULE,
    lgd203.RULE,
    lgd102.RULE,
    lgd104.RULE,
    lgd105.RULE,
    lgd103.RULE,
    lgd101.RULE,
)
"""Rules about leaks, by precedence."""
REMARKS: tuple[Rule, ...] = (lgd901.RULE, lgd902.RULE, lgd903.RULE)
"""Rules about suppressions."""


def all_rules() -> dict[str, Rule]:
    """Return every rule by id, in the order of the ids."""
    return {rule.id: rule for rule in sorted((*LEAKS, *REMARKS), key=lambda rule: rule.id)}


def rule_for(candidate: Candidate) -> Rule:
    """Return the first rule that applies to a leak."""
    return next(rule for rule in LEAKS if rule.applies(candidate))
