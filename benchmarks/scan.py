"""Time ``logguard scan`` beside other tools on published packages: fresh processes, one core each, in turns, as ratios.

``ast.parse`` over every file is the unit, since no scanner that reads Python can do less. All tools read the same
folder: a copy of the package's ``.py`` files in a temporary place, where no ignore file or policy of this project acts.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import geometric_mean, median
from typing import Any

from benchmarks.wheels import CACHE, PROJECT, UnavailableError, complete, last_line, progress, unpacked

PACKAGES = ("apache-airflow", "matrix-synapse", "Django")
"""What is scanned by default."""
TOOLS_VENV = PROJECT / ".cache" / "bench-venv"
"""Default virtual environment of the other tools, whose dependencies must not meet the project's."""
RULE = Path(__file__).with_name("semgrep_rule.yaml")
"""The one rule that semgrep runs."""
BASELINE = "ast.parse"
"""Name of the tool whose time is the unit."""
COMPETITORS = ("semgrep", "bandit")
"""What is installed for the comparison, by the name of the distribution and of the command."""
SMALL_RUNS = 15
"""Runs behind each median of the small-file part."""
PARSE = """
import ast, contextlib, pathlib, sys
paths = list(pathlib.Path(sys.argv[1]).rglob("*.py"))
for path in paths:
    with contextlib.suppress(SyntaxError, ValueError):
        ast.parse(path.read_bytes())
pathlib.Path(sys.argv[2]).write_text('{"files": %d}' % len(paths))
"""
CLEAN = '''"""Orders of a small shop."""

import logging

logger = logging.getLogger(__name__)


def total(prices: list[float]) -> float:
    """Return what the prices come to."""
    logger.info("%d articles come to %.2f", len(prices), sum(prices))
    return sum(prices)
'''
LEAK = '''

def sign_in(user: str, password: str) -> bool:
    """Tell whether the shop lets the user in."""
    logger.warning("sign-in refused, password was %s", password)
    return False
'''


@dataclass(frozen=True)
class Tool:
    """A program to time."""

    name: str
    """Its column in the table."""
    options: tuple[str, ...]
    """``{target}`` and ``{out}`` stand for what is scanned and for the JSON report."""
    files: Callable[[Any], int]
    """The number of files read, from the report."""
    accepted: tuple[int, ...] = (0,)
    """Exit codes of a run that did its work; logguard's 4 means that a file doesn't parse."""
    program: str = ""
    """Path of the command, once found."""


def tools(venv: Path, without: Sequence[str]) -> list[Tool]:
    """Return the tools to time; raises ``UnavailableError`` if one of them is missing and can't be installed."""
    programs = {BASELINE: sys.executable} | competitors(venv, [name for name in COMPETITORS if name not in without])
    if "logguard" not in without:
        programs["logguard"] = found("logguard", Path(sys.executable).parent)
    offline = "--metrics=off --disable-version-check --no-git-ignore -j 1 --quiet --json -o {out} {target}"
    semgrep = ("scan", "--config", str(RULE), *offline.split())
    bandit = "-r -q -f json -o {out} {target} --exit-zero"
    logguard = "scan {target} --exit-zero --no-cache --jobs 1 -o {out} --format json"
    known = (
        Tool(BASELINE, ("-W", "ignore", "-c", PARSE, "{target}", "{out}"), lambda report: report["files"]),
        Tool("semgrep", semgrep, lambda report: len(report["paths"]["scanned"])),
        Tool("bandit", tuple(bandit.split()), lambda report: len(report["metrics"].keys() - {"_totals"})),
        Tool("logguard", tuple(logguard.split()), lambda report: report["summary"]["files"], accepted=(0, 4)),
    )
    return [replace(tool, program=programs[tool.name]) for tool in known if tool.name in programs]


def found(name: str, folder: Path) -> str:
    """Return the path of a program in ``folder``; raises ``UnavailableError`` if it isn't there."""
    program = shutil.which(name, path=str(folder))
    if program is None:
        raise UnavailableError(f"no {name} in {folder}: install it there, or leave it out with --without {name}")
    return program


def competitors(venv: Path, wanted: Sequence[str]) -> dict[str, str]:
    """Return the paths of the wanted tools in their virtual environment, making it and installing what it lacks."""
    folder = venv.absolute() / ("Scripts" if os.name == "nt" else "bin")
    missing = [name for name in wanted if shutil.which(name, path=str(folder)) is None]
    what = " and ".join(missing)
    if missing and venv.resolve() == Path(sys.prefix).resolve():
        raise UnavailableError(f"{what} must not be installed beside the project: see --tools-venv")
    install = [str(folder / "python"), "-m", "pip", "install", "--quiet", *missing]
    for step in ([sys.executable, "-m", "venv", str(venv)], install) if missing else ():
        progress(f"setting up {what}: {' '.join(step[1:4])}")
        complete(step, f"{what} can't be installed")
    return {name: found(name, folder) for name in wanted}


def pin() -> Callable[[], None] | None:
    """Return what ties a new process to one core, or None where the system can't."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    return functools.partial(os.sched_setaffinity, 0, {max(os.sched_getaffinity(0))})


@dataclass(frozen=True)
class Bench:
    """The conditions that all timed processes share."""

    work: Path
    """Working folder of the processes, outside of any project."""
    environment: dict[str, str]
    """What they are started with."""

    def seconds(self, command: Sequence[str], accepted: Sequence[int] = (0,)) -> float:
        """Return the wall time of one fresh process; raises ``UnavailableError`` if it fails."""
        start = time.perf_counter()
        done = subprocess.run(command, capture_output=True, env=self.environment, cwd=self.work, preexec_fn=pin())
        taken = time.perf_counter() - start
        if done.returncode not in accepted:
            why = last_line(done.stderr.decode(errors="replace"))
            raise UnavailableError(f"{Path(command[0]).name} failed with exit code {done.returncode}: {why}")
        return taken

    def run(self, tool: Tool, target: Path) -> tuple[float, Any]:
        """Return the time of one run of a tool, and its report."""
        out = self.work / f"report-{tool.name}.json"
        out.unlink(missing_ok=True)
        places = {"{target}": str(target), "{out}": str(out)}
        taken = self.seconds([tool.program, *(places.get(option, option) for option in tool.options)], tool.accepted)
        try:
            return taken, json.loads(out.read_bytes())
        except (OSError, ValueError) as error:
            raise UnavailableError(f"{tool.name} wrote no report: {error}") from error


@dataclass(frozen=True)
class Row:
    """What was measured on one package."""

    package: str
    files: int
    """Python files in it."""
    seconds: dict[str, float]
    """Median time of each tool."""
    read: dict[str, int]
    """Files that each tool says it read."""


def staged(package: str, source: Path, work: Path) -> tuple[Path, int]:
    """Copy the Python files of a package to a folder of their own, read them once, and count them."""
    folder = work / package
    files = [path.relative_to(source) for path in sorted(source.rglob("*.py")) if path.is_file()]
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / file, folder / file)
        (folder / file).read_bytes()
    return folder, len(files)


def prepared(work: Path, timed: Sequence[Tool]) -> Bench:
    """Return the conditions for all runs, with each tool run once: that warms its own files and shows if it works."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"SEMGREP_SETTINGS_FILE": str(work / "semgrep.yml"), "SEMGREP_LOG_FILE": str(work / "semgrep.log")}
    folders = [str(Path(tool.program).parent) for tool in timed]  # semgrep starts helpers by name
    environment["PATH"] = os.pathsep.join([*folders, environment.get("PATH", "")])
    bench = Bench(work, environment)
    for tool in timed:
        bench.run(tool, written(work / "first", CLEAN + LEAK).parent)
    return bench


def measured(bench: Bench, timed: Sequence[Tool], package: str, source: Path, repeat: int) -> Row:
    """Run the tools in turns over one package."""
    folder, files = staged(package, source, bench.work)
    times: dict[str, list[float]] = {tool.name: [] for tool in timed}
    read: dict[str, int] = {}
    for turn in range(repeat):
        for tool in timed:
            taken, report = bench.run(tool, folder)
            times[tool.name].append(taken)
            read[tool.name] = tool.files(report)
            progress(f"{package}, {turn + 1} of {repeat}: {tool.name} {taken:.2f} s")
    return Row(package, files, {name: median(of_tool) for name, of_tool in times.items()}, read)


def small(bench: Bench, tool: Tool) -> list[list[str]]:
    """Return the rows of the small-file table: one file without a finding, the same with one."""
    times: dict[str, list[float]] = {"without a finding": [], "with one": [], "python -c pass": []}
    reported: dict[str, int] = {}
    for _ in range(SMALL_RUNS):
        times["python -c pass"].append(bench.seconds([sys.executable, "-c", "pass"]))
        for name, text in (("without a finding", CLEAN), ("with one", CLEAN + LEAK)):
            taken, report = bench.run(tool, written(bench.work / name.replace(" ", "-"), text))
            times[name].append(taken)
            reported[name] = report["summary"]["reported"]
    unit = median(times["python -c pass"])
    progress(f"small files: python -c pass {unit * 1000:.0f} ms")
    return [[name, str(count), f"{median(times[name]) / unit:.1f}"] for name, count in reported.items()]


def written(folder: Path, text: str) -> Path:
    """Return a file with that text, alone in ``folder``."""
    folder.mkdir(exist_ok=True)
    (folder / "orders.py").write_text(text)
    return folder / "orders.py"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of an aligned markdown table, figures to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(head, *rows, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    for first, *rest in (head, rule, *rows):
        figures = (f"{cell:>{width}}" for cell, width in zip(rest, widths[1:], strict=True))
        yield f"| {first:<{widths[0]}} | {' | '.join(figures)} |"


def ratios(rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    """Yield the table of the packages, and what its reader must know of the files."""
    pairs = [(name, BASELINE) for name in names if name != BASELINE]
    if {"logguard", "semgrep"} <= set(names):
        pairs.append(("logguard", "semgrep"))
    head = ["package", "files", f"{BASELINE}, s", *(a if b == BASELINE else f"{a} / {b}" for a, b in pairs)]
    values = [[row.seconds[a] / row.seconds[b] for a, b in pairs] for row in rows]
    known = [[row.package, str(row.files), f"{row.seconds[BASELINE]:.2f}"] for row in rows]
    means = [geometric_mean(column) for column in zip(*values, strict=True)]
    lines = zip([*known, ["geometric mean", "", ""]], [*values, means], strict=True)
    yield from table(head, [[*cells, *(f"{value:.3g}" for value in line)] for cells, line in lines])
    unread = ((row, name, read) for row in rows for name, read in row.read.items() if read != row.files)
    for row, name, read in unread:
        yield f"\n{name} read {read} of the {row.files} files of {row.package}."


def benchmark(options: argparse.Namespace) -> Iterator[str]:
    """Measure everything and yield the lines of the report."""
    sources = unpacked(options.packages, options.cache)
    timed = tools(options.tools_venv, options.without)
    with tempfile.TemporaryDirectory(prefix="scan-bench-") as work:
        bench = prepared(Path(work).resolve(), timed)
        rows = [measured(bench, timed, name, source, options.repeat) for name, source in sources.items()]
        yield from ratios(rows, [tool.name for tool in timed])
        core = "each on one core" if pin() else "not tied to a core (the system can't)"
        runs = f"median of {options.repeat} fresh processes, caches off, {core}"
        yield f"\nTimes relative to {BASELINE} over each file; {runs}."
        for tool in timed:
            if tool.name == "logguard":
                yield ""
                yield from table(["one small file", "reported", "/ python -c pass"], small(bench, tool))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scan", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="runs of each tool on each package")
    parser.add_argument("--packages", nargs="+", default=PACKAGES, metavar="NAME", help="names known to wheels.py")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help="where the wheels are kept")
    parser.add_argument("--tools-venv", type=Path, default=TOOLS_VENV, metavar="DIR", help="has semgrep and bandit")
    parser.add_argument("--without", action="append", default=[], choices=(*COMPETITORS, "logguard"), help="repeatable")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="also write the tables there")
    options = parser.parse_args(arguments)
    if options.repeat < 1:
        parser.error("--repeat must be at least 1")
    try:
        lines = list(benchmark(options))
    except UnavailableError as error:
        progress(f"benchmarks.scan: {error}")
        return 1
    print("\n".join(lines))
    if options.markdown:
        options.markdown.write_text("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
