"""``logguard``: the entry point and what all commands share."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from logguard.core.errors import LogguardError, did_you_mean
from logguard.version import VERSION

_COMMANDS = {
    "scan": "find log calls that leak credentials or personal data",
    "scrub": "take the sensitive values out of log files",
    "explain": "explain a rule or a kind",
    "rules": "list the rules",
    "kinds": "list the kinds of values, what they break and the laws they touch",
}


class Commands(click.Group):
    """Loads a command's module when it is called, and answers typos with a suggestion."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands in the order of the documentation."""
        return list(_COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Return a command, or ``None`` for a name that isn't one."""
        if name not in _COMMANDS:
            return None
        from importlib import import_module

        command = import_module(f"logguard.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command of a call; an unknown one is a usage error with a suggestion."""
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            ctx.fail(f"no such command '{args[0]}'{did_you_mean(args[0], _COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="\b\nExamples:\n  logguard scan src\n  logguard explain LGD101\n  logguard kinds",
)
@click.version_option(VERSION, message="logguard %(version)s")
def cli() -> None:
    """Find the log calls that leak credentials or personal data.

    Someone who steals a copy of your logs can take over nobody's account, and
    you have nobody to notify.
    """


def entry() -> None:
    """Run the command line; every error is one line: exit code 2, or 4 where the fault is ours and nothing is known."""
    try:
        code = cli.main(standalone_mode=False)
    except click.UsageError as error:
        context = f"\nTry: {error.ctx.command_path} --help" if error.ctx is not None else ""
        click.echo(f"logguard: {error.format_message()}{context}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"logguard: {error.format_message()}", err=True)
        sys.exit(2)
    except LogguardError as error:
        click.echo(f"logguard: {error}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("logguard: interrupted", err=True)
        sys.exit(130)
    except (OSError, RecursionError, UnicodeError) as error:
        if isinstance(error, BrokenPipeError):
            sys.stderr.close()
            sys.exit(141)
        click.echo(
            f"logguard: {type(error).__name__}: {getattr(error, 'strerror', None) or 'internal error'}", err=True
        )
        sys.exit(2)
    except Exception as error:
        # The text of the error may hold what was scanned: its type and place are all that is told.
        click.echo(f"logguard: internal error: {type(error).__name__} {_place(error)}; please report it", err=True)
        sys.exit(4)
    sys.exit(code if isinstance(code, int) else 0)


def _place(error: Exception) -> str:
    """Return where in the program an error arose: ``in flow/trace.py, line 12``."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return "somewhere"
    path = Path(frame.tb_frame.f_code.co_filename)
    return f"in {'/'.join(path.parts[-2:])}, line {frame.tb_lineno}"
