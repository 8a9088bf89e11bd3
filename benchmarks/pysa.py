"""Time Pysa beside `logguard scan`: ``python -m benchmarks.pysa [--bin DIR] [--repeat N] [--cache DIR]``.

Both follow values through the whole of Synapse with two processes: Pysa (pyre-check, with pyrefly) by models on the
names of attributes and parameters (`pysa_models/`), logguard without its cache. ``--bin`` is the folder of an
environment with pyre-check and pyrefly; where there is none, nothing is measured and the script says so.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.wheels import CACHE, unpacked

PACKAGE = "matrix-synapse"
MODELS = Path(__file__).parent / "pysa_models"
JOBS = "2"


def main() -> int:
    """Print how the times compare, and how much each reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--cache", type=Path, default=CACHE)
    arguments = parser.parse_args()
    pyre = shutil.which("pyre", path=str(arguments.bin) if arguments.bin else None)
    if pyre is None:
        print("left out: Pysa isn't installed (pip install pyre-check pyrefly, and name its folder with --bin)")
        return 0
    source = unpacked([PACKAGE], arguments.cache.resolve())[PACKAGE]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        shutil.copytree(source, work / "src")
        (work / "src" / "logguard.toml").write_text("", encoding="utf-8")
        settings = {"source_directories": ["src"], "taint_models_path": [str(MODELS)]}
        (work / ".pyre_configuration").write_text(json.dumps(settings), encoding="utf-8")
        rounds = [(_pysa(work, pyre), _logguard(work)) for _ in range(arguments.repeat)]
    theirs, ours = (median(seconds for seconds, _ in column) for column in zip(*rounds, strict=True))
    (_, issues), (_, findings) = rounds[-1]
    print(f"Pysa takes {theirs / ours:.1f} times as long as logguard ({ours:.1f} s)")
    print(f"Pysa reports {issues} issues, logguard {findings} findings")
    return 0


def _pysa(work: Path, pyre: str) -> tuple[float, int]:
    out = work / "out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.rmtree(work / ".pyre", ignore_errors=True)
    command = [pyre, "--noninteractive", "--number-of-workers", JOBS, "analyze", "--use-pyrefly", "--no-verify"]
    path = f"{Path(pyre).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    started = time.perf_counter()
    done = subprocess.run(
        [*command, "--save-results-to", str(out)],
        cwd=work,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,  # it may fail while it writes its results
    )
    seconds = time.perf_counter() - started
    found = re.search(r"Found (\d+) issues", done.stderr + done.stdout)
    if found is None:
        raise SystemExit(f"Pysa came to no result: {done.stderr[-300:]}")
    return seconds, int(found[1])


def _logguard(work: Path) -> tuple[float, int]:
    command = [sys.executable, "-m", "logguard", "scan", "--exit-zero", "--quiet", "--no-cache", "--jobs", JOBS]
    started = time.perf_counter()
    done = subprocess.run([*command, "--format", "json"], cwd=work / "src", capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - started
    return seconds, len(json.loads(done.stdout)["findings"])


if __name__ == "__main__":
    sys.exit(main())
