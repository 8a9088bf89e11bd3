"""Run the installed command, as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

COMMAND = Path(sys.executable).with_name("logguard")


@dataclass(frozen=True)
class Result:
    """What a run came to."""

    code: int
    out: str
    err: str


def run(*arguments: str, cwd: Path, env: dict[str, str] | None = None) -> Result:
    """Run ``logguard`` with arguments in a folder."""
    done = subprocess.run(
        [str(COMMAND), *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return Result(done.returncode, done.stdout, done.stderr)
