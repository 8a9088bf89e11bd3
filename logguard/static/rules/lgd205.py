"""LGD205: an exception that carries a sensitive value is logged."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.carrier == "exception"


RULE = Rule(
    id="LGD205",
    name="exception-logged",
    summary="An exception that carries a sensitive value is logged.",
    message="{call} shows an exception that carries {title}",
    advice="Raise it without the value, or log `type(e).__name__`.",
    severity="error",
    applies=_applies,
)
