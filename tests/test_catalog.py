"""The catalog: each row has its origin and a real library that shows it, and is found where it is logged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from logguard.core.catalog import Entries
from tests.integration.libraries import FOLDER, hidden_rows, libraries, shown_rows, tables
from tests.scanning import reported

TABLES = tables()

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
    ("aiohttp-auth", "import aiohttp\nlog.info('%s', aiohttp.BasicAuth('ann', 'p'))\n", {"credential.password"}),
    ("aiohttp-request", "import aiohttp\ndef f(answer):\n    log.info('%s', answer.request_info)\n", {"credential.authorization"}),
    ("other-request", "def f(answer):\n    log.info('%s', answer.request_info)\n", set()),
    ("session-heir", "import requests\nclass S(requests.Session):\n    def request(self, method, url, **more):\n        log.info('%s', more.get('data'))\ndef f(password):\n    S().post('u', data={'p': password})\n", {"credential.password"}),
    ("session-heir-url", "import requests\nclass S(requests.Session):\n    def request(self, method, url, **more):\n        log.info('%s', url)\ndef f(password):\n    S().post('u', data={'p': password})\n", set()),
    ("other-heir", "import shop\nclass S(shop.Session):\n    def request(self, method, url, **more):\n        log.info('%s', more)\ndef f(password):\n    S().post('u', data={'p': password})\n", set()),
    ("protobuf-field", "import api_pb2\ndef f(x, password):\n    m = api_pb2.Login()\n    m.word = password\n    log.info('%s', m)\n", {"credential.password"}),
    ("protobuf-made", "from shop.api_pb2 import Login\ndef f(password):\n    log.info('%s', Login(word=password))\n", {"credential.password"}),
    ("protobuf-other-field", "from shop.api_pb2 import Login\ndef f(password):\n    log.info('%s', Login(word=password).name)\n", set()),
    ("other-field", "import api\ndef f(password):\n    m = api.Login()\n    m.word = password\n    log.info('%s', m)\n", set()),
    ("urllib3-headers", "import urllib3\nlog.info('%s', urllib3.make_headers(basic_auth='a:b'))\n", {"credential.authorization"}),
    ("urllib3-other-headers", "import urllib3\nlog.info('%s', urllib3.make_headers(keep_alive=True))\n", set()),
    ("database-address", "def f(url):\n    log.info('%s', url.render_as_string(hide_password=False))\n", {"credential.connection_string"}),
    ("database-address-hidden", "def f(url):\n    log.info('%s', url.render_as_string())\n", set()),
    ("mapped-dataclass", "from sqlalchemy.orm import MappedAsDataclass\nclass A(MappedAsDataclass):\n    password: str\ndef f(a: A):\n    log.info('%s', a)\n", {"credential.password"}),
    ("psycopg", "from psycopg.conninfo import make_conninfo\nlog.info('%s', make_conninfo(dbname='a'))\n", {"credential.connection_string"}),
    ("psycopg2", "from psycopg2.extensions import parse_dsn\ndef f(d):\n    log.info('%s', parse_dsn(d))\n", {"credential.connection_string"}),
    ("pymongo", "from pymongo.uri_parser import parse_uri\ndef f(d):\n    log.info('%s', parse_uri(d))\n", {"credential.connection_string"}),
    ("boto-sts", "def f(sts):\n    log.info('%s', sts.assume_role(RoleArn='a'))\n", {"credential.api_key"}),
    ("boto-secret", "def f(client):\n    log.info('%s', client.get_secret_value(SecretId='a'))\n", {"credential.generic"}),
    ("boto-parameter", "def f(ssm):\n    log.info('%s', ssm.get_parameter(Name='a', WithDecryption=True))\n", {"credential.generic"}),
    ("boto-parameter-as-it-is", "def f(ssm):\n    log.info('%s', ssm.get_parameter(Name='a'))\n", set()),
    ("boto-signed", "def f(s3):\n    log.info('%s', s3.generate_presigned_url('get_object'))\n", {"credential.signed_url"}),
    ("azure-token", "def f(credential):\n    log.info('%s', credential.get_token('s'))\n", {"credential.access_token"}),
    ("azure-signature", "from azure.storage.blob import generate_blob_sas\nlog.info('%s', generate_blob_sas('a'))\n", {"credential.signed_url"}),
    ("google-secret", "def f(client):\n    log.info('%s', client.access_secret_version(name='a'))\n", {"credential.generic"}),
    ("google-signed", "def f(blob):\n    log.info('%s', blob.generate_signed_url(expiration=1))\n", {"credential.signed_url"}),
    ("hvac", "import hvac\ndef f(client):\n    log.info('%s', client.secrets.kv.v2.read_secret_version('a'))\n", {"credential.generic"}),
    ("hvac-login", "import hvac\ndef f(client):\n    log.info('%s', client.auth.approle.login('a', 'b'))\n", {"credential.access_token"}),
    ("celery-conf", "import celery\ndef f(app):\n    log.info('%s', app.conf)\n", {"credential.connection_string"}),
    ("celery-conf-masked", "import celery\ndef f(app):\n    log.info('%s', app.conf.humanize())\n", set()),
    ("other-conf", "def f(app):\n    log.info('%s', app.conf)\n", set()),
    ("werkzeug", "import flask\nlog.info('%s', flask.request.authorization)\n", {"credential.authorization"}),
    ("flask-session", "from flask import session\nlog.info('%s', session)\n", {"credential.generic"}),
    ("starlette-scope", "import starlette\ndef f(request):\n    log.info('%s', request.scope)\n", {"credential.authorization"}),
    ("starlette-secret", "from starlette.datastructures import Secret\ndef f(it: Secret):\n    log.info('%s', it)\n", {"credential.generic"}),
    ("pydantic-secret", "from pydantic import Secret\ndef f(password: Secret):\n    log.info('%s', password)\n", set()),
    ("other-login", "def f(ldap):\n    log.info('%s', ldap.login('a', 'b'))\n", set()),
    ("other-dumps", "def f(serializer):\n    log.info('%s', serializer.dumps(1))\n", set()),
    ("click-prompt-itself", "from click import prompt\nlog.info('%s', prompt)\n", set()),
    ("click-option-first", "import click\n@click.option('--it', '--longer-it', hide_input=True)\ndef f(it):\n    log.info('%s', it)\n", {"credential.password"}),
    ("itsdangerous", "import itsdangerous\ndef f(serializer):\n    log.info('%s', serializer.dumps(1))\n", {"credential.reset_link"}),
    ("fastapi-basic", "def f(sent: HTTPBasicCredentials):\n    log.info('%s', sent)\n", {"credential.password"}),
    ("fastapi-name", "def f(sent: HTTPBasicCredentials):\n    log.info('%s', sent.scheme)\n", set()),
    ("fastapi-invalid", "async def f(request, exc: RequestValidationError):\n    log.info('%s', exc)\n", {"credential.generic"}),
    ("fastapi-errors", "import fastapi\nasync def f(request, exc: RequestValidationError):\n    log.info('%s', exc.errors())\n", {"credential.generic"}),
    ("django-email", "from django.db import models\nclass Visit(models.Model):\n    contact = models.EmailField()\ndef f(visit: Visit):\n    log.info('%s', visit.contact)\n", {"personal.email"}),
    ("django-connection", "import django\ndef f(connection):\n    log.info('%s', connection.settings_dict)\n", {"credential.password"}),
    ("django-form", "import django\ndef f(form):\n    log.info('%s', form.cleaned_data)\n", {"credential.generic"}),
    ("django-form-entry", "import django\ndef f(form):\n    log.info('%s', form.cleaned_data['count'])\n", set()),
    ("jose", "from jose import jwt\nlog.info('%s', jwt.encode({}, 'k'))\n", {"credential.access_token"}),
    ("authlib", "from authlib.jose import jwt\nlog.info('%s', jwt.encode({}, {}, 'k'))\n", {"credential.access_token"}),
    ("click-prompt", "import click\nlog.info('%s', click.prompt('it', hide_input=True))\n", {"credential.password"}),
    ("click-open-prompt", "import click\nlog.info('%s', click.prompt('it'))\n", set()),
    ("click-option", "import click\n@click.command()\n@click.option('-w', '--word', hide_input=True)\ndef f(word):\n    log.info('%s', word)\n", {"credential.password"}),
    ("click-option-named", "import click\n@click.option('--word', 'it', hide_input=True)\ndef f(it):\n    log.info('%s', it)\n", {"credential.password"}),
    ("click-open-option", "import click\n@click.option('--word', hide_input=False)\ndef f(word):\n    log.info('%s', word)\n", set()),
    ("typer-option", "import typer\ndef f(word: str = typer.Option(..., hide_input=True)):\n    log.info('%s', word)\n", {"credential.password"}),
    ("typer-annotated", "import typer\ndef f(word: Annotated[str, typer.Option(hide_input=True)]):\n    log.info('%s', word)\n", {"credential.password"}),
    ("rich-prompt", "from rich.prompt import Prompt\nlog.info('%s', Prompt.ask('it', password=True))\n", {"credential.password"}),
    ("configparser", "import configparser\nit = configparser.ConfigParser()\nlog.info('%s', it.get('mail', 'password'))\n", {"credential.password"}),
    ("configparser-section", "import configparser\nit = configparser.ConfigParser()\nlog.info('%s', it.get('password', 'policy'))\n", set()),
    ("span", "def f(span, password):\n    span.set_attribute('a', password)\n", {"credential.password"}),
    ("sentry-scope", "def f(scope, password):\n    scope.set_extra('a', password)\n", {"credential.password"}),
    ("baggage", "from opentelemetry import baggage\ndef f(password):\n    baggage.set_baggage('a', password)\n", {"credential.password"}),
    ("command", "import subprocess\ndef f(password):\n    log.info('%s', subprocess.run(['mysql', '-p' + password]))\n", {"credential.password"}),
    ("command-code", "import subprocess\ndef f(password):\n    log.info('%s', subprocess.run(['mysql', '-p' + password]).returncode)\n", set()),
]  # fmt: skip

TRY = HEAD + "def f(url, token, password):\n    try:\n        {}\n    except {} as error:\n        log.info('%s', {})\n"
RAISED: list[tuple[str, str, str, str, set[str]]] = [
    ("noop", "subprocess.check_call(['ls'])", "Exception", "error", set()),
    ("command", "subprocess.check_call(['mysql', password])", "subprocess.CalledProcessError", "error", {"credential.password"}),
    ("command-any", "subprocess.check_output(['mysql', password])", "Exception", "error", {"credential.password"}),
    ("command-held", "subprocess.run(['mysql', password], check=True)", "subprocess.CalledProcessError", "error.cmd", {"credential.password"}),
    ("command-code", "subprocess.run(['mysql', password], check=True)", "subprocess.CalledProcessError", "error.returncode", set()),
    ("command-other", "subprocess.check_call(['mysql', password])", "OSError", "error", set()),
    ("requests", "requests.get(url, params={'token': token})", "requests.RequestException", "error", {"credential.access_token"}),
    ("requests-body", "requests.post(url, data={'password': password})", "requests.RequestException", "error", set()),
    ("requests-status", "requests.get(url + '?token=' + token).raise_for_status()", "requests.HTTPError", "error", {"credential.access_token"}),
    ("requests-other", "session.delete(password)", "Exception", "error", set()),
    ("session-request", "get_session().request('GET', url, params={'token': token})", "requests.RequestException", "error", {"credential.access_token"}),
    ("other-request", "get_job().request('GET', url, params={'token': token})", "requests.RequestException", "error", set()),
    ("command-unchecked", "subprocess.run(['mysql', password])", "Exception", "error", set()),
    ("command-late", "subprocess.run(['mysql', password], timeout=1)", "subprocess.TimeoutExpired", "error", {"credential.password"}),
    ("requests-inner-other", "try:\n            requests.get(url, params={'token': token})\n        except KeyError:\n            pass", "Exception", "error", {"credential.access_token"}),
    ("requests-inner", "try:\n            requests.get(url, params={'token': token})\n        except OSError:\n            pass", "Exception", "error", set()),
    ("sqlalchemy", "session.execute(url, {'password': password})", "sqlalchemy.exc.DBAPIError", "error", {"credential.password"}),
    ("jsonschema", "jsonschema.validate({'password': password}, url)", "jsonschema.ValidationError", "error", {"credential.password"}),
    ("pydantic", "Model.model_validate({'password': password})", "pydantic.ValidationError", "error", {"credential.password"}),
]  # fmt: skip
IMPORTS = "import jsonschema, pydantic, requests, sqlalchemy, subprocess\n"


@pytest.mark.parametrize(("code", "kinds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_row(code: str, kinds: set[str], tmp_path: Path) -> None:
    """Exactly these kinds are reported at defaults."""
    assert {finding.kind for finding in reported(tmp_path, HEAD + code)} == kinds


@pytest.mark.parametrize(
    ("call", "caught", "shown", "kinds"), [case[1:] for case in RAISED], ids=[case[0] for case in RAISED]
)
def test_raised(call: str, caught: str, shown: str, kinds: set[str], tmp_path: Path) -> None:
    """What a library's exception shows of the arguments is reported where a handler logs it."""
    code = IMPORTS + TRY.format(call, caught, shown)
    assert {finding.kind for finding in reported(tmp_path, code)} == kinds


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_origin(table: Entries) -> None:
    """A table and each of its rows say where they come from: pages or source files, by address."""
    origins = [*table.origin.split(", ")]
    for kind in (
        table.source,
        table.result,
        table.attribute,
        table.echo,
        table.type,
        table.sink,
        table.method,
        table.delegate,
    ):
        origins += [row.origin for row in kind]
    origins += [row.origin for row in table.logger]
    assert all(re.match(r"[\w.-]+(/|\.py)", one) for one in origins)


@pytest.mark.parametrize("name", TABLES)
def test_a_real_library_shows_each_row(name: str) -> None:
    """The last part of each row's name stands in the library's file; running it shows that it isn't just named there."""
    words = set(re.findall(r"\w+", (FOLDER / f"{name}.py").read_text(encoding="utf-8")))
    assert {
        row.partition(" ")[0].rpartition(".")[2] for row in shown_rows(TABLES[name]) | hidden_rows(TABLES[name])
    } - words == set()


def test_each_library_is_run() -> None:
    """Each table has a file, and each file a table and the two names without which it is left out."""
    assert {library.file.stem for library in libraries()} == set(TABLES)
    assert {file.stem for file in FOLDER.glob("*.py")} - {"__init__"} == set(TABLES)
