"""The pre-commit hooks on a real project: a published source distribution under ``git init``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = ("pyzabbix", "0.7.5")
CLEAN = "import logging\n\nlog = logging.getLogger(__name__)\n\n\ndef run(name):\n    log.info('hello %s', name)\n"
LEAK = CLEAN + "\n\ndef sign_in(password):\n    log.info('with %s', password)\n"
SOURCE = "import getpass\n\n\ndef ask():\n    return {'it': getpass.getpass()}\n"
FAR = CLEAN + "\n\nfrom source import ask\n\n\ndef start():\n    log.info('got %s', ask())\n"
OFF = '[kinds."credential.password"]\nseverity = "off"\n'


def notebook(code: str) -> str:
    """Return a notebook of one cell."""
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": code}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


class Hooks:
    """A project with the hooks installed."""

    def __init__(self, work: Path) -> None:
        from evaluation.fetch import Index, unpack

        if shutil.which("git") is None:
            raise LookupError("no git on this machine")
        self._project = work / "project"
        unpack(Index().download(*PROJECT, work / "archives"), self._project)
        self._home = {"PRE_COMMIT_HOME": str(work / "pre-commit"), "LOGGUARD_CACHE_DIR": str(work / "cache")}
        self._git("init", "--quiet")
        self._git("add", ".")
        self._git("commit", "--quiet", "--no-verify", "--message", "as published")
        revision = self._run("git", "-C", str(ROOT), "rev-parse", "HEAD").stdout.strip()
        (self._project / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: {ROOT}\n  rev: {revision}\n  hooks:\n  - id: logguard\n"
        )
        self._git("add", ".")

    def try_repo(self) -> None:
        """``pre-commit try-repo`` blocks a leak, also in a notebook, and passes what has none."""
        files = {"clean.py": CLEAN, "clean.ipynb": notebook(CLEAN), "leak.ipynb": notebook(LEAK), "leak.py": LEAK}
        for name, text in files.items():
            self._write(name, text)
        for name, code in (("clean.py", 0), ("clean.ipynb", 0), ("leak.ipynb", 1), ("leak.py", 1)):
            done = self._run(sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "logguard", "--files", name)
            assert done.returncode == code, f"{name}: {done.stdout}{done.stderr}"
        assert "LGD101" in done.stdout

    def commits(self) -> None:
        """A commit that adds a leak is blocked, also where its source lies in a file that isn't changed."""
        self._commit({"clean.py": CLEAN, "source.py": SOURCE}, passes=True)
        self._commit({"leak.py": LEAK}, passes=False)
        self._commit({"far.py": FAR}, passes=False)

    def policies(self) -> None:
        """Each folder of a monorepo is judged by its own policy, and an excluded file isn't judged at all."""
        self._commit({"a/logguard.toml": OFF, "a/leak.py": LEAK}, passes=True)
        self._commit({"b/logguard.toml": "", "b/leak.py": LEAK}, passes=False)
        self._commit({"c/logguard.toml": "exclude = ['vendor/**']\n", "c/vendor/leak.py": LEAK}, passes=True)

    def _commit(self, files: dict[str, str], passes: bool) -> None:
        for name, text in files.items():
            self._write(name, text)
        done = self._run(sys.executable, "-m", "pre_commit", "run", "--files", *files)
        assert (done.returncode == 0) == passes, f"{sorted(files)}: {done.stdout}{done.stderr}"
        if passes:
            self._git("commit", "--quiet", "--message", "more")
        else:
            self._git("rm", "--quiet", "--force", *files)

    def _write(self, name: str, text: str) -> None:
        path = self._project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        self._git("add", name)

    def _git(self, *arguments: str) -> None:
        identity = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        done = self._run("git", *identity, *arguments)
        assert done.returncode == 0, done.stderr

    def _run(self, *command: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, **self._home}
        return subprocess.run(command, cwd=self._project, env=environment, capture_output=True, text=True, check=False)
