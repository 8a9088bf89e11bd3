"""LGD104: payment data reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.group == "payment"


RULE = Rule(
    id="LGD104",
    name="payment-data-logged",
    summary="Payment data reaches a log call.",
    message="{call} leaks {title}",
    advice="Log the payment provider's reference of the transaction instead.",
    severity="warning",
    applies=_applies,
)
