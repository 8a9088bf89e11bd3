"""LGD107: a mask on the path leaves the value what it was."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.carrier == "mask"


RULE = Rule(
    id="LGD107",
    name="partial-mask-logged",
    summary="A mask on the path leaves the value what it was.",
    message="{call} leaks {title}: the mask on its way keeps too much",
    advice="Choose what may be shown instead of what must not: copy the allowed keys, or leave the value out.",
    severity="error",
    applies=_applies,
)
