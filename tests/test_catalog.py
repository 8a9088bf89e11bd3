"""The catalog: each row has its origin and a real library that shows it, and is found where it is logged."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from logguard.core import catalog
from logguard.core.catalog import Entries
from logguard.core.tables import parse
from tests.integration.libraries import FOLDER, libraries
from tests.scanning import reported

TABLES = sorted(
    path for path in (Path(catalog.__file__).parent / "catalog").glob("*.toml") if path.name != "names.toml"
)
OF_PYTHON = {"getpass", "os"}
"""Libraries of Python itself whose functions do nothing but return the value that their documentation names."""
SHOWN = "\n".join(library.file.read_text(encoding="utf-8") for library in libraries())

HEAD = "import logging\nlog = logging.getLogger(__name__)\n"
CASES: list[tuple[str, str, set[str]]] = [
    ("noop", "def f(x):\n    log.info('%s', x.to_json())\n", set()),
    ("keyring", "import keyring\nlog.info('%s', keyring.get_password('a', 'b'))\n", {"credential.password"}),
    ("dotenv", "from dotenv import dotenv_values\nlog.info('%s', dotenv_values())\n", {"credential.generic"}),
    ("jwt", "import jwt\nlog.info('%s', jwt.encode({}, 'k'))\n", {"credential.access_token"}),
    ("boto", "def f(s):\n    log.info('%s', s.get_credentials().get_frozen_credentials())\n", {"credential.api_key"}),
    ("redis-address", "import redis.connection\ndef f(u):\n    log.info('%s', redis.connection.parse_url(u))\n", {"credential.connection_string"}),
    ("redis-pool", "import redis\ndef f(pool):\n    log.info('%s', pool.connection_kwargs)\n", set()),
    ("redis-pool-online", "import redis\nimport http\ndef f(pool):\n    log.info('%s', pool.connection_kwargs)\n", {"credential.connection_string"}),
    ("django-databases", "from django.conf import settings\nlog.info('%s', settings.DATABASES)\n", {"credential.password"}),
    ("django-engine", "from django.conf import settings\nlog.info('%s', settings.DATABASES['default']['ENGINE'])\n", set()),
    ("django-debug", "from django.conf import settings\nlog.info('%s', settings.DEBUG)\n", set()),
    ("django-reset", "def f(generator, user):\n    log.info('%s', generator.make_token(user))\n", {"credential.reset_link"}),
    ("other-notes", "def f(parser, user):\n    log.info('%s', parser.make_notes(user))\n", set()),
    ("flask", "import flask\ndef f(app):\n    log.info('%s', app.config)\n", {"credential.encryption_key"}),
    ("flask-entry", "import flask\ndef f(app):\n    log.info('%s', app.config['DEBUG'])\n", set()),
    ("oauth", "def f(s):\n    log.info('%s', s.fetch_token('u'))\n", {"credential.access_token"}),
    ("msal", "def f(app, s):\n    log.info('%s', app.acquire_token_for_client(s))\n", {"credential.access_token"}),
    ("kubernetes", "def f(v1):\n    log.info('%s', v1.read_namespaced_secret('a', 'b'))\n", {"credential.generic"}),
    ("google", "def f(creds):\n    log.info('%s', creds.to_json())\n", {"credential.refresh_token"}),
    ("netrc", "import netrc\nlog.info('%s', netrc.netrc().authenticators('h'))\n", {"credential.password"}),
    ("sentry-user", "import sentry_sdk\ndef f(email):\n    sentry_sdk.set_user({'email': email})\n", {"personal.email"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "kinds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_row(code: str, kinds: set[str], tmp_path: Path) -> None:
    """Exactly these kinds are reported at defaults."""
    assert {finding.kind for finding in reported(tmp_path, HEAD + code)} == kinds


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.stem)
def test_origin(table: Path) -> None:
    """A table says where its rows come from: pages or source files, by address."""
    entries = msgspec.convert(parse(table.read_text(encoding="utf-8")), Entries)
    assert all(re.match(r"[\w.-]+(/|\.py)", one) for one in entries.origin.split(", "))


@pytest.mark.parametrize("table", [path for path in TABLES if path.stem not in OF_PYTHON], ids=lambda path: path.stem)
def test_a_real_library_shows_each_row(table: Path) -> None:
    """What a function or method of a library returns is logged by the library's file in ``integration/shown``."""
    entries = msgspec.convert(parse(table.read_text(encoding="utf-8")), Entries)
    for names in [*([row.name] for row in entries.source), *(row.names for row in entries.result)]:
        assert any(f'"{name}":' in SHOWN for name in names), names


def test_each_library_is_run() -> None:
    """No file in the folder is left out for want of its two names."""
    found = {library.file.name for library in libraries()}
    assert found == {file.name for file in FOLDER.glob("*.py")} - {"__init__.py", "show.py"}
