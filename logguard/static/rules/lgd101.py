"""LGD101: a credential's value reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.group == "credential"


RULE = Rule(
    id="LGD101",
    name="credential-logged",
    summary="A credential's value reaches a log call.",
    message="{call} leaks {title}",
    advice="Leave the value out; log a name, an id or `bool(value)` if you need to know that it was there.",
    severity="error",
    applies=_applies,
)
