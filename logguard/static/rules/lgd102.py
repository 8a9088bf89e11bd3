"""LGD102: a fact that help desks take for proof of identity reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.kind in ("payment.last_four", "credential.security_answer")


RULE = Rule(
    id="LGD102",
    name="recovery-fact-logged",
    summary="A fact that help desks take for proof of identity reaches a log call.",
    message="{call} leaks {title}",
    advice="Leave it out; an internal id tells the records apart as well.",
    severity="error",
    applies=_applies,
)
