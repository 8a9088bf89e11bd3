"""Labelled log calls: rows of a corpus folder, and our own."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

OWN = Path(__file__).parent / "labels.tsv"


@dataclass(frozen=True)
class Row:
    """A log call that somebody read and judged."""

    package: str
    version: str
    file: str
    """Path inside the archive."""
    line: int
    """First line of the call."""
    leaks: bool
    cls: str
    """``account``, ``reportable`` or ``injection``; empty for a clean call."""
    flow: str
    """``direct``, ``local``, ``object``, ``interprocedural`` or ``crossfile``; empty for a clean call."""
    note: str

    @property
    def release(self) -> str:
        """The folder that its package is unpacked to."""
        return f"{self.package}-{self.version}"


def corpus(folder: Path) -> list[Row]:
    """Read ``leaks.tsv`` and ``clean.tsv`` of a corpus folder."""
    leaks = [
        Row(r["package"], r["vuln_version"], r["file"], int(r["line"]), True, r["class"], r["flow"], r["note"])
        for r in _table(folder / "leaks.tsv")
    ]
    clean = [
        Row(r["package"], r["version"], r["file"], int(r["line"]), False, "", "", r["note"])
        for r in _table(folder / "clean.tsv")
    ]
    return leaks + clean


def own() -> list[Row]:
    """Read our own labels."""
    return [
        Row(
            r["package"],
            r["version"],
            r["file"],
            int(r["line"]),
            r["verdict"] == "leak",
            r["class"],
            r["flow"],
            r["reason"],
        )
        for r in _table(OWN)
    ]


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
