"""Draw findings for judgement: ``python -m evaluation.sample [--number 100] [--seed 7] [--cache DIR]``.

Scans the wheels of ``benchmarks/wheels.py`` at defaults and prints a fixed random choice of the findings as a table,
so that people can judge each without knowing what the others said.
"""

from __future__ import annotations

import argparse
import os
import sys
from hashlib import sha256
from pathlib import Path

from benchmarks.wheels import CACHE, VERSIONS, unpacked
from logguard.core.finding import Finding
from logguard.static.files import select
from logguard.static.scan import Scanner
from logguard.static.visible import Options


def main() -> int:
    """Print the sample as tab-separated rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cache", type=Path, default=CACHE)
    arguments = parser.parse_args()
    chosen = draw(arguments.number, arguments.seed, arguments.cache.resolve())
    for one in chosen:
        where = one.sink or one.span
        origin = f"{one.source.function}:{one.source.line}" if one.source else ""
        print(
            "\t".join(
                [one.path, str(one.line), one.rule, one.kind or "", one.confidence, str(where.line), origin, one.label]
            )
        )
    return 0


def draw(number: int, seed: int, cache: Path) -> list[Finding]:
    """Scan the wheels at defaults and return a random choice of what is reported, the same for the same seed."""
    folders = unpacked([name for name, _ in VERSIONS], cache)
    findings: list[Finding] = []
    for package, folder in folders.items():
        os.chdir(folder)
        report = Scanner(Options()).run(select([Path()], None))
        lines = sum(path.read_bytes().count(b"\n") for path in Path().rglob("*.py"))
        shown = [finding for finding in report.findings if finding.status == "reported"]
        rate = f"{1000 * len(shown) / max(lines, 1):.3f} per 1,000 lines"
        print(f"{package}: {len(shown)} findings, {rate}, {len(report.summary.incomplete)} incomplete", file=sys.stderr)
        findings += shown
    # By a hash of each finding's identity: one that comes or goes leaves the others where they are.
    drawn = sorted(findings, key=lambda one: sha256(f"{seed} {one.path} {one.fingerprint}".encode()).digest())[:number]
    return sorted(drawn, key=lambda one: (one.path, one.line, one.kind or "", one.fingerprint))


if __name__ == "__main__":
    sys.exit(main())
