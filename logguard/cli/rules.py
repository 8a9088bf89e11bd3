"""``logguard rules``: the rules, one a line."""

from __future__ import annotations

import textwrap

import click

from logguard.static.rules import all_rules


@click.command("rules", epilog="\b\nExample:\n  logguard rules")
def command() -> None:
    """List the rules: id, name and what they find."""
    for rule in all_rules().values():
        head = f"{rule.id}  {rule.name:<30} "
        indent = " " * len(head)
        click.echo(textwrap.fill(rule.summary, 80, initial_indent=head, subsequent_indent=indent))
