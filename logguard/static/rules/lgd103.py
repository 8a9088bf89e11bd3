"""LGD103: personal data reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.group == "personal"


RULE = Rule(
    id="LGD103",
    name="personal-data-logged",
    summary="Personal data reaches a log call.",
    message="{call} leaks {title}",
    advice="Log the internal id of the person instead, or a keyed pseudonym.",
    severity="warning",
    applies=_applies,
)
