"""LGD902: a suppression comment lacks a rule id or a reason, and so doesn't suppress."""

from logguard.static.rules.base import Rule, never

RULE = Rule(
    id="LGD902",
    name="unreasoned-suppression",
    summary="A suppression comment lacks a rule id or a reason, and so doesn't suppress.",
    message="this suppression has no {what}, so it doesn't suppress",
    advice="Write `# logguard: ignore[LGD101] reason`.",
    severity="warning",
    applies=never,
)
