"""``logguard explain``: what a rule or a kind is about, in full."""

from __future__ import annotations

import textwrap

import click

from logguard.core.errors import UsageError, did_you_mean
from logguard.core.kinds import Kind, kinds
from logguard.static.rules import all_rules
from logguard.static.rules.base import Rule


@click.command("explain", epilog="\b\nExamples:\n  logguard explain LGD101\n  logguard explain personal.email")
@click.argument("subject", metavar="ID|KIND")
def command(subject: str) -> None:
    """Explain a rule or a kind."""
    rules = all_rules()
    if subject.upper() in rules:
        _rule(rules[subject.upper()])
    elif subject in kinds():
        _kind(kinds()[subject])
    else:
        raise UsageError(f"no rule or kind '{subject}'{did_you_mean(subject, [*rules, *kinds()])}")


def _rule(rule: Rule) -> None:
    click.echo(f"{rule.id} {rule.name}\n")
    _paragraph(rule.summary)
    _paragraph(f"Fix: {rule.advice.replace('{{', '{').replace('}}', '}')}")
    click.echo(f"More, with examples: {rule.page} in logguard's documentation")


def _kind(kind: Kind) -> None:
    click.echo(f"{kind.id}: {kind.title}\n")
    _paragraph(kind.why)
    _paragraph(f"Breaks: {', '.join(kind.invariants)}. Severity by default: {kind.severity}.")
    for law in kind.laws:
        click.echo(textwrap.fill(f"{law.source}: {law.title}", 80, initial_indent="- ", subsequent_indent="  "))


def _paragraph(text: str) -> None:
    click.echo(textwrap.fill(text, 80) + "\n")
