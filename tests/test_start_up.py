"""What is loaded when: start-up is part of the product."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run

NEVER = ("presidio_analyzer", "spacy")


def loaded(code: str, cwd: Path) -> set[str]:
    """Return the top-level modules that a piece of code leaves loaded."""
    ask = f"{code}\nimport json, sys; print(json.dumps(sorted({{n.split('.')[0] for n in sys.modules}})))"
    out = subprocess.run([sys.executable, "-c", ask], cwd=cwd, capture_output=True, text=True, check=True).stdout
    return set(json.loads(out.splitlines()[-1]))


SCAN = (
    "from pathlib import Path\nfrom logguard.static.files import select\nfrom logguard.static.scan import Scanner\n"
    "from logguard.static.visible import Options\nScanner(Options()).run(select([Path('app.py')], None))"
)
CASES = [
    ("import", "import logguard", "", ("libcst", "click", "rich", "msgspec", "detect_secrets", *NEVER)),
    ("clean-file", SCAN, "import logging\nlogging.info('x')\n", ("libcst", "rich", "detect_secrets", "pathspec", *NEVER)),
    ("leaking-file", SCAN, "import logging\ndef f(password):\n    logging.info('%s', password)\n", ("rich", "detect_secrets", *NEVER)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "absent"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_loads_nothing_that_it_does_not_need(code: str, file: str, absent: tuple[str, ...], tmp_path: Path) -> None:
    """libcst comes with the first finding, the detectors with the first suspect literal, the guard's engines never."""
    (tmp_path / "app.py").write_text(file)
    assert loaded(code, tmp_path) & set(absent) == set()


def test_detectors_leave_logging_as_it_was(tmp_path: Path) -> None:
    """Importing detect-secrets turns on ``captureWarnings``; the adapter undoes it."""
    code = (
        "import logging, warnings\nbefore = warnings.showwarning\n"
        "from logguard.detect.plugins import load\nload()\n"
        "assert warnings.showwarning is before and not logging.getLogger('py.warnings').handlers"
    )
    loaded(code, tmp_path)


def test_version(tmp_path: Path) -> None:
    """The command and the package agree."""
    import logguard

    assert run("--version", cwd=tmp_path).out == f"logguard {logguard.__version__}\n"
