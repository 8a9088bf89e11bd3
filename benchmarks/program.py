"""Time whole-program scans: ``python -m benchmarks.program [--repeat 3] [--cache DIR] [--markdown FILE]``.

In one run, in turns and with two processes: a cold scan, a second one with nothing changed, one after a change to a
file, and one of a single file, beside ``ast.parse`` over each file in one process and ruff with all of its rules and no
cache. All figures are ratios to ``ast.parse``. Then the growth: parts of all wheels together, from 50 to 5,000 files.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import geometric_mean, median

from benchmarks.scan import PACKAGES, PARSE
from benchmarks.wheels import CACHE, VERSIONS, unpacked

BIN = Path(sys.executable).parent
JOBS = 2
SIZES = (50, 500, 5000)
COLUMNS = ("cold", "warm", "one file changed", "one file alone", "ruff")


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--markdown", type=Path)
    arguments = parser.parse_args()
    cache = arguments.cache.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        lines = [*_packages(unpacked(PACKAGES, cache), work, arguments.repeat)]
        lines += ["", *_growth(list(unpacked([name for name, _ in VERSIONS], cache).values()), work)]
    text = "\n".join(lines) + "\n"
    print(text, end="")
    if arguments.markdown is not None:
        arguments.markdown.write_text(text, encoding="utf-8")
    return 0


def _packages(folders: dict[str, Path], work: Path, repeat: int) -> Iterator[str]:
    yield f"| package | ast.parse, s | {' | '.join(COLUMNS)} |"
    yield f"|---|---:|{'---:|' * len(COLUMNS)}"
    ratios: dict[str, list[float]] = {column: [] for column in COLUMNS}
    for name, source in folders.items():
        folder = _copied([source], work / name, None)
        rounds = [_round(folder, work) for _ in range(repeat)]
        unit = median(one["parse"] for one in rounds)
        made = {column: median(one[column] for one in rounds) / unit for column in COLUMNS}
        for column, ratio in made.items():
            ratios[column].append(ratio)
        yield f"| {name} | {unit:.2f} | {' | '.join(f'{made[column]:.2f}' for column in COLUMNS)} |"
    means = " | ".join(f"{geometric_mean(ratios[column]):.2f}" for column in COLUMNS)
    yield f"| geometric mean | | {means} |"


def _round(folder: Path, work: Path) -> dict[str, float]:
    kept = work / "kept"
    shutil.rmtree(kept, ignore_errors=True)
    changed = max(folder.rglob("*.py"), key=lambda path: path.stat().st_size)
    made = {
        "parse": _timed([sys.executable, "-c", PARSE, str(folder), str(work / "count")], folder),
        "cold": _scan(folder, kept),
        "warm": _scan(folder, kept),
    }
    before = changed.read_bytes()
    changed.write_bytes(before + b"\nx_of_the_benchmark = 1\n")
    made["one file changed"] = _scan(folder, kept)
    changed.write_bytes(before)
    made["one file alone"] = _scan(folder, kept, str(changed.relative_to(folder)))
    ruff = [str(BIN / "ruff"), "check", "--select", "ALL", "--no-cache", "--exit-zero", "--quiet", "--isolated", "."]
    made["ruff"] = _timed(ruff, folder)
    return made


def _growth(sources: list[Path], work: Path) -> Iterator[str]:
    yield "| files | ast.parse, s | cold / ast.parse | times the files before | times the time before |"
    yield "|---:|---:|---:|---:|---:|"
    last: tuple[int, float] | None = None
    for size in SIZES:
        folder = _copied(sources, work / f"grown-{size}", size)
        count = sum(1 for _ in folder.rglob("*.py"))
        unit = _timed([sys.executable, "-c", PARSE, str(folder), str(work / "count")], folder)
        kept = work / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        cold = _scan(folder, kept)
        more = f"{count / last[0]:.1f} | {cold / last[1]:.1f}" if last else " | "
        yield f"| {count} | {unit:.2f} | {cold / unit:.1f} | {more} |"
        last = (count, cold)


def _copied(sources: list[Path], folder: Path, size: int | None) -> Path:
    """Copy Python files of several folders in equal parts, with the tree that they are in; all if there is no size."""
    share = None if size is None else size // len(sources) + 1
    left = size if size is not None else sys.maxsize
    for source in sources:
        for path in sorted(source.rglob("*.py"))[:share]:
            if left <= 0:
                break
            target = folder / source.name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            left -= 1
    (folder / "logguard.toml").write_text("", encoding="utf-8")
    return folder


def _scan(folder: Path, kept: Path, *paths: str) -> float:
    command = [str(BIN / "logguard"), "scan", "--exit-zero", "--quiet", "--jobs", str(JOBS), "--format", "json"]
    return _timed([*command, *paths], folder, {"LOGGUARD_CACHE_DIR": str(kept)})


def _timed(command: list[str], folder: Path, env: dict[str, str] | None = None) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **(env or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 4):
        raise SystemExit(f"{command[0]} failed: {done.stderr[-300:]}")
    return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
