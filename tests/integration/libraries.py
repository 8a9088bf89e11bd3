"""Run the things that the catalog describes in the oldest and the newest version of their libraries."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from logguard.core.catalog import Entries
from logguard.core.tables import FOLDER as TABLES
from logguard.core.tables import parse

FOLDER = Path(__file__).with_name("shown")
SHOWN = (
    *("convert", "convert_methods", "unwrap_methods", "element_methods", "section_types", "repr_decorators"),
    *("repr_bases", "dump_methods", "dump_functions", "http", "message_modules", "address_functions"),
)
HIDDEN = ("clean", "clean_methods", "clean_types", "number_types", "path_functions")
"""Lists of names by what the text of their results, or of their values, shows."""
NOT_RUN = {"conventions", "python2"}
"""Tables about no library that could be asked."""


@dataclass(frozen=True)
class Library:
    """A file that shows what a library shows."""

    file: Path
    package: str
    """On the package index, or several with blanks between; empty for Python's own."""
    oldest: str

    def versions(self) -> list[list[str]]:
        """Return what pip is asked for: the oldest version that the catalog is true of, and the newest."""
        if not self.package:
            return [[]]
        oldest = self.oldest if "==" in self.oldest else f"{self.package}=={self.oldest}"
        return [oldest.split(), self.package.split()]


def tables() -> dict[str, Entries]:
    """Return the tables of the catalog that are about a library, by name."""
    files = sorted((TABLES / "catalog").glob("*.toml"))
    return {
        file.stem: msgspec.convert(parse(file.read_text(encoding="utf-8")), Entries)
        for file in files
        if file.stem not in {"names", *NOT_RUN}
    }


def shown_rows(table: Entries) -> set[str]:
    """Return the names of the rows that must show a value.

    That of one shown by an exception ends in "raises", that of a delegate in the method that it calls.
    """
    found = {row.name for row in (*table.source, *table.sink)}
    found |= {name for row in (*table.result, *table.attribute, *table.method, *table.type) for name in row.names}
    for echo in table.echo:
        found |= {f"{name} raises" if echo.raises else name for name in echo.names} | {*echo.holds}
    found |= {f"{name} to {row.to}" for row in table.delegate for name in row.names}
    for one in table.logger:
        found |= {*one.factories, *one.objects, *one.types, *one.binders}
    return found.union(*(getattr(table, name) for name in SHOWN))


def hidden_rows(table: Entries) -> set[str]:
    """Return the names of the rows that must hide it."""
    return {name for part in HIDDEN for name in getattr(table, part)}


def missing(rows: set[str], made: set[str]) -> list[str]:
    """Return the rows that nothing was made for, neither under their full name nor under its last part."""
    last = {name.rpartition(".")[2] for name in made}
    return sorted(
        one for one in rows if one.rpartition(".")[2] not in made and one not in (made if "." in one else last)
    )


def libraries() -> Iterator[Library]:
    """Yield the libraries, read without importing them."""
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "(PACKAGE, OLDEST)":
                package, oldest = ast.literal_eval(node.value)
                yield Library(file, package, oldest)


def shown(library: Library, version: list[str], work: Path) -> None:
    """Install one version in a folder of its own and check that its things show what every row of its table says.

    Raises ``AssertionError`` where they don't, ``LookupError`` where the version can't be had.
    """
    place = work / f"library-{library.file.stem}-{'oldest' if any('==' in one for one in version) else 'newest'}"
    if version:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(place)]
        done = subprocess.run([*pip, *version], capture_output=True, text=True, check=False)
        if done.returncode:
            raise LookupError(f"{' '.join(version)} can't be installed")
    made = subprocess.run(
        [sys.executable, str(FOLDER.with_name("show.py")), str(library.file)],
        env={**os.environ, "PYTHONPATH": str(place)},
        stdin=subprocess.DEVNULL,
        start_new_session=True,  # without a terminal that a prompt could be read from
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(made.stdout.splitlines()[-1])
    assert all(found["shows"].values()), f"not shown: {[row for row, seen in found['shows'].items() if not seen]}"
    assert not any(found["hides"].values()), f"shown: {[row for row, seen in found['hides'].items() if seen]}"
    table = tables()[library.file.stem]
    left = missing(shown_rows(table), {*found["shows"]}) + missing(hidden_rows(table), {*found["hides"]})
    assert not left, f"nothing was made for {left}"
