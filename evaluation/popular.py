"""Scan widely used packages: ``python -m evaluation.popular LIST [--number 200] [--limit 60] [--cache DIR]``.

LIST has a package name a line. Of those with a pure wheel, the newest is fetched, opened (never installed or run) and
scanned by the installed command. Prints a row a package and what went wrong: a crash, a scan that takes longer than
the limit in seconds, a file that is incomplete. Returns 1 if there was a crash, a scan over the limit, or an internal
error.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.wheels import PROJECT, UnavailableError, complete, progress, unpack

CACHE = PROJECT / ".cache" / "popular"
COMMAND = Path(sys.executable).with_name("logguard")
FOUND = (0, 1)
INCOMPLETE = 4


@dataclass(frozen=True)
class Row:
    """What the scan of one package came to."""

    wheel: str
    files: int
    lines: int
    findings: int
    seconds: float
    incomplete: list[str] = field(default_factory=list)
    wrong: str = ""

    @property
    def rate(self) -> float:
        """Findings per 1,000 lines."""
        return 1000 * self.findings / max(self.lines, 1)


def main() -> int:
    """Print the table; a line on standard error a package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=Path)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--cache", type=Path, default=CACHE)
    arguments = parser.parse_args()
    rows = []
    for name in arguments.list.read_text(encoding="utf-8").split():
        wheel = _wheel(name, arguments.cache.resolve())
        if wheel is None:
            progress(f"{name}: no pure wheel")
            continue
        rows.append(_scanned(wheel, arguments.limit))
        progress(
            f"{len(rows)} {rows[-1].wheel}: {rows[-1].findings} findings in {rows[-1].seconds:.1f} s {rows[-1].wrong}"
        )
        if len(rows) >= arguments.number:
            break
    print("\n".join(_table(rows)))
    return int(any(row.wrong for row in rows))


def _wheel(name: str, cache: Path) -> Path | None:
    """Return the pure wheel of a package, fetched once; ``None`` where the index has none."""
    folder = cache / name
    if not folder.is_dir():
        part = Path(tempfile.mkdtemp(prefix=".fetching-", dir=_made(cache)))
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        pure = ["--only-binary=:all:", "--platform", "any", "--implementation", "py", "--abi", "none"]
        try:
            complete([*pip, *pure, "-d", str(part), name], f"no pure wheel of {name}")
        except UnavailableError:
            shutil.rmtree(part)
            return None
        part.rename(folder)
    return next(iter(sorted(folder.glob("*.whl"))), None)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _scanned(wheel: Path, limit: int) -> Row:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        unpack(wheel, folder)
        lines = sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.py"))
        started = time.perf_counter()
        command = [str(COMMAND), "scan", "--format", "json", "--no-cache", "."]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=limit)
        except subprocess.TimeoutExpired:
            return Row(wheel.name, 0, lines, 0, limit, wrong=f"over {limit} s")
        seconds = time.perf_counter() - started
        if done.returncode == 3:  # nothing to scan
            return Row(wheel.name, 0, lines, 0, seconds)
        if done.returncode not in (*FOUND, INCOMPLETE) or "Traceback" in done.stderr:
            return Row(wheel.name, 0, lines, 0, seconds, wrong=f"exit code {done.returncode}")
    report = json.loads(done.stdout)
    incomplete = [f"{one['path']}: {one['reason']}" for one in report["summary"]["incomplete"]]
    wrong = next((one for one in incomplete if "internal error" in one or "too tangled" in one), "")
    summary = report["summary"]
    return Row(wheel.name, summary["files"], lines, summary["reported"], seconds, incomplete, wrong)


def _table(rows: list[Row]) -> Iterator[str]:
    lines = sum(row.lines for row in rows)
    findings = sum(row.findings for row in rows)
    files = sum(row.files for row in rows)
    slowest = max(rows, key=lambda row: row.seconds)
    rate = 1000 * findings / max(lines, 1)
    yield f"{len(rows)} packages, {files} files, {lines} lines: {findings} findings, {rate:.3f} per 1,000 lines"
    yield f"slowest: {slowest.wheel}, {slowest.seconds:.0f} s"
    yield f"wrong: {', '.join(f'{row.wheel}: {row.wrong}' for row in rows if row.wrong) or 'nothing'}"
    yield ""
    yield "| wheel | files | lines | findings | per 1,000 lines |"
    yield "|---|---:|---:|---:|---:|"
    for row in sorted(rows, key=lambda row: row.wheel.lower()):
        yield f"| {row.wheel} | {row.files} | {row.lines} | {row.findings} | {row.rate:.2f} |"
    broken = [f"{row.wheel}: {one}" for row in rows for one in row.incomplete]
    yield ""
    yield f"files that could not be analysed: {len(broken)}"
    yield from (f"- {one}" for one in broken)


if __name__ == "__main__":
    sys.exit(main())
