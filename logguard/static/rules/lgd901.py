"""LGD901: a suppression comment suppresses nothing."""

from logguard.static.rules.base import Rule, never

RULE = Rule(
    id="LGD901",
    name="unused-suppression",
    summary="A suppression comment suppresses nothing.",
    message="this suppression of {what} suppresses nothing",
    advice="Remove the comment.",
    severity="warning",
    applies=never,
)
