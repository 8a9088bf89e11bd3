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

FOLDER = Path(__file__).with_name("shown")


@dataclass(frozen=True)
class Library:
    """A file that shows what a library shows."""

    file: Path
    package: str
    """On the package index; empty for Python's own."""
    oldest: str

    def versions(self) -> list[str]:
        """Return what pip is asked for: the oldest version that the catalog is true of, and the newest."""
        return [f"{self.package}=={self.oldest}", self.package] if self.package else [""]


def libraries() -> Iterator[Library]:
    """Yield the libraries, read without importing them."""
    for file in sorted(FOLDER.glob("*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "(PACKAGE, OLDEST)":
                package, oldest = ast.literal_eval(node.value)
                yield Library(file, package, oldest)


def shown(library: Library, version: str, work: Path) -> None:
    """Install one version in a folder of its own and check what its things show.

    Raises ``AssertionError`` where it differs from what the catalog says, ``LookupError`` where the version can't be had.
    """
    place = work / f"library-{library.file.stem}-{'oldest' if '==' in version else 'newest'}"
    if version:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(place)]
        done = subprocess.run([*pip, version], capture_output=True, text=True, check=False)
        if done.returncode:
            raise LookupError(f"{version} can't be installed")
    made = subprocess.run(
        [sys.executable, str(FOLDER / "show.py"), str(library.file)],
        env={**os.environ, "PYTHONPATH": str(place)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(made.stdout.splitlines()[-1])
    assert all(found["shows"].values()), f"not shown: {found['shows']}"
    assert not any(found["hides"].values()), f"shown: {found['hides']}"
