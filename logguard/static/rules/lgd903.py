"""LGD903: a suppression comment is past its date, and so doesn't suppress."""

from logguard.static.rules.base import Rule, never

RULE = Rule(
    id="LGD903",
    name="expired-suppression",
    summary="A suppression comment is past its date, and so doesn't suppress.",
    message="this suppression expired on {what}, so it doesn't suppress",
    advice="Mend the leak, or give the comment a new date and reason.",
    severity="warning",
    applies=never,
)
