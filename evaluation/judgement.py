"""Precision by two independent judges: ``python -m evaluation.judgement [--number 100] [--seed 7] [--markdown FILE]``.

Draws the same sample as ``evaluation.sample`` and looks up what the judges said of each in ``judged.tsv``: facts
about (file, line, kind, function of origin), written down once. Findings that nobody has judged yet are listed.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.wheels import CACHE
from evaluation.sample import draw
from logguard.core.finding import Finding

JUDGED = Path(__file__).parent / "judged.tsv"
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Verdicts:
    """What two people said of a finding, each without knowing what the other said."""

    first: str
    first_reason: str
    second: str
    second_reason: str

    @property
    def real(self) -> bool:
        """A finding counts as real only if both say so."""
        return self.first == self.second == "real"


def main() -> int:
    """Print the figures and the table; returns 1 if a finding of the sample isn't judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--markdown", type=Path, help="write the table to this file as well")
    arguments = parser.parse_args()
    known = verdicts()
    sample = draw(arguments.number, arguments.seed, arguments.cache.resolve())
    judged = [(finding, known.get(key(finding))) for finding in sample]
    text = "\n".join(table(judged)) + "\n"
    print(text, end="")
    if arguments.markdown is not None:
        arguments.markdown.write_text(text, encoding="utf-8")
    return 1 if any(verdict is None for _, verdict in judged) else 0


def verdicts() -> dict[Key, Verdicts]:
    """Read what was judged."""
    with JUDGED.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {
            (row["path"], row["line"], row["kind"], row["source"]): Verdicts(
                row["first"], row["first_reason"], row["second"], row["second_reason"]
            )
            for row in rows
        }


def key(finding: Finding) -> Key:
    """What a verdict is about: it holds as long as the finding is the same."""
    return finding.path, str(finding.line), finding.kind or "", finding.source.function if finding.source else ""


def table(judged: list[tuple[Finding, Verdicts | None]]) -> list[str]:
    """Return the figures and a row for each finding, as markdown."""
    both = [verdict for _, verdict in judged if verdict is not None]
    real = sum(verdict.real for verdict in both)
    apart = sum(verdict.first != verdict.second for verdict in both)
    rest = len(judged) - len(both)
    alone = [
        sum(said == "real" for said in column) for column in zip(*((v.first, v.second) for v in both), strict=True)
    ]
    each = " and ".join(map(str, alone))
    head = f"{real} of {len(judged)} findings are real for both judges, {each} for each alone;"
    lines = [
        f"{head} they disagree on {apart}; {rest} are not judged.",
        "",
        "| finding | rule | kind | first | second | reason |",
        "|---|---|---|---|---|---|",
    ]
    for finding, verdict in judged:
        said = (verdict.first, verdict.second, verdict.first_reason) if verdict else ("?", "?", "not judged")
        if verdict is not None and verdict.first != verdict.second:
            said = (verdict.first, verdict.second, f"{verdict.first_reason} / {verdict.second_reason}")
        reason = said[2].replace("|", "\\|")
        lines.append(
            f"| `{finding.path}:{finding.line}` | {finding.rule} | {finding.kind} | {said[0]} | {said[1]} | {reason} |"
        )
    return lines


if __name__ == "__main__":
    sys.exit(main())
