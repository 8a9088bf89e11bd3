"""``make integration``: the built distribution, on every supported Python that the machine has.

A step whose outside program can't be had is skipped by name and counted; with INTEGRATION_STRICT=1 that fails.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tests.integration import sarif
from tests.integration.hooks import Hooks
from tests.integration.libraries import libraries, shown

ROOT = Path(__file__).resolve().parent.parent.parent
HOOKS = ("try_repo", "commits", "policies")
AT_ONCE = 3
Step = tuple[str, Callable[[], None]]
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


class MissingError(Exception):
    """A program that a step needs isn't on this machine."""


def main() -> int:
    """Run every step, print a line for each and the counts last."""
    counts = dict.fromkeys(("passed", "failed", "skipped"), 0)
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        wheel = build(work)
        steps: list[Step] = [("distribution holds what it needs", partial(contents, wheel))]
        steps += [(f"wheel on Python {version}", partial(on_python, version, wheel, work)) for version in PYTHONS]
        steps.append(("SARIF against the official schema", partial(sarif.validates, work)))
        steps += [(f"pre-commit: {name}", partial(hooked, work, name)) for name in HOOKS]
        catalog = [
            (f"catalog: {one.file.stem}, {' '.join(version) or 'of Python'}", partial(shown, one, version, work))
            for one in libraries()
            for version in one.versions()
        ]
        with ThreadPoolExecutor(AT_ONCE) as pool:  # the catalog's steps mostly wait for pip
            for outcome, line in (*map(outcome_of, steps), *pool.map(outcome_of, catalog)):
                counts[outcome] += 1
                print(f"{outcome}: {line}")
    print(", ".join(f"{number} {outcome}" for outcome, number in counts.items()))
    return 1 if counts["failed"] or (counts["skipped"] and os.environ.get("INTEGRATION_STRICT") == "1") else 0


def outcome_of(step: Step) -> tuple[str, str]:
    """Run a step and return what came of it, and its name with the reason."""
    name, run = step
    try:
        run()
    except (MissingError, LookupError) as missing:
        return "skipped", f"{name}: {missing}"
    except (AssertionError, subprocess.CalledProcessError) as error:
        return "failed", f"{name}: {error} {(getattr(error, 'stderr', '') or '')[-2000:]}"
    return "passed", name


def hooked(work: Path, name: str) -> None:
    """Run one of the steps on a project with the hooks installed."""
    folder = work / f"hooks-{name}"
    folder.mkdir()
    getattr(Hooks(folder), name)()


def build(work: Path) -> Path:
    """Build the wheel and return its path."""
    call(sys.executable, "-m", "build", "--wheel", "--outdir", str(work), str(ROOT))
    [wheel] = work.glob("logguard_security-*.whl")
    return wheel


def contents(wheel: Path) -> None:
    """The tables, the type marker and the licence are in it; tests and examples are not."""
    import zipfile

    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("logguard/py.typed", "logguard/core/kinds.toml", "logguard/core/catalog/names.toml"):
        assert needed in names, f"{needed} is missing"
    assert any(name.endswith("LICENSE") for name in names), "the licence is missing"
    assert not any(name.startswith(("tests/", "examples/", "docs/")) for name in names), (
        "it holds more than the package"
    )


def on_python(version: str, wheel: Path, work: Path) -> None:
    """Install the wheel into a fresh environment and scan the example shop with it."""
    python = interpreter(version)
    home = work / version
    call(python, "-m", "venv", str(home))
    call(str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", str(wheel))
    done = call(
        str(home / "bin" / "logguard"), "scan", "shop", "--format", "json", "--exit-zero", cwd=ROOT / "examples"
    )
    report = json.loads(done)
    found = {(one["path"], one["line"]) for one in report["findings"]}
    rows = [line.split("\t") for line in (ROOT / "examples" / "expected.tsv").read_text().splitlines()[1:]]
    assert found == {(row[0], int(row[1])) for row in rows}, f"findings differ: {sorted(found)}"
    assert report["tool"]["python"] == version


def interpreter(version: str) -> str:
    """Return an interpreter of a version, or raise ``MissingError``."""
    for name in (f"python{version}", sys.executable):
        path = shutil.which(name)
        if path is None:
            continue
        asked = subprocess.run(
            [path, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        if asked.stdout.strip() == version:
            return path
    raise MissingError(f"no Python {version} on this machine")


def call(*command: str, cwd: Path | None = None) -> str:
    """Run a command and return what it printed; raises ``CalledProcessError`` if it fails."""
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main())
