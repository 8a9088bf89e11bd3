"""LGD201: a whole set of headers or cookies reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.carrier == "headers"


RULE = Rule(
    id="LGD201",
    name="headers-logged",
    summary="A whole set of headers or cookies reaches a log call.",
    message="{call} shows a whole set of headers or cookies, with {title} in it",
    advice="Log the few headers that you need by name: `{{k: headers[k] for k in ALLOWED if k in headers}}`.",
    severity="error",
    applies=_applies,
)
