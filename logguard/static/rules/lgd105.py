"""LGD105: health data or another special category of personal data reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.group in ("health", "special")


RULE = Rule(
    id="LGD105",
    name="health-or-special-data-logged",
    summary="Health data or another special category of personal data reaches a log call.",
    message="{call} leaks {title}",
    advice="Log the internal id of the record instead.",
    severity="warning",
    applies=_applies,
)
