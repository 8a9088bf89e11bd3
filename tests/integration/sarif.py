"""The SARIF report against the official schema, which an npm package of Microsoft's carries."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = "@microsoft/jest-sarif"


def validates(work: Path) -> None:
    """The report of the example shop is valid, with flows and a suppression."""
    schema = _schema(work)
    shop = work / "shop"
    shutil.copytree(ROOT / "examples" / "shop", shop)
    (shop / "broken.py").write_text("def broken(:\n")
    (shop / "quiet.py").write_text(
        "import logging\n\n\ndef f(password):\n"
        "    logging.info('%s', password)  # logguard: ignore[LGD101] a test of suppression\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "logguard", "scan", "--format", "sarif", "."],
        cwd=shop,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    jsonschema.validate(report, schema)
    [run] = report["runs"]
    assert any(one.get("suppressions") for one in run["results"]), "no suppression"
    assert any(one.get("codeFlows") for one in run["results"]), "no flow"
    assert run["invocations"][0]["toolExecutionNotifications"], "nothing said of the broken file"


def _schema(work: Path) -> object:
    npm = shutil.which("npm")
    if npm is None:
        raise LookupError("no npm on this machine")
    folder = work / "schema"
    folder.mkdir()
    done = subprocess.run([npm, "pack", PACKAGE], cwd=folder, capture_output=True, text=True, check=False)
    archives = list(folder.glob("*.tgz"))
    if done.returncode != 0 or not archives:
        raise LookupError(f"{PACKAGE} can't be had from the registry")
    with tarfile.open(archives[0]) as archive:
        names = [name for name in archive.getnames() if name.endswith(".json") and "schemas/sarif-2.1.0" in name]
        held = archive.extractfile(names[0])
        assert held is not None
        return json.load(held)
