"""`logguard scrub`: files, streams, gzip, JSON Lines, odd bytes."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

from logguard import Scrubber
from logguard.runtime.stream import Stream
from tests.command import COMMAND, run

PEM = "-----BEGIN PRIVATE KEY-----\n" + "MIIEvQIBADANBg\n" * 40 + "-----END PRIVATE KEY-----\n"


def scrubbed(data: bytes, chunk: int = 65_536) -> bytes:
    """Return what a stream makes of data that arrives in chunks."""
    parts = [data[start : start + chunk] for start in range(0, len(data), chunk)]
    return b"".join(Stream(Scrubber()).clean(parts))


def test_noop() -> None:
    """Clean text goes through byte for byte, whatever its bytes are."""
    data = bytes(range(256)) * 3 + b"\r\nplain \xff\xfe text\n" * 500
    assert scrubbed(data) == data


def test_a_key_of_many_lines_across_chunks() -> None:
    """Multi-line secrets are found wherever the chunks end."""
    data = ("ok\n" * 30_000 + PEM + "ok\n" * 30_000).encode()
    for chunk in (1_000, 4_096, 65_536):
        cleaned = scrubbed(data, chunk)
        assert b"MIIE" not in cleaned
        assert cleaned.count(b"<credential.private_key>") == 1
        assert cleaned.count(b"ok\n") == 60_000


def test_json_stays_json() -> None:
    """Numbers become texts, the others are written as they were read."""
    line = '{"pin_code":123456,"price":1.10,"ctx":{"token":"abc123def"},"big":1e400,"n":null}\n'
    cleaned = scrubbed(line.encode()).decode()
    assert cleaned == (
        '{"pin_code":"<credential.pin>","price":1.10,"ctx":{"token":"<credential.access_token>"},"big":1e400,"n":null}\n'
    )
    json.loads(cleaned)


def test_odd_bytes_hide_nothing() -> None:
    """Bytes that aren't UTF-8 survive, and the values around them don't."""
    cleaned = scrubbed(b"\xff\xfa password=hunt\xffer2\n\x80 token=abc1234\n")
    assert cleaned == b"\xff\xfa password=<credential.password>\n\x80 token=<credential.access_token>\n"


def test_wide_text() -> None:
    """UTF-16 with a byte order mark comes out as UTF-16."""
    assert (
        scrubbed("\ufeffpassword=hunter2\n".encode("utf-16-le")).decode("utf-16") == "password=<credential.password>\n"
    )


def test_the_command(tmp_path: Path) -> None:
    """Files, gzip, statistics on standard error, and exit codes."""
    (tmp_path / "a.log").write_text("password=hunter2\nok\n")
    (tmp_path / "b.log.gz").write_bytes(gzip.compress(b"mail bob@corp.io\n"))
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"ok\n" * 9_000)[:30])
    done = run("scrub", "--stats", "a.log", "b.log.gz", cwd=tmp_path)
    assert (done.code, done.out) == (0, "password=<credential.password>\nok\nmail <personal.email>\n")
    assert done.err == (
        "        1  credential.password  breaks account\n        1  personal.email       breaks reportable\n"
    )
    assert run("scrub", "a.log", "-o", "out.gz", cwd=tmp_path).code == 0
    assert gzip.decompress((tmp_path / "out.gz").read_bytes()) == b"password=<credential.password>\nok\n"
    assert run("scrub", "cut.gz", cwd=tmp_path).code == 4
    assert run("scrub", "missing.log", cwd=tmp_path).err == "logguard: missing.log: no such file\n"
    assert run("scrub", "a.log", "-o", "a.log", cwd=tmp_path).code == 2


def test_standard_input(tmp_path: Path) -> None:
    """A pipe in, a pipe out."""
    done = subprocess.run(
        [str(COMMAND), "scrub"], input=b"token: abc1234def\n", capture_output=True, cwd=tmp_path, check=True, timeout=60
    )
    assert done.stdout == b"token: <credential.access_token>\n"
