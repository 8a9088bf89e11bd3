"""Records: each part, what formatting keeps working, and what stays the application's own."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import enum
import io
import logging
import pickle
import subprocess
import sys
import traceback
from collections import Counter, OrderedDict
from typing import Annotated

import attrs
import pydantic
import pytest

import logguard
from benchmarks.arrangements import ARRANGEMENTS
from benchmarks.probe import alone, keyed, leaks, unknown
from tests.guard.conftest import Logs

FORMATS = [
    ("noop", "plain", (), "plain"),
    ("percent", "100 %% of %s", ("x",), "100 % of x"),
    ("clean-int", "%d items", (3,), "3 items"),
    ("clean-float", "%.2f s", (1.234,), "1.23 s"),
    ("padded", "%-5s|", ("ab",), "ab   |"),
    ("repr", "%r", ("ab",), "'ab'"),
    ("mapping", "%(a)s and %(b)d", ({"a": "x", "b": 2},), "x and 2"),
    ("star", "%*d", (5, 3), "    3"),
    ("keyed-slot", "password=%s", ("hunter2",), "password=<credential.password>"),
    ("keyed-int", "pin_code=%d", (123456,), "pin_code=<credential.pin>"),
    ("keyed-name", "%(user)s has pin %(pin_code)d", ({"user": "bob", "pin_code": 123456},), "bob has pin <credential.pin>"),
    ("key-in-argument", "%s=%s", ("password", "hunter2"), "password=<credential.password>"),
    ("key-of-two-words", "%s: %s", ("password", "two words"), "password: <credential.password>"),
    ("option-in-argument", "%s %s", ("--password", "two words"), "--password <credential.password>"),
    ("key-by-name", "%(k)s=%(v)s", ({"k": "password", "v": "hunter2"},), "password=<credential.password>"),
    ("url-of-slots", "%s://%s:%s@%s/x", ("https", "bob", "hunter2x", "h.org"), "https://<credential.connection_string>/x"),
    ("url-with-slot", "https://bob:%s@h.org/x", ("hunter2x",), "https://<credential.connection_string>/x"),
    ("email-of-slots", "%s@%s", ("jo.doe", "example.org"), "<personal.email>"),
    ("card-of-slots", "%s %s %s %s", ("4111", 1111, "1111", 1111), "<payment.card_number>"),
    ("token-of-slots", "got %s%s", ("ghp_" + "aB3dE5fG7hJ9kL1m", "N3pQ5rS7tU9vW1xY3zA5"), "got <credential.access_token>"),
    ("account-of-slots", "got %s %s", ("DE44500105", "175407324931"), "got <payment.bank_account>"),
    ("key-before-words", "set %s to %s", ("password", "hunter2x9y8z7w"), "set password to <credential.password>"),
    ("halves-of-a-card", "%s%s", ("41111111", "11111111"), "<payment.card_number>"),
    ("key-of-another-type", "field %s is %s", (type("Text", (str,), {})("password"), "hunter2x"), "field password is <credential.password>"),
    ("no-key-before-words", "moved %s to %s", ("token", "/v2/tokens"), "moved token to /v2/tokens"),
    ("numbers-of-slots", "%s %s %s", ("4111", 1, "1111"), "4111 1 1111"),
    ("card-as-int", "card %d", (4111111111111111,), "card <payment.card_number>"),
    ("forged", "user %s", ("a\nERROR forged",), "user a\\nERROR forged"),
    ("escape", "user %s", ("\x1b[31mred",), "user \\x1b[31mred"),
    ("bidi", "user %s", ("a\u202eb",), "user a\\u202eb"),
    ("own-lines", "first\nsecond %d", (1,), "first\nsecond 1"),
    ("bytes", "%s", (b"token=abcdef123",), "b'token=<credential.access_token>'"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "args", "expected"), [case[1:] for case in FORMATS], ids=[c[0] for c in FORMATS])
def test_messages(logs: Logs, message: str, args: tuple[object, ...], expected: str) -> None:
    """What is written for a message with its arguments."""
    logs.logger.info(message, *args)
    assert logs.out.getvalue() == expected + "\n"


def test_a_name_that_was_harmless_before_is_a_key(logs: Logs) -> None:
    """What was seen clean beside a short word still says what stands behind it in the next record."""
    logs.logger.info("set %s to %s", "auth_token", "abcd")
    logs.logger.info("set %s to %s", "auth_token", "q8Kx2mPw9tRv3Zy7Lb4N")
    assert logs.out.getvalue().splitlines()[1] == "set auth_token to <credential.access_token>"


def test_numbers_behind_words_are_told_apart_each_time(logs: Logs) -> None:
    """A template that has had harmless words in front of numbers hides the number behind a key all the same."""
    for word, number in (("db", 5432), ("db", 5433), ("pin", 1234), ("db", 99), ("pin", 4321)):
        logs.logger.info("set %s:%d now", word, number)
    hidden = "set pin:<credential.pin> now"
    assert logs.lines == ["set db:5432 now", "set db:5433 now", hidden, "set db:99 now", hidden]


def test_a_text_that_was_clean_beside_letters_is_looked_at_alone(logs: Logs) -> None:
    """What a finished message makes harmless isn't taken for harmless by itself."""
    number = "4" + "1" * 15
    logs.logger.info("idx%s:%d", number, 1)
    logs.logger.info("card %s", number)
    assert number not in logs.lines[1]


_PEM = ["-----BEGIN PRIVATE KEY-----", "MIIEvQIBADANBgkqhkiG9w0BAQ", "-----END PRIVATE KEY-----"]
_ERRORS = [{"loc": ("body", "password"), "msg": "too short", "input": "hunter2x"}]
_KEYS = enum.Enum("_KEYS", {"password": 1})  # type: ignore[misc]  # named for the test

EXTRAS = [
    ("noop", [("x", 1), "y"], [("x", 1), "y"]),
    ("ordered", OrderedDict(a=1), OrderedDict(a=1)),
    ("counted", Counter("aab"), Counter("aab")),
    ("pair", [("authorization", "Basic abc123def")], [("authorization", "<credential.authorization>")]),
    ("option", ["x", "--password", "hunter2x"], ["x", "--password", "<credential.password>"]),
    ("named", [{"key": "password", "value": "hunter2x"}], [{"key": "password", "value": "<credential.password>"}]),
    ("errors", _ERRORS, [{**_ERRORS[0], "input": "<credential.password>"}]),
    ("lines", _PEM, ["<credential.private_key>"] * 3),
    ("float", {"latitude": 52.52003}, {"latitude": "<personal.location>"}),
    ("enum-key", {_KEYS.password: "hunter2x"}, {_KEYS.password: "<credential.password>"}),
]  # fmt: skip


@pytest.mark.parametrize(("held", "expected"), [case[1:] for case in EXTRAS], ids=[c[0] for c in EXTRAS])
def test_containers_in_extra(held: object, expected: object) -> None:
    """What stands beside a key is judged by it, whatever form pair and list have."""
    record = logging.LogRecord("app", 20, __file__, 1, "x", (), None)
    record.held = held
    with logguard.install(wait=True):
        _Quiet().handle(record)
    assert repr(record.__dict__["held"]) == repr(expected)


def test_an_enumeration_under_a_sensitive_key_is_hidden() -> None:
    """A member stays itself only where no key says what it is."""
    record = logging.LogRecord("app", 20, __file__, 1, "x", (), None)
    record.held = {"password": _KEYS.password, "mode": _KEYS.password}
    with logguard.install(wait=True):
        _Quiet().handle(record)
    assert record.__dict__["held"] == {"password": "<credential.password>", "mode": _KEYS.password}


def test_a_record_may_lack_attributes(logs: Logs) -> None:
    """A class of records that does without some isn't withheld for it."""
    record = logging.LogRecord("app", 20, __file__, 1, "password=%s", ("hunter2x",), None)
    del record.processName, record.threadName
    logs.logger.handle(record)
    assert logs.lines == ["password=<credential.password>"]


class _Quiet(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        """Write nothing."""


def test_an_object_in_extra_answers_cleaned() -> None:
    """Handlers work with requests and the like: attributes and what methods return are cleaned on the way."""
    request = Account("bob", "hunter2x")
    record = logging.LogRecord("app", 20, __file__, 1, "x", (), None)
    record.request = request
    with logguard.install(wait=True):
        _Quiet().handle(record)
    shown = record.__dict__["request"]
    assert isinstance(shown, Account)
    assert (shown.name, shown.password, vars(shown)["password"]) == ("bob", *["<credential.password>"] * 2)
    assert request.password == "hunter2x"


def test_a_filter_of_a_handler_adds_a_secret(logs: Logs) -> None:
    """Filters of a handler run after the choke point; what they add is cleaned all the same."""

    def add(record: logging.LogRecord) -> bool:
        record.msg = f"{record.msg} password=hunter2x"
        return True

    logs.logger.handlers[0].addFilter(add)
    logs.logger.info("plain")
    assert logs.lines == ["plain password=<credential.password>"]


def test_names_are_cleaned(logs: Logs) -> None:
    """Loggers, threads and fields can be named after people."""
    logs.logger.handlers[0].setFormatter(logging.Formatter("%(name)s %(threadName)s"))
    record = logging.LogRecord("app.jo.doe@example.org", 20, __file__, 1, "x", (), None)
    record.threadName = "worker token=abcdef123"
    logs.logger.handle(record)
    assert logs.lines == ["<personal.email> worker token=<credential.access_token>"]


def test_tracebacks_look_the_same(logs: Logs) -> None:
    """Files, lines, functions and the marks under expressions are those of the application."""
    try:
        len("the expression that fails stands far to the right in its line, past column 64" + str({}["missing"]))
    except KeyError:
        expected = traceback.format_exc()
        logs.logger.exception("failed")
    assert logs.out.getvalue() == "failed\n" + expected


def test_dates_in_braces_keep_their_format(logs: Logs) -> None:
    """A clean value of a plain type stays what it is, so that its format specification works."""
    logs.logger.handle(_Braces("app", 20, __file__, 1, "{:%Y} {:.1f}", (datetime.date(2026, 1, 2), 2.25), None))
    assert logs.lines == ["2026 2.2"]


class _Braces(logging.LogRecord):
    def getMessage(self) -> str:  # noqa: N802 - logging's name
        return str(self.msg).format(*self.args) if self.args else str(self.msg)  # type: ignore[misc]


def test_a_mapping_stays_one(logs: Logs) -> None:
    """Structured formatters get a cleaned mapping, not its text."""
    record = logging.LogRecord("app", 20, __file__, 1, {"event": "login", "password": "hunter2", "n": 3}, None, None)
    logs.logger.handle(record)
    assert record.msg == {"event": "login", "password": "<credential.password>", "n": 3}


def test_braces(logs: Logs) -> None:
    """A record class with its own way of formatting keeps it."""
    for message, args in (("{} of {}", (1, 2)), ("password={}", ("hunter2",))):
        logs.logger.handle(_Braces("app", 20, __file__, 1, message, args, None))
    assert logs.lines == ["1 of 2", "password=<credential.password>"]


@dataclasses.dataclass
class Account:
    """Shows its password without saying so."""

    name: str
    password: str

    def __str__(self) -> str:
        return f"{self.name}/{self.password}"


class Model(pydantic.BaseModel):
    """A model with a hidden and a plain secret."""

    password: pydantic.SecretStr
    api_key: str


@attrs.define
class Slotted:
    """Fields in slots."""

    handle: Annotated[str, logguard.kind("personal.username")]

    def __str__(self) -> str:
        return f"slotted {self.handle}"


class Typed:
    """A field that its annotation names."""

    nick: Annotated[str, logguard.kind("personal.username")]

    def __init__(self, nick: str) -> None:
        self.nick = nick

    def __str__(self) -> str:
        return f"typed {self.nick}"


OBJECTS = [
    ("dataclass", Account("bob", "hunter2x"), "bob/<credential.password>"),
    ("pydantic", Model(password="hunter2x", api_key="abc123"), "password=SecretStr('**********') api_key='<credential.api_key>'"),  # type: ignore[arg-type]
    ("annotated", Typed("bobby"), "typed <personal.username>"),
    ("pairs", [("authorization", "Bearer abc123def")], "[('authorization', '<credential.authorization>')]"),
    ("arguments", ["mysql", "--password", "hunter2x"], "['mysql', '--password', '<credential.password>']"),
    ("named", [{"name": "DB_PASSWORD", "value": "hunter2x"}], "[{'name': 'DB_PASSWORD', 'value': '<credential.password>'}]"),
    ("nested", [Account("bob", "hunter2x")], "[Account(name='bob', password='<credential.password>')]"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), [case[1:] for case in OBJECTS], ids=[case[0] for case in OBJECTS])
def test_objects(logs: Logs, value: object, expected: str) -> None:
    """What a field is known to hold is hidden wherever the object's text shows it."""
    logs.logger.info("%s", value)
    assert logs.lines == [expected]


def test_a_validation_error_does_not_echo_its_input(logs: Logs) -> None:
    """pydantic repeats what it refused, also where the field is a secret."""
    with pytest.raises(pydantic.ValidationError) as caught:
        Model.model_validate({"password": ["hunter2xyz"], "api_key": {"k": "abc123def456"}})
    logs.logger.error(caught.value)
    logs.logger.error("failed", exc_info=caught.value)
    assert "hunter2xyz" not in logs.out.getvalue()
    assert "abc123def456" not in logs.out.getvalue()


def test_cycles_and_depth(logs: Logs) -> None:
    """Containers that hold themselves, or too many of each other, come to an end."""
    ring: list[object] = ["password=hunter2"]
    ring.append(ring)
    deep: object = "x"
    for _ in range(60):
        deep = [deep]
    logs.logger.info("%s", ring)
    logs.logger.info("%s", deep)
    assert logs.lines[0] == "['password=<credential.password>', '<withheld: cycle>']"
    assert "<withheld: depth>" in logs.lines[1]


def test_the_application_keeps_its_objects(logs: Logs) -> None:
    """Dictionaries, lists and exceptions are what they were."""
    data = {"password": "hunter2", "list": ["token=abc123def"]}
    error = ValueError("password=hunter2")
    before = copy.deepcopy(data)
    logs.logger.info("%s", data, extra={"data": data})
    logs.logger.error("failed", exc_info=error)
    assert data == before
    assert error.args == ("password=hunter2",)
    assert type(error) is ValueError


def test_exceptions_keep_their_names_and_lines(logs: Logs) -> None:
    """A stand-in is a subclass with the same name; the traceback has the same files and functions."""
    try:
        raise KeyError("password=hunter2")
    except KeyError as error:
        record = logging.LogRecord("app", 40, __file__, 1, "failed", (), (KeyError, error, error.__traceback__))
    logs.logger.handle(record)
    assert record.exc_info is not None
    assert isinstance(record.exc_info[1], KeyError)
    assert type(record.exc_info[1]).__name__ == "KeyError"
    assert "test_exceptions_keep_their_names_and_lines" in logs.out.getvalue()
    assert "hunter2" not in logs.out.getvalue()
    assert "hunter2" not in repr(record.exc_info[2].tb_frame.f_locals)  # type: ignore[union-attr]


def test_a_record_is_cleaned_once_and_pickles_plain(logs: Logs) -> None:
    """The mark is the record's class, which other processes need not know."""
    record = logging.LogRecord("app", 20, __file__, 1, "password=%s", ("hunter2",), None)
    logs.logger.handle(record)
    logs.logger.handle(record)
    assert logs.guard.stats().by_kind == {"credential.password": 1}
    assert type(pickle.loads(pickle.dumps(record))) is logging.LogRecord


@pytest.mark.parametrize("group", ["self-evident", "keyed", "declared"])
def test_no_planted_value_is_written(group: str) -> None:
    """Every kind in every part of a record, through every arrangement of handlers, into no byte."""
    chosen = {"self-evident": alone, "keyed": keyed, "declared": unknown}[group]
    cases = [case for number, case in enumerate(chosen(3)) if group != "keyed" or number % 6 == 0]
    if group == "declared":
        for plant, _, _ in cases:
            assert logguard.register_secret(plant.value)
    with logguard.install(wait=True):
        found = leaks(cases)
    assert found == []


def test_without_the_guard_the_probe_finds_all() -> None:
    """The probe can fail: unguarded, nearly every planted value is written."""
    cases = [case for number, case in enumerate(alone(4)) if number % 40 == 0]
    assert len(leaks(cases)) > len(cases) * len(ARRANGEMENTS) * 0.9


def test_fields_of_an_earlier_record_factory_are_cleaned() -> None:
    """What the application's own factory adds is no standard field, also if it was set before the guard."""
    code = (
        "import logging, sys\nplain = logging.getLogRecordFactory()\n"
        "def factory(*a, **k):\n    record = plain(*a, **k)\n    record.ctx = {'password': 'hunter2xyz'}\n    return record\n"
        "logging.setLogRecordFactory(factory)\nimport logguard\nlogguard.install(wait=True)\n"
        "logging.basicConfig(format='%(message)s %(ctx)s', stream=sys.stdout)\nlogging.warning('hi')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "hi {'password': '<credential.password>'}\n"


def test_a_filter_cleans_for_its_handler() -> None:
    """`RedactingFilter` cleans in place what passes its handler."""
    out = io.StringIO()
    logger = logging.Logger("filtered")
    handler = logging.StreamHandler(out)
    handler.addFilter(logguard.RedactingFilter())
    logger.addHandler(handler)
    logger.info("password=%s", "hunter2")
    assert out.getvalue() == "password=<credential.password>\n"
