"""``logguard scan``: find leaking log calls, and say so by exit code."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from logguard.cli.paint import painter
from logguard.core.errors import UsageError, did_you_mean
from logguard.core.finding import Confidence, Report
from logguard.core.policy_file import Rooted, load, refuse_plugins
from logguard.static.cache import folder as cache_folder
from logguard.static.files import Selection, matching_overrides, select
from logguard.static.parallel import processors
from logguard.static.scan import Scanner
from logguard.static.visible import Options

if TYPE_CHECKING:
    from logguard.report.sarif import About

CLEAN, FOUND, NO_PYTHON, INCOMPLETE = 0, 1, 3, 4
EXAMPLES = """\b
Examples:
  logguard scan src
  logguard scan --format json -o report.json src
  logguard scan --persona pedantic src"""
_LEVELS = {"note": 0, "warning": 1, "error": 2}


@click.command(
    "scan",
    epilog=EXAMPLES,
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="What the report looks like.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write the report to this file.")
@click.option(
    "--config", type=click.Path(path_type=Path, dir_okay=False), help="Use this policy file; its folder is the root."
)
@click.option(
    "--select", "chosen", multiple=True, metavar="ID", help="Report these rules alone; a prefix will do. Repeatable."
)
@click.option("--ignore", multiple=True, metavar="ID", help="Don't report these rules. Repeatable.")
@click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave out files that match, as in .gitignore. Repeatable."
)
@click.option(
    "--persona", type=click.Choice(["regular", "pedantic", "auditor"]), help="Show what this reader wants to see."
)
@click.option(
    "--min-confidence",
    type=click.Choice(["low", "medium", "high"]),
    default="low",
    show_default=True,
    help="Show findings from this confidence on.",
)
@click.option("--fail-on", type=click.Choice(["error", "warning", "note"]), help="Exit with 1 from this severity on.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    show_default="one for each processor",
    help="How many processes to use.",
)
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--stats", is_flag=True, help="Say where the time went.")
@click.option("--quiet", is_flag=True, help="Print the findings alone, without progress and summary.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour the output.",
)
@click.option(
    "--stdin-filename",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read this file's content from the standard input, as editors do; the other files of its root are known.",
)
def command(
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    config: Path | None,
    chosen: tuple[str, ...],
    ignore: tuple[str, ...],
    exclude: tuple[str, ...],
    persona: str | None,
    min_confidence: str,
    fail_on: str | None,
    exit_zero: bool,
    jobs: int | None,
    no_cache: bool,
    stats: bool,
    quiet: bool,
    color: str,
    stdin_filename: Path | None,
) -> int:
    """Find log calls in PATHS (default: this folder) that leak.

    Exit codes: 0 clean, 1 findings, 2 usage or policy error, 3 no Python
    files, 4 a file could not be analysed.
    """
    started = time.perf_counter()
    _known_rules((*chosen, *ignore))
    rooted = Rooted(load(_existing(config)), _existing(config).parent, config) if config else None
    given = _standard_input(stdin_filename, paths)
    selection = select(list(given) or list(paths) or [Path()], rooted, exclude, frozenset(given))
    for found in {id(target.rooted): target.rooted for target in selection.targets}.values():
        refuse_plugins(found.policy, found.file)
    options = Options(
        frozenset(chosen),
        frozenset(ignore),
        persona,
        Confidence.of(min_confidence),
        jobs=jobs or processors(),
        cache=None if no_cache else cache_folder(),
        given=given,
    )
    gc.disable()
    with _progress(len(selection.targets) + len(selection.around), quiet) as step:
        report = Scanner(options).run(selection, step)
    gc.freeze()  # the process ends: to collect what it holds would take longer than to report
    report = msgspec.structs.replace(report, seconds=time.perf_counter() - started)
    _write(report, form, output, color)
    if not quiet and not selection.targets:
        click.echo("logguard: no Python files to scan: all are excluded, or there are none", err=True)
    elif not quiet:
        _summarise(report, color, stats)
    return _exit_code(report, selection, fail_on, exit_zero)


def _standard_input(name: Path | None, paths: tuple[Path, ...]) -> dict[Path, bytes]:
    """Return the content that an editor hands over, by the file that it is for."""
    if name is None:
        return {}
    if paths and paths != (Path("-"),):
        raise UsageError("--stdin-filename names the one file to scan: give no other paths")
    return {name.resolve(): sys.stdin.buffer.read()}


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path}: no such policy file")
    return path


def _known_rules(ids: tuple[str, ...]) -> None:
    if not ids:
        return
    from logguard.static.rules import all_rules

    for one in ids:
        if not one or not any(rule.startswith(one) for rule in all_rules()):
            raise UsageError(f"unknown rule '{one}'{did_you_mean(one, all_rules())}")


def _write(report: Report, form: str, output: Path | None, color: str) -> None:
    if form == "json":
        from logguard.report.json import render as as_json

        text = as_json(report, f"{sys.version_info[0]}.{sys.version_info[1]}")
    elif form == "sarif":
        from logguard.report.sarif import render as as_sarif

        text = as_sarif(report, _about_rules())
    elif form == "github":
        from logguard.report.github import render as as_commands

        text = "".join(f"{line}\n" for line in as_commands(report))
    else:
        from logguard.report.snippet import Snippets
        from logguard.report.text import plain, render

        paint = plain if output is not None else painter(sys.stdout, color)
        text = "".join(f"{line}\n" for line in render(report, Snippets(Path()), paint))
    if output is None:
        click.echo(text, nl=False, color=True)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output}: can't be written: {error.strerror}") from None


def _about_rules() -> list[About]:
    from logguard.report.sarif import About
    from logguard.static.rules import all_rules

    return [
        About(rule.id, rule.name, rule.summary, rule.advice, rule.page, rule.severity) for rule in all_rules().values()
    ]


def _summarise(report: Report, color: str, stats: bool) -> None:
    from logguard.report.text import summary

    for line in summary(report, painter(sys.stderr, color)):
        click.echo(line, err=True, color=True)
    if stats:
        for stage, seconds in report.stages.items():
            click.echo(f"{stage:<10} {seconds:6.2f} s", err=True)


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on a terminal while files are scanned; nothing elsewhere."""
    if quiet or total < 50 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("scanning"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)

        def step(path: str) -> None:
            bar.update(task, advance=1, description=path[-40:])

        yield step


def _exit_code(report: Report, selection: Selection, fail_on: str | None, exit_zero: bool) -> int:
    summary = report.summary
    if summary.incomplete:
        return INCOMPLETE
    if not selection.targets:
        return CLEAN if selection.excluded else NO_PYTHON
    by_path = {target.shown: target for target in selection.targets}
    for finding in report.findings:
        if finding.status != "reported" or exit_zero:
            continue
        target = by_path[finding.path]
        overrides = matching_overrides(target.rooted, target.relative)
        level = fail_on or next((o.fail_on for o in reversed(overrides) if o.fail_on), target.rooted.policy.fail_on)
        if _LEVELS[finding.severity] >= _LEVELS[level]:
            return FOUND
    return CLEAN
