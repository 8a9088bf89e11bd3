"""LGD203: an object is logged whose text shows a sensitive field."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.carrier == "object"


RULE = Rule(
    id="LGD203",
    name="object-logged",
    summary="An object is logged whose text shows a sensitive field.",
    message="{call} shows an object whose text holds {title}",
    advice="Log the object's id, or give the field `repr=False` or the type `SecretStr`.",
    severity="error",
    applies=_applies,
)
