"""typer.tiangolo.com/tutorial."""

PACKAGE, OLDEST = "typer", "0.9.0"


def shows(planted):
    """What is typed unseen is plain text."""
    import typer
    from typer.testing import CliRunner

    app, seen = typer.Typer(), {}

    @app.command()
    def command():
        seen["typer.prompt"] = typer.prompt("pin", hide_input=True)

    CliRunner().invoke(app, [], input=f"{planted}\n")
    return seen


def sends(planted):
    """Both print."""
    import typer

    return {"typer.echo": lambda: typer.echo(planted), "typer.secho": lambda: typer.secho(planted)}
