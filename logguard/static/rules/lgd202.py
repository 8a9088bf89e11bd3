"""LGD202: a body, form, query or the answer of a credential endpoint reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.carrier == "body"


RULE = Rule(
    id="LGD202",
    name="body-logged",
    summary="A body, form, query or the answer of a credential endpoint reaches a log call.",
    message="{call} shows a whole body or form, with {title} in it",
    advice="Log the status and the fields that you need, by name.",
    severity="error",
    applies=_applies,
)
