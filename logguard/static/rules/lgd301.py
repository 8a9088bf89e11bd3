"""LGD301: text from outside can start a new line in the log."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.kind == "outside"


RULE = Rule(
    id="LGD301",
    name="log-forging",
    summary="Text from outside reaches a log call with its line ends, and can forge lines.",
    message="{call} lets outside text start a new line",
    advice="Log it with `%r`, or clean it of line ends; the runtime guard escapes them in every value.",
    severity="warning",
    applies=_applies,
)
