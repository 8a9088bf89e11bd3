"""Score the analyzer at defaults: ``python -m evaluation.run [--corpus DIR] [--work DIR]``.

Packages are scanned whole. A leak counts as found when a reported finding with its invariant has its location or its
``sink`` on the call (injection: LGD301); a clean call is flagged when any LGD1xx or LGD2xx finding is on it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from evaluation.fetch import Index, unpack
from evaluation.rows import Row, corpus, own
from logguard.core.finding import Finding
from logguard.static.files import select
from logguard.static.scan import Scanner
from logguard.static.visible import Options


def main() -> int:
    """Fetch, scan and score; returns 0 unless a package can't be had."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="folder with leaks.tsv and clean.tsv")
    parser.add_argument("--work", type=Path, default=Path(".cache/evaluation"), help="where packages are kept")
    arguments = parser.parse_args()
    sets = [("own labels", own())]
    if arguments.corpus is not None:
        sets.insert(0, (f"the folder {arguments.corpus.name}", corpus(arguments.corpus)))
    work = arguments.work.resolve()
    missing = fetch([row for _, rows in sets for row in rows], work)
    for name, rows in sets:
        score(name, [row for row in rows if row.release not in missing], work)
    return 1 if missing else 0


def fetch(rows: list[Row], work: Path) -> set[str]:
    """Bring every package of the rows; returns those that can't be had."""
    index: Index | None = None
    missing: set[str] = set()
    for release, row in sorted({row.release: row for row in rows}.items()):
        folder = work / "packages" / release
        if folder.is_dir():
            continue
        print(f"fetching {release}", file=sys.stderr)
        try:
            index = index or Index()
            unpack(index.download(row.package, row.version, work / "archives"), folder)
        except Exception as error:
            print(f"{release}: can't be had: {type(error).__name__}: {error}", file=sys.stderr)
            missing.add(release)
    return missing


def score(name: str, rows: list[Row], work: Path) -> None:
    """Print what was found of the rows, by class and flow, and the misses by name."""
    findings: list[Finding] = []
    lines = files = 0
    os.chdir(work / "packages")
    for release in sorted({row.release for row in rows}):
        report = Scanner(Options()).run(select([Path(release)], None))
        findings += [finding for finding in report.findings if finding.status == "reported"]
        files += report.summary.files
        lines += sum(path.read_bytes().count(b"\n") for path in Path(release).rglob("*.py"))
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        for path in {finding.path, finding.sink.path if finding.sink is not None else finding.path}:
            by_path.setdefault(path, []).append(finding)
    total: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    missed: list[Row] = []
    flagged: list[Row] = []
    for row in rows:
        place = f"{row.release}/{row.file}"
        here = [one for one in by_path.get(place, []) if on_call(one, place, row.line)]
        if not row.leaks:
            flagged += [row] if any(one.rule[:4] in ("LGD1", "LGD2") for one in here) else []
            continue
        group = (row.cls, row.flow)
        total[group] += 1
        hit = any(row.cls in one.invariants or (row.cls == "injection" and one.rule == "LGD301") for one in here)
        found[group] += hit
        missed += [] if hit else [row]
    print(f"\n## {name}\n\n| class | flow | found | of |\n|---|---|---:|---:|")
    for group in sorted(total):
        print(f"| {group[0]} | {group[1]} | {found[group]} | {total[group]} |")
    near = [group for group in total if group[0] == "account" and group[1] in ("direct", "local", "object")]
    print(f"| account | direct, local, object | {sum(found[g] for g in near)} | {sum(total[g] for g in near)} |")
    clean = sum(not row.leaks for row in rows)
    print(f"\nclean calls flagged: {len(flagged)} of {clean}")
    print(f"findings per 1,000 lines: {1000 * len(findings) / max(lines, 1):.2f} ({len(findings)} in {files} files)")
    for title, some in (("missed", missed), ("flagged", flagged)):
        for row in some:
            print(f"{title}: {row.package} {row.version} {row.file}:{row.line} [{row.cls}/{row.flow}] {row.note}")


def on_call(finding: Finding, path: str, line: int) -> bool:
    """Whether a finding or its sink is on the labelled call."""
    return any(
        one.path == path and one.line <= line <= one.end_line for one in (finding, finding.sink) if one is not None
    )


if __name__ == "__main__":
    sys.exit(main())
