"""Fetch published wheels by name and open them as folders of code to read: nothing of them is installed or run."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

PROJECT = Path(__file__).resolve().parent.parent
"""Root of the project, where the default caches lie."""
CACHE = PROJECT / ".cache" / "wheels"
"""Default folder of the wheels; each is unpacked beside them."""
VERSIONS = (
    ("apache-airflow", "2.10.4"),
    ("matrix-synapse", "1.98.0"),
    ("Django", "5.2"),
    ("celery", "5.7.0"),
    ("mlflow", "2.19.0"),
    ("litellm", "1.55.0"),
)
"""Each known package with its one version, so that figures of different days are about the same code."""


class UnavailableError(Exception):
    """Something to measure, or to measure with, can't be had; the text is one line."""


def unpacked(names: Iterable[str], cache: Path = CACHE) -> dict[str, Path]:
    """Return the folder of each named package, fetching and unpacking what ``cache`` lacks.

    Names are compared as the package index does; the keys are the names as written in ``VERSIONS``.
    Raises ``UnavailableError`` for an unknown name, a failed download and a wheel that isn't safe to unpack.
    """
    wanted = [_known(name) for name in names]
    cache.mkdir(parents=True, exist_ok=True)
    return {name: _folder(name, version, cache.resolve()) for name, version in wanted}


def _known(name: str) -> tuple[str, str]:
    """Return the row of ``VERSIONS`` that ``name`` means."""
    for row in VERSIONS:
        if _normal(row[0]) == _normal(name):
            return row
    raise UnavailableError(f"unknown package {name!r}; known are {', '.join(known for known, _ in VERSIONS)}")


def _normal(name: str) -> str:
    """Return a project's name in the one spelling that the index compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _folder(name: str, version: str, cache: Path) -> Path:
    """Return the folder of one unpacked package; it appears whole or not at all."""
    folder = cache / f"{_normal(name)}-{version}"
    if folder.is_dir():
        return folder
    wheel = _find(name, version, cache) or _download(name, version, cache)
    progress(f"unpacking {wheel.name}")
    part = Path(tempfile.mkdtemp(prefix=".unpacking-", dir=cache))
    try:
        unpack(wheel, part)
        part.chmod(0o755)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder


def _find(name: str, version: str, cache: Path) -> Path | None:
    """Return the cached wheel of a package, if there is one."""
    for path in sorted(cache.glob("*.whl")):
        parts = path.name.split("-")
        if _normal(parts[0]) == _normal(name) and parts[1:2] == [version]:
            return path
    return None


def _download(name: str, version: str, cache: Path) -> Path:
    """Let pip fetch one wheel into ``cache``."""
    progress(f"downloading {name} {version}")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command = [*pip, "--no-deps", "--only-binary=:all:", "-d", str(cache), f"{name}=={version}"]
    complete(command, f"pip could not download {name}=={version}")
    wheel = _find(name, version, cache)
    if wheel is None:
        raise UnavailableError(f"pip downloaded no wheel of {name}=={version}")
    return wheel


def complete(command: Sequence[str], failure: str) -> None:
    """Run a program to its end; raises ``UnavailableError`` that begins with ``failure`` if it can't or says no."""
    try:
        subprocess.run(command, capture_output=True, text=True, check=True)
    except OSError as error:
        raise UnavailableError(f"{failure}: {error}") from error
    except subprocess.CalledProcessError as error:
        raise UnavailableError(f"{failure}: {last_line(error.stderr)}") from error


def progress(text: str) -> None:
    """Say what is going on, apart from the result."""
    print(text, file=sys.stderr, flush=True)


def last_line(text: str) -> str:
    """Return the last line of a program's error output: the one that says why."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it gave no reason"


def unpack(wheel: Path, folder: Path) -> None:
    """Unpack a wheel into an existing folder.

    Raises ``UnavailableError`` if it is broken or has a member that would be written outside that folder.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                if _leaves(member):
                    raise UnavailableError(f"{wheel.name}: member {member!r} would be written outside its folder")
            archive.extractall(folder)
    except zipfile.BadZipFile as error:
        raise UnavailableError(f"{wheel.name} can't be unpacked ({error}); delete it to fetch it again") from error


def _leaves(member: str) -> bool:
    """Tell whether a member's name points out of the folder on any system."""
    windows = PureWindowsPath(member)
    return bool(windows.anchor) or ".." in windows.parts or PurePosixPath(member).is_absolute()


def main(arguments: Sequence[str] | None = None) -> int:
    """Fetch and unpack, and print each folder."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wheels", description=__doc__)
    everything = [name for name, _ in VERSIONS]
    parser.add_argument("packages", nargs="*", default=everything, metavar="PACKAGE", help="default: all of the table")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="DIR", help="default: the project's .cache/wheels")
    options = parser.parse_args(arguments)
    try:
        for name, folder in unpacked(options.packages, options.cache).items():
            print(f"{name}\t{folder}")
    except UnavailableError as error:
        progress(f"benchmarks.wheels: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
