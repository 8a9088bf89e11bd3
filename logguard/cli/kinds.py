"""``logguard kinds``: the kinds of values, one a line."""

from __future__ import annotations

import click

from logguard.core.kinds import kinds


@click.command("kinds", epilog="\b\nExample:\n  logguard kinds")
def command() -> None:
    """List the kinds of values: which invariant each breaks, and the laws it touches."""
    for kind in kinds().values():
        laws = ", ".join(law.id for law in kind.laws)
        click.echo(f"{kind.id:<32} {'+'.join(kind.invariants):<19} {laws}")
