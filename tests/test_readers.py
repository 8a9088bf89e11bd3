"""What others read of an answer tells what a log call of it shows, beyond the function that logs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_link import LOG, linked, shown

REQUEST = (
    LOG
    + "import requests\nclass Client:\n"
    + "    def ask(self, url):\n        data = requests.get(url).json()\n        log.debug('got %s', data)\n        return data\n"
)
TOKEN = {("a", "credential.access_token")}

CASES: list[tuple[str, dict[str, str], set[tuple[str, str]]]] = [
    ("noop", {"a": REQUEST, "b": "from a import Client\ndef f(c: Client):\n    return c.ask('/x')['state']\n"}, set()),
    ("handed-back", {"a": REQUEST, "b": "from a import Client\ndef f(c: Client):\n    return c.ask('/x')['access_token']\n"}, TOKEN),
    ("held-before", {"a": REQUEST + "    def f(self):\n        got = self.ask('/x')\n        self.t = got.get('access_token')\n"}, TOKEN),
    ("handed-back-twice", {"a": REQUEST + "    def g(self):\n        return self.ask('/x')\n    def f(self):\n        return self.g()['access_token']\n"}, TOKEN),
    ("a-part-handed-back", {"a": REQUEST.replace("return data", "return data['result']") + "    def f(self):\n        return self.ask('/x')['access_token']\n"}, TOKEN),
    ("cast", {"a": REQUEST.replace("return data", "return cast(dict, data)") + "    def f(self):\n        return self.ask('/x')['access_token']\n"}, TOKEN),
    ("each-of-them", {"a": REQUEST + "    def f(self):\n        for one in self.ask('/x')['cars']:\n            self.add(one['latitude'])\n"}, {("a", "personal.location")}),
    ("handed-on", {"a": REQUEST.replace("return data", "return self.parse(data)") + "    def parse(self, given):\n        return given['result']['access_token']\n"}, TOKEN),
    ("handed-on-by-name", {"a": REQUEST.replace("return data", "return self.parse(given=data)") + "    def parse(self, other=1, given=None):\n        return given['access_token']\n"}, TOKEN),
    ("made-into-an-object", {"a": REQUEST + "    def f(self):\n        return Token.of(self.ask('/x'))\nclass Token:\n    def __init__(self, given):\n        self.value = given['access_token']\n    @classmethod\n    def of(cls, answer):\n        return cls(answer)\n"}, TOKEN),
    ("made-into-an-object-of-a-library", {"a": REQUEST + "    def f(self):\n        return Token.from_json(self.ask('/x')).access_token\n"}, TOKEN),
    ("made-into-an-object-with-its-entries", {"a": REQUEST + "    def f(self):\n        made = Token(**self.ask('/x'))\n        self.keep(made.access_token)\n"}, TOKEN),
    ("given-to-an-object", {"a": REQUEST + "    def f(self):\n        return Request(self.ask('/x')).access_token\n"}, set()),
    ("made-of-where-it-is", {"a": LOG + "def f(name):\n    log.info('%s', name)\n    return Credentials.load(name).password\n"}, set()),
    ("made-of-an-id", {"a": LOG + "def f(user_id):\n    log.info('%s', user_id)\n    return User.from_id(user_id).access_token\n"}, set()),
    ("kept", {"a": REQUEST.replace("return data", "self._data = data") + "    def token(self):\n        return self._data['access_token']\n"}, TOKEN),
    ("removed-by-another", {"a": REQUEST.replace("return data", "return self.parse(data)") + "    def parse(self, given):\n        given.pop('access_token', None)\n        return given\n"}, set()),
    ("its-text-shown", {"a": REQUEST.replace("data = requests.get(url).json()", "data = requests.get(url)").replace("', data)", "', data.text)").replace("return data", "return data.json()") + "    def f(self):\n        return self.ask('/x')['access_token']\n"}, TOKEN),
    ("handed-back-with-a-status", {"a": REQUEST.replace("return data", "return 200, data") + "    def f(self):\n        status, got = self.ask('/x')\n        return got['access_token']\n"}, TOKEN),
    ("the-status-handed-back", {"a": REQUEST.replace("return data", "return 200, data") + "    def f(self):\n        got, data = self.ask('/x')\n        return got['access_token']\n"}, set()),
    ("handed-on-with-all-entries", {"a": REQUEST.replace("return data", "return Account(self, **data)") + "class Account:\n    def __init__(self, client, **given):\n        self.mail = given['email']\n"}, {("a", "personal.email")}),
    ("another-answer", {"a": REQUEST.replace("        log.debug('got %s', data)\n", "") + "    def f(self):\n        return self.ask('/x')['access_token']\n    def g(self):\n        state = self.ask('/y')\n        log.debug('%s', state)\n"}, set()),
    ("masked-by-another", {"a": REQUEST.replace("        log.debug('got %s', data)\n", "").replace("return data", "self.hide(data)\n        log.debug('%s', data)") + "    def hide(self, given):\n        if given.get('access_token'):\n            given['access_token'] = '***'\n"}, set()),
    ("behind-a-star", {"a": REQUEST.replace("return data", "self.keep(*url, data)") + "    def keep(self, first, second=None):\n        return first['access_token']\n"}, set()),
    ("messages-of-a-consumer", {"a": LOG + "def f(topic):\n    consumer = KafkaConsumer(topic)\n    log.info('%s', consumer)\n    for one in consumer:\n        print(one['offset'], handle(one['email']))\n"}, set()),
    ("its-keys", {"a": REQUEST.replace("', data)", "', sorted(data))") + "    def f(self):\n        return self.ask('/x')['access_token']\n"}, set()),
    ("redacted-before", {"a": REQUEST.replace("', data)", "', redact(data))") + "    def f(self):\n        return self.ask('/x')['access_token']\n"}, set()),
    ("where-it-failed", {"a": REQUEST.replace("log.debug('got", "log.error('no").replace("', data)", "', data['error'])") + "    def f(self):\n        return self.ask('/x')['access_token']\n"}, set()),
    ("a-test-reads-it", {"a": REQUEST, "tests/test_b": "from a import Client\ndef test_it():\n    assert Client().ask('/x')['access_token']\n"}, set()),
    ("a-loop-that-goes-into-entries", {"a": LOG + "import requests\ndef f(url):\n    data = requests.get(url).json()\n    log.debug('%s', data)\n    while data:\n        data = data['next']\n    return str(data)\ndef g():\n    return f('/x')['access_token']\n"}, TOKEN),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_readers(files: dict[str, str], expected: set[tuple[str, str]], tmp_path: Path) -> None:
    """Exactly these kinds are reported at defaults, in these files, and nothing is left unanalysed."""
    report = linked(tmp_path, files)
    assert (shown(report.findings), report.summary.incomplete) == (expected, [])
