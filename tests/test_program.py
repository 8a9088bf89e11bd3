"""A scan as one program: what is known and what is reported, the cache, several processes, an editor's content."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from logguard.static.cache import Cache
from logguard.static.parallel import each, forks
from logguard.static.visible import Options
from tests.test_link import LOG, SHOWS, linked, shown

FILES = {
    "source": "import getpass\ndef ask():\n    return {'it': getpass.getpass()}\n",
    "app": LOG + "from source import ask\ndef f():\n    log.info('got %s', ask())\n",
    "other": LOG + "def g(password):\n    log.info('%s', password)\n",
}


def test_a_file_is_judged_with_its_whole_root(tmp_path: Path) -> None:
    """The source lies in a file that wasn't given; findings of the others aren't reported."""
    report = linked(tmp_path, FILES, ("app.py",))
    assert shown(report.findings) == {("app", "credential.password")}
    assert report.summary.files == 1


def test_the_caller_of_a_wrapper_is_reported(tmp_path: Path) -> None:
    """The log call lies in a file that wasn't given, the leaking call in the one that was."""
    files = {
        "a": LOG + "def note(message):\n    log.info(message)\n",
        "b": "import a\ndef f(password):\n    a.note(password)\n",
    }
    report = linked(tmp_path, files, ("b.py",))
    [finding] = report.findings
    assert (finding.path, finding.sink.path if finding.sink else "") == ("b.py", "a.py")


def test_each_leaking_caller_of_a_wrapper_is_a_finding(tmp_path: Path) -> None:
    """A new one is never hidden by an old one."""
    calls = "".join(f"def f{n}(password):\n    note(password)\n" for n in range(3))
    report = linked(
        tmp_path, {"a": LOG + "def note(message):\n    log.info(message)\n", "b": "from a import note\n" + calls}
    )
    assert [finding.line for finding in report.findings] == [3, 5, 7]
    assert len({finding.fingerprint for finding in report.findings}) == 3


def test_no_duplicates_through_exports_and_inheritance(tmp_path: Path) -> None:
    """One leak is one finding, however many names lead to it."""
    files = {
        "p/__init__": "from .a import *\nfrom .a import show\n",
        "p/a": SHOWS
        + "class A:\n    def go(self, x):\n        show(x)\nclass B(A):\n    pass\nclass C(B):\n    pass\n",
        "b": "from p import show, C\ndef f(c: C, password):\n    c.go(password)\n",
    }
    report = linked(tmp_path, files)
    [finding] = report.findings
    assert finding.source is not None
    assert finding.source.function == "b.f"


@pytest.mark.skipif(not forks(), reason="no forks here")
def test_several_processes_find_the_same(tmp_path: Path) -> None:
    """The order of the findings doesn't depend on who is done first."""
    files = {f"m{n}": SHOWS + f"def f{n}(password):\n    show(password)\n" for n in range(60)}
    one, several = (linked(tmp_path / str(jobs), files, options=Options(jobs=jobs)) for jobs in _made(tmp_path, 1, 3))
    assert len(one.findings) == 60
    assert several.findings == one.findings


def _made(folder: Path, *jobs: int) -> tuple[int, ...]:
    for number in jobs:
        (folder / str(number)).mkdir()
    return jobs


@pytest.mark.skipif(not forks(), reason="no forks here")
def test_a_process_that_dies_loses_nothing() -> None:
    """What it would have made is made here."""
    here = os.getpid()

    def work(item: int) -> int:
        if os.getpid() != here:
            os._exit(1)
        time.sleep(0.05)  # so that the other gets its turn
        return item * 2

    assert sorted(each(work, list(range(8)), 2)) == [(n, n * 2) for n in range(8)]


@pytest.mark.skipif(not forks(), reason="processes are not forked here")
def test_processes_end_with_the_one_that_started_them() -> None:
    """A scan that is killed leaves none behind that goes on working."""
    code = (
        "import os, time\nfrom logguard.static.parallel import each\n"
        "def work(n):\n    print(os.getpid(), flush=True)\n    time.sleep(60)\n    return n\n"
        "list(each(work, [1, 2], 2))\n"
    )
    started = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.pid in {int(started.stdout.readline()) for _ in range(2)}
    before = time.monotonic()
    started.kill()
    started.wait()
    with started.stdout as pipe:
        pipe.read()  # ends when nobody can write to it any more: with the last of them
    assert time.monotonic() - before < 30


def test_the_cache_gives_the_same(tmp_path: Path) -> None:
    """A second run reads what the first wrote; damaged, shortened and foreign entries are made anew."""
    cache = tmp_path / "cache"
    place = tmp_path / "place"
    place.mkdir()
    reports = []
    for damage in (None, None, b"", b"\xff\xff", msgspec.msgpack.encode(["x"]), msgspec.msgpack.encode({"x": b"y"})):
        for entry in cache.glob("??/*") if damage is not None else ():
            entry.write_bytes(damage)
        reports.append(linked(place, FILES, options=Options(cache=cache)))
    assert len(list(cache.glob("??/*"))) == 2  # the three files, and what the scan of them came to
    assert all(report.findings == reports[0].findings for report in reports)


def test_a_damaged_summary_is_made_anew(tmp_path: Path) -> None:
    """One of several in the same entry; the others are read, and what is found is the same."""
    cache, place = tmp_path / "cache", tmp_path / "place"
    place.mkdir()
    first = linked(place, FILES, options=Options(cache=cache))
    for entry in cache.glob("??/*"):
        held = msgspec.msgpack.decode(entry.read_bytes())
        if all(isinstance(one, bytes) for one in held.values()):
            damaged = {key: b"\xff" if not number else one for number, (key, one) in enumerate(held.items())}
            entry.write_bytes(msgspec.msgpack.encode(damaged))
        else:
            entry.unlink()  # what the scan came to
    assert linked(place, FILES, options=Options(cache=cache)).findings == first.findings


def test_what_a_scan_came_to_is_kept_for_the_same_alone(tmp_path: Path) -> None:
    """Another content, policy or option is another scan; the same is answered from the cache, without following."""
    options = Options(cache=tmp_path / "cache")
    changed = {**FILES, next(iter(FILES)): "x = 1\n"}
    scans = [(FILES, options), (FILES, options), (FILES, replace(options, persona="auditor")), (changed, options)]
    reports = []
    for number, (files, asked) in enumerate(scans):
        (tmp_path / str(number)).mkdir()
        reports.append(linked(tmp_path / str(number), files, options=asked))
    assert ["flow" in report.stages for report in reports] == [True, False, True, True]
    assert reports[1].findings == reports[0].findings


def test_the_cache_follows_the_content(tmp_path: Path) -> None:
    """A changed file is indexed anew, and so is one of another name, schema or set of sinks."""
    cache = Cache(tmp_path)
    keys = {
        cache.key(b"x", "a", "a.py", frozenset()),
        cache.key(b"y", "a", "a.py", frozenset()),
        cache.key(b"x", "b", "a.py", frozenset()),
        cache.key(b"x", "a", "__init__.py", frozenset()),
        cache.key(b"x", "a", "a.py", frozenset({"note"})),
    }
    assert len(keys) == 5


def test_the_cache_can_be_read_only(tmp_path: Path) -> None:
    """Where nothing can be written, everything is made each time."""
    place = tmp_path / "file"
    place.write_text("not a folder")
    cache = Cache(place)
    cache.put("ab" * 32, b"x")
    cache.prune()
    assert cache.get("ab" * 32) is None


def test_the_standard_input_stands_for_a_file(tmp_path: Path) -> None:
    """An editor's content is scanned under the file's name, with the rest of the root as it is on disk."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "source.py").write_text(FILES["source"])
    (tmp_path / "app.py").write_text("x = 1\n")
    for name in ("app.py", "new.py"):
        done = subprocess.run(
            [sys.executable, "-m", "logguard", "scan", "--stdin-filename", name, "--format", "json", "--no-cache"],
            cwd=tmp_path,
            input=FILES["app"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert [finding["path"] for finding in json.loads(done.stdout)["findings"]] == [name]


FORMATS = [
    ("sarif", '"ruleId": "LGD101"'),
    ("github", "::error file=app.py,line=5,endLine=5,col=22,endColumn=30,title=LGD101"),
]


@pytest.mark.parametrize(("form", "expected"), FORMATS, ids=[form for form, _ in FORMATS])
def test_formats_for_code_scanning(form: str, expected: str, tmp_path: Path) -> None:
    """Both are written to the standard output, and hold no line of source."""
    (tmp_path / "app.py").write_text(LOG + "\ndef g(password):\n    log.info('a %s', password)\n")
    done = subprocess.run(
        [sys.executable, "-m", "logguard", "scan", "--format", form, "--no-cache", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert expected in done.stdout
    assert "log.info(" not in done.stdout
