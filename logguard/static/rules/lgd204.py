"""LGD204: the environment, settings, arguments or local variables are logged as a whole."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.carrier in ("environment", "arguments")


RULE = Rule(
    id="LGD204",
    name="environment-logged",
    summary="The environment, settings, arguments or local variables are logged as a whole.",
    message="{call} shows the environment or arguments as a whole, with {title} among them",
    advice="Log the settings that you need by name.",
    severity="error",
    applies=_applies,
)
