"""``logguard scrub``: take the sensitive values out of text, JSON Lines and gzip files."""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click

from logguard.core.errors import UsageError

DONE, INCOMPLETE = 0, 4
CHUNK = 1 << 16
"""Bytes that are read at once."""


@click.command(
    "scrub",
    epilog="\b\nExamples:\n"
    "  logguard scrub app.log > clean.log\n"
    "  logguard scrub --stats old/*.log.gz -o clean.log.gz\n"
    "  kubectl logs web | logguard scrub",
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write to this file, compressed if its name ends in .gz.",
)
@click.option(
    "--config",
    metavar="POLICY",
    help="Use this policy: a file, pkg:PACKAGE/FILE, default or everything.",
)
@click.option("--stats", is_flag=True, help="Say which kinds were found, and how often.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(files: tuple[Path, ...], output: Path | None, config: str | None, stats: bool, quiet: bool) -> int:
    """Copy logs without their sensitive values.

    Reads FILES in turn, or standard input for none or "-", and writes what is
    left of them to standard output. Files whose name ends in .gz are
    uncompressed. Memory doesn't grow with the input, and secrets of several
    lines are found. The policy is --config, else LOGGUARD_CONFIG, else default.

    Exit code 0, whatever was found; 2 for a usage error; 4 if an input could
    not be read to its end.
    """
    from logguard.runtime.scrubber import Scrubber
    from logguard.runtime.stream import Stream

    inputs = list(files) or [Path("-")]
    _check(inputs, output)
    scrubber = Scrubber(config)
    counts: Counter[str] = Counter()
    broken: list[str] = []
    with _opened(output) as sink, _progress(_size(inputs), quiet or (output is None and sys.stdout.isatty())) as step:
        for path in inputs:
            stream = Stream(scrubber)
            try:
                with _source(path) as source:
                    for block in stream.clean(_chunks(source, step)):
                        sink.write(block)
            except (EOFError, gzip.BadGzipFile) as error:
                broken.append(f"{path}: not readable to its end: {error}")
            except OSError as error:
                if isinstance(error, BrokenPipeError):
                    raise
                broken.append(f"{path}: {error.strerror or error}")
            counts += stream.counts
        sink.flush()
    for line in broken:
        click.echo(f"logguard: {line}", err=True)
    if stats:
        _report(counts)
    return INCOMPLETE if broken else DONE


def _check(inputs: list[Path], output: Path | None) -> None:
    for path in inputs:
        if str(path) == "-":
            continue
        if path.is_dir():
            raise UsageError(f"{path}: is a folder; name the files in it")
        if not path.exists():
            raise UsageError(f"{path}: no such file")
        if output is not None and output.exists() and output.samefile(path):
            raise UsageError(f"{path}: is input and output at once; write to another file")


@contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        sink = gzip.GzipFile(output, "wb") if output.suffix == ".gz" else output.open("wb")
    except OSError as error:
        raise UsageError(f"{output}: {error.strerror}") from None
    with sink:
        yield sink  # type: ignore[misc]  # a gzip file writes bytes too


@contextmanager
def _source(path: Path) -> Iterator[BinaryIO]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    with path.open("rb") as file:
        if path.suffix == ".gz":
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield unpacked  # type: ignore[misc]  # it reads bytes too
        else:
            yield file


def _chunks(source: BinaryIO, step: Callable[[int], None]) -> Iterator[bytes]:
    read = getattr(source, "read1", source.read)
    before = 0
    raw = getattr(source, "fileobj", None)
    while chunk := read(CHUNK):
        yield chunk
        now = raw.tell() if raw is not None else before + len(chunk)
        step(now - before)
        before = now


def _size(inputs: list[Path]) -> int | None:
    return None if any(str(path) == "-" for path in inputs) else sum(path.stat().st_size for path in inputs)


@contextmanager
def _progress(total: int | None, quiet: bool) -> Iterator[Callable[[int], None]]:
    """Show a progress bar on a terminal, in bytes of the input; nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("scrubbing"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda count: bar.advance(task, count)


def _report(counts: Counter[str]) -> None:
    if not counts:
        click.echo("nothing sensitive found", err=True)
        return
    from logguard.core.kinds import kinds

    width = max(len(kind) for kind in counts)
    for kind, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        known = kinds().get(kind)
        breaks = f"  breaks {', '.join(known.invariants)}" if known is not None else ""
        click.echo(f"{count:>9,}  {kind:<{width}}{breaks}", err=True)
