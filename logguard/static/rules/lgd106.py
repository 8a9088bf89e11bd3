"""LGD106: the text of the call itself holds a secret."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.in_call


RULE = Rule(
    id="LGD106",
    name="secret-literal-logged",
    summary="The text of the call itself holds a secret.",
    message="{call} holds {title} as a literal",
    advice="Revoke it, take it out of the code, and read it from the environment or a vault.",
    severity="error",
    applies=_applies,
)
