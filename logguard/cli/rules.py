"""``logguard rules``: the rules, one a line."""

from __future__ import annotations

import click

from logguard.static.rules import all_rules


@click.command("rules", epilog="Example:  logguard rules")
def command() -> None:
    """List the rules: id, name and what they find."""
    for rule in all_rules().values():
        click.echo(f"{rule.id}  {rule.name:<31} {_short(rule.summary, 80 - 40)}")


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 3].rsplit(" ", 1)[0] + "..."
