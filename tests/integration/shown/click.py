"""click.palletsprojects.com/en/stable/api."""

PACKAGE, OLDEST = "click", "8.0.0"


def shows(planted):
    """What is typed unseen is plain text, and the options of a command are a mapping."""
    import click
    from click.testing import CliRunner

    seen = {}

    @click.command()
    @click.option("--pin", prompt=True, hide_input=True)
    @click.pass_context
    def command(ctx, pin):
        seen["params"] = ctx.params
        seen["click.prompt"] = click.prompt("again", hide_input=True)

    CliRunner().invoke(command, input=f"{planted}\n{planted}\n")
    return seen


def sends(planted):
    """Both print."""
    import click

    return {"click.echo": lambda: click.echo(planted), "click.secho": lambda: click.secho(planted)}
