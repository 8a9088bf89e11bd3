"""The project keeps its own promises: generated pages, labels, tables with origin."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from evaluation.rows import own
from logguard.core.catalog import Catalog
from logguard.core.kinds import kinds
from logguard.core.names import words
from logguard.core.policy import Policy
from logguard.core.tables import FOLDER, parse

ROOT = Path(__file__).parent.parent
TABLES = sorted((FOLDER / "catalog").glob("*.toml"))


def test_generated_pages_are_up_to_date() -> None:
    """``make docs`` would change nothing."""
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_own_labels_are_many() -> None:
    """Facts that the evaluation scores against."""
    rows = own()
    assert (sum(row.leaks for row in rows), sum(not row.leaks for row in rows)) == (424, 206)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_table_of_the_catalog_has_its_origin(path: Path) -> None:
    """Where its rows come from."""
    assert re.search(r"^(origin = \"|# origin: )\S", path.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_kind_that_a_table_names_exists() -> None:
    """In the vocabulary and in the catalog."""
    names = parse((FOLDER / "catalog" / "names.toml").read_text(encoding="utf-8"))
    catalog = Catalog(Policy())
    used = {row["kind"] for row in names["name"]} | {row.kind for row in catalog.sources.values()}
    used |= {row.kind for table in (catalog.attributes, catalog.results) for rows in table.values() for row in rows}
    used |= {row.kind for row in catalog.types.values()}
    assert used - set(kinds()) == set()


def test_readme_gives_exactly_two_commands_first() -> None:
    """``make demo`` and ``make test``, each in a block of its own."""
    blocks = re.findall(
        r"^```(?:sh|bash|console|shell)?\n(.*?)^```$", (ROOT / "README.md").read_text(), re.MULTILINE | re.DOTALL
    )
    assert [block.strip() for block in blocks[:2]] == ["make demo", "make test"]


def test_the_project_names_no_machine_and_no_registry() -> None:
    """It speaks of itself alone."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    words = re.compile("|".join(["/w" + "ork/", "shar" + "ed/corpus", "pypi" + r"\.org", "files.python" + "hosted"]))
    found = [
        name for name in listed if (ROOT / name).is_file() and words.search((ROOT / name).read_text(errors="ignore"))
    ]
    assert found == []


def test_no_phrase_stands_twice() -> None:
    """Neither in two rows nor as sensitive and harmless: the later would silently win."""
    names = parse((FOLDER / "catalog" / "names.toml").read_text(encoding="utf-8"))
    rows = [*(row["words"] for row in names["name"]), names["harmless"]["words"]]
    found = Counter(joined for row in rows for joined in {"".join(words(phrase)) for phrase in row})
    assert [phrase for phrase, count in found.items() if count > 1] == []
