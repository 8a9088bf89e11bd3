"""What must stay silent beside what must not: the finer points of keys, masks, tests and uses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scanning import reported, scanned

HEAD = "import logging, os, re\nlog = logging.getLogger(__name__)\n"

CASES: list[tuple[str, str, set[str]]] = [
    ("noop", "def f(d):\n    log.info('%s', d)\n", set()),
    # keys that a loop runs through
    ("masked-in-a-loop", "def f(token):\n    d = dict(token)\n    for k in ('access_token', 'refresh_token'):\n        if k in d:\n            d[k] = '***'\n    log.info('%s', d)\n    return token['access_token'], token['refresh_token']\n", set()),
    ("masked-but-one", "def f(answer):\n    d = dict(answer)\n    for k in ('access_token',):\n        d[k] = '***'\n    log.info('%s', d)\n    return answer['access_token'], answer['refresh_token']\n", {"credential.refresh_token"}),
    ("listed-keys-of-the-module", "SAFE = ('id', 'name')\ndef f(d):\n    log.info('%s', {k: d[k] for k in SAFE})\n    return d['password']\n", set()),
    ("denied-keys-of-the-module", "HIDE = ('password',)\ndef f(pin, password):\n    d = {'pin': pin, 'password': password}\n    log.info('%s', {k: v for k, v in d.items() if k not in HIDE})\n", {"credential.pin"}),
    ("unknown-list-is-trusted", "from shop import HIDE\ndef f(pin, password):\n    d = {'pin': pin, 'password': password}\n    log.info('%s', {k: v for k, v in d.items() if k not in HIDE})\n", set()),
    ("masked-by-choice", "def f(pin, password):\n    d = {'pin': pin, 'password': password}\n    log.info('%s', {k: '***' if k in ('pin', 'password') else v for k, v in d.items()})\n", set()),
    ("masked-by-choice-but-one", "def f(pin, password):\n    d = {'pin': pin, 'password': password}\n    log.info('%s', {k: '***' if k == 'password' else v for k, v in d.items()})\n", {"credential.pin"}),
    ("copied-in-a-loop", "def f(password):\n    d = {'a': 1, 'p': password}\n    e = {}\n    for k, v in d.items():\n        e[k] = v\n    log.info('%s', e['a'])\n", set()),
    ("copied-in-a-loop-whole", "def f(password):\n    d = {'a': 1, 'p': password}\n    e = {}\n    for k, v in d.items():\n        e[k] = v\n    log.info('%s', e)\n", {"credential.password"}),
    ("filled-in-copy", "def f(password):\n    d = {'a': 1, 'p': password}\n    e = {k: 0 if v is None else v for k, v in d.items()}\n    log.info('%s', e['a'])\n", set()),
    ("constant-key", "from homeassistant.const import CONF_PASSWORD\ndef f(config):\n    log.info('%s', config[CONF_PASSWORD])\n", {"credential.password"}),
    ("name-of-a-key", "from homeassistant.const import CONF_PASSWORD\ndef f(config):\n    log.info('missing %s', CONF_PASSWORD)\n", set()),
    ("default-that-does-not-count", "def f(api_key):\n    d = {'api_key': api_key}\n    d['answer'] = 1\n    log.info('%s', d.get('answer', d))\n", set()),
    ("default-that-counts", "def f(api_key):\n    d = {'api_key': api_key}\n    log.info('%s', d.get('answer', d))\n", {"credential.api_key"}),
    ("section-of-a-config", "def f(conf):\n    log.info('%s', conf.get('email', 'template'))\n", set()),
    ("option-of-a-config", "def f(conf):\n    log.info('%s', conf.get('core', 'password'))\n", {"credential.password"}),
    ("attribute-by-text", "def f(o):\n    log.info('%s', getattr(o, 'password', None))\n", {"credential.password"}),
    ("keys-as-list", "def f(password):\n    d = {'password': password}\n    log.info('%s', sorted(d))\n", set()),
    ("names-of-variables", "def f():\n    log.info('%s', ', '.join(os.environ))\n", set()),
    ("some-variable", "def read(name, env):\n    return env.get(name)\ndef f(names):\n    for n in names:\n        log.info('%s', read(n, os.environ))\n", set()),
    ("all-variables", "def f():\n    for k, v in os.environ.items():\n        log.info('%s=%s', k, v)\n", {"credential.generic"}),
    ("values-as-list", "def f(password):\n    d = {'password': password}\n    log.info('%s', list(d.values()))\n", {"credential.password"}),
    # entries that a loop leaves out
    ("kept-out-by-a-test", "def f(password, x):\n    d = {'password': password, 'x': x}\n    for k, v in d.items():\n        if k == 'password':\n            continue\n        log.info('%s %s', k, v)\n", set()),
    ("kept-out-but-one", "def f(password, pin):\n    d = {'password': password, 'pin': pin}\n    for k, v in d.items():\n        if k != 'password':\n            log.info('%s %s', k, v)\n", {"credential.pin"}),
    ("kept-by-a-prefix", "def f(request):\n    out = {}\n    for k, v in request.headers.items():\n        if k.startswith('x-'):\n            out[k] = v\n    log.info('%s', out)\n", set()),
    ("kept-out-by-a-prefix", "def f(password):\n    d = {'password': password, 'x': 1}\n    for k, v in d.items():\n        if k.startswith('_'):\n            continue\n        log.info('%s %s', k, v)\n", {"credential.password"}),
    ("kept-out-by-an-unknown-list", "def f(request, hidden):\n    out = {}\n    for k, v in request.headers.items():\n        if k.lower() not in hidden:\n            out[k] = v\n    log.info('%s', out)\n", set()),
    ("kept-out-harmless-alone", "def f(request):\n    out = {}\n    for k, v in request.headers.items():\n        if k != 'Accept':\n            out[k] = v\n    log.info('%s', out)\n", {"credential.authorization"}),
    ("kept-of-a-type", "def f(password):\n    d = {'password': password}\n    for k, v in d.items():\n        if isinstance(k, str):\n            log.info('%s %s', k, v)\n", {"credential.password"}),
    ("copied-as-text", "import json\ndef f(password):\n    d = {'a': 1, 'p': password}\n    e = {}\n    for k, v in d.items():\n        e[k] = json.dumps(v)\n    log.info('%s', e['a'])\n", set()),
    ("copied-as-text-whole", "import json\ndef f(password):\n    d = {'a': 1, 'p': password}\n    e = {}\n    for k, v in d.items():\n        e[k] = json.dumps(v)\n    log.info('%s', e)\n", {"credential.password"}),
    ("copied-as-length", "def f(password):\n    d = {'p': password}\n    e = {}\n    for k, v in d.items():\n        e[k] = len(v)\n    log.info('%s', e)\n", set()),
    # names that say something else
    ("hash-by-its-key", "def f(row):\n    api_key = row['api_key_hash']\n    log.info('%s', api_key)\n", set()),
    ("harmless-object", "def f(room_token):\n    token = room_token.to_string()\n    log.info('%s', token)\n", set()),
    ("made-of-numbers", "def f(a, b):\n    token = 't%d-%d' % (a, b)\n    log.info('%s', token)\n", set()),
    ("made-of-text", "def f(a, b):\n    access_token = 't%s-%s' % (a, b)\n    log.info('%s', access_token)\n", {"credential.access_token"}),
    ("id-looked-up", "def find(email):\n    return db(email)\ndef f(email):\n    user_id = find(email)\n    log.info('%s', user_id)\n", set()),
    ("name-of-a-secret", "def get(secret_name):\n    log.info('no %s', secret_name)\ndef f(api_key):\n    get(api_key)\n", set()),
    ("address-of-a-server", "def get(id_server):\n    log.info('at %s', id_server)\ndef f(conf):\n    get(conf.delegate_msisdn)\n", set()),
    ("key-id-of-a-cloud", "import boto3\ndef f(access_key):\n    log.info('%s', access_key)\n", set()),
    ("path-of-a-file", "def f(credentials):\n    log.info('from %s', credentials)\n    return os.path.exists(credentials)\n", set()),
    ("content-of-a-file", "def f(path):\n    private_key = open(path).read()\n    log.info('from %s', private_key)\n", {"credential.private_key"}),
    ("headers-of-an-answer", "import requests\ndef f(response):\n    log.info('%s', response.headers)\n", set()),
    ("headers-of-a-question", "import requests\ndef f(request):\n    log.info('%s', request.headers)\n", {"credential.authorization"}),
    ("headers-beside-a-login", "import requests\nimport session\ndef f(response):\n    log.info('%s', response.headers)\n", set()),
    # masks and cuts
    ("substituted", "def f(url):\n    log.info('%s', re.sub('x', '***', url.password))\n", set()),
    ("substituted-otherwise", "def f(password):\n    log.info('%s', re.sub('a', 'b', password))\n", {"credential.password"}),
    ("replaced-by-a-mask", "def f(password, url):\n    t = f'{url} {password}'\n    log.info('%s', t.replace(password, '***'))\n", set()),
    ("before-the-query", "def f(base, access_token):\n    url = f'{base}?access_token={access_token}'\n    log.info('%s', url.split('?')[0])\n", set()),
    ("behind-the-at", "def f(database_url):\n    log.info('%s', database_url.rsplit('@', 1)[1])\n", set()),
    ("url-with-query", "def f(base, access_token):\n    url = f'{base}?access_token={access_token}'\n    log.info('%s', url)\n", {"credential.access_token"}),
    ("name-says-masked", "def f(token):\n    masked_token = hide_most(token)\n    log.info('%s', masked_token)\n", set()),
    ("cut-in-a-helper", "def tail(x):\n    return x[-4:]\ndef f(card_number):\n    log.info('%s', tail(card_number))\n", {"payment.last_four"}),
    ("mask-that-keeps-the-tail", "def mask_card(x):\n    return '*' * 12 + x[-4:]\ndef f(card_number):\n    log.info('%s', mask_card(card_number))\n", {"payment.last_four"}),
    ("redactor-with-early-exit", "def redact(x):\n    if not x:\n        return x\n    return x[:2] + '***'\ndef f(access_token):\n    log.info('%s', redact(access_token))\n", set()),
    ("masked-letter-by-letter", "def f(password):\n    log.info('%s', re.sub(r'.', '*', password))\n", set()),
    ("unwrapped", "from pydantic import SecretStr\ndef f(pw: SecretStr):\n    log.info('%s', pw.get_secret_value())\n", {"credential.password"}),
    ("thread-keywords", "from threading import Thread\ndef show(x):\n    log.info('x %s', x)\ndef f(password):\n    Thread(target=show, kwargs={'x': password}).start()\n", {"credential.password"}),
    # arguments and names
    ("behind-a-star", "def w(a, b):\n    log.info('x %s', b)\ndef f(xs, password):\n    w(*xs, password)\n", {"credential.password"}),
    ("before-a-star", "def w(a, b):\n    log.info('x %s', b)\ndef f(xs, password):\n    w(password, *xs)\n", set()),
    ("default", "SECRET_KEY = os.environ['SECRET_KEY']\ndef w(a, b=SECRET_KEY):\n    log.info('x %s', b)\ndef f():\n    w(1)\n", {"credential.generic"}),
    ("handed-to-another-class", "class A:\n    def go(self, pool, password):\n        pool.submit(self.run, password)\n    def run(self, x):\n        pass\nclass B:\n    def run(self, x):\n        log.info('x %s', x)\n", set()),
    ("handed-to-its-class", "class A:\n    def go(self, pool, password):\n        pool.submit(self.run, password)\n    def run(self, x):\n        log.info('x %s', x)\n", {"credential.password"}),
    ("class-defined-twice", "try:\n    import a\n    class A:\n        pass\nexcept ImportError:\n    class A:\n        def __init__(self, password):\n            self.v = password\n        def m(self):\n            log.info('x %s', self.v)\n", {"credential.password"}),
    ("walrus-in-a-comprehension", "def f(xs):\n    any((v := x['password']) for x in xs)\n    log.info('x %s', v)\n", {"credential.password"}),
    ("behind-a-starred-target", "def f(password):\n    a, *b, c = 1, 2, 3, password\n    log.info('x %s', c)\n", {"credential.password"}),
    ("rebound-by-a-case", "def f(password):\n    v = 1\n    match password:\n        case v:\n            log.info('x %s', v)\n", {"credential.password"}),
    # tests that tell
    ("none-there", "def f(token):\n    if token is None:\n        log.info('token %s', token)\n", set()),
    ("not-there", "def f(token):\n    if not token:\n        log.info('token %s', token)\n", set()),
    ("there", "def f(token):\n    if token:\n        log.info('token %s', token)\n", {"credential.access_token"}),
    ("else-of-there", "def f(token):\n    if token is not None:\n        return\n    else:\n        log.info('token %s', token)\n", set()),
    ("no-text", "def f(token):\n    if token is None or not isinstance(token, str):\n        log.info('token %s', token)\n", set()),
    ("empty", "def f(token):\n    if token == '':\n        log.info('token %s', token)\n", set()),
    ("compared-with-another", "def f(token):\n    if token != 'x':\n        log.info('token %s', token)\n", {"credential.access_token"}),
    # uses
    ("passed-as", "def f(x):\n    log.info('%s', x)\n    connect(password=x)\n", {"credential.password"}),
    ("stored-as", "class A:\n    def f(self, x):\n        log.info('%s', x)\n        self.password = x\n", {"credential.password"}),
    ("name-is-surer-than-use", "def redact(x):\n    return '***'\ndef f(password):\n    log.info('%s', password)\n    log.info('%s', redact(password))\n", {"credential.password"}),
    # names that depend on the topic, the type or the text in front
    ("token-of-a-lexer", "import tokenize\ndef f(token):\n    log.info('%s', token)\n", set()),
    ("pin-of-a-board", "from RPi import GPIO\ndef f(pin):\n    log.info('%s', pin)\n", set()),
    ("token-of-another-type", "from shop.streams import StreamToken\ndef f(token: StreamToken):\n    log.info('%s', token)\n", set()),
    ("text-in-front", "def f(x):\n    log.info('password=%s', x)\n", {"credential.password"}),
    ("text-in-front-of-an-error", "def f():\n    try:\n        g()\n    except OSError as e:\n        log.info('access token: %s', e)\n", set()),
    ("text-in-front-of-a-count", "def f(count):\n    log.info('access token: %s', count)\n", set()),
    ("no-slot", "def f(password):\n    log.info('password', password)\n", set()),
    ("secret-for-a-harmless-key", "from shop import get_secret\ndef f():\n    log.info('%s', get_secret('REDIS_HOST'))\n", set()),
    # exceptions
    ("asserted", "def f(api_key):\n    try:\n        assert len(api_key) == 3, f'bad {api_key}'\n    except AssertionError as e:\n        log.error('%s', e)\n", {"credential.api_key"}),
    ("two-calls-down", "def a(api_key):\n    raise ValueError(api_key)\ndef b(api_key):\n    a(api_key)\ndef f(api_key):\n    try:\n        b(api_key)\n    except ValueError as e:\n        log.error('%s', e)\n", {"credential.api_key"}),
    ("traceback-text", "import traceback\ndef f(api_key):\n    try:\n        raise ValueError(api_key)\n    except ValueError:\n        log.error(traceback.format_exc())\n", {"credential.api_key"}),
    ("guarded-raise", "def g(key):\n    if key is None:\n        raise ValueError(f'bad {key}')\ndef f(api_key):\n    try:\n        g(api_key)\n    except ValueError as e:\n        log.error('%s', e)\n", set()),
    # objects
    ("dumped-without", "from pydantic import BaseModel\nclass A(BaseModel):\n    id: int\n    password: str\ndef f(a: A):\n    log.info('%s', a.model_dump(exclude={'password'}))\n", set()),
    ("dumped-with", "from pydantic import BaseModel\nclass A(BaseModel):\n    id: int\n    password: str\ndef f(a: A):\n    log.info('%s', a.model_dump(include={'id'}))\n", set()),
    ("list-of-objects", "from dataclasses import dataclass\n@dataclass\nclass A:\n    password: str\ndef f(xs: list[A]):\n    log.info('%s', xs)\n", {"credential.password"}),
    ("enum", "from enum import Enum\nclass Kind(Enum):\n    PASSWORD = 'password'\ndef f():\n    log.info('%s', Kind.PASSWORD)\n", set()),
    ("inherited-field", "from dataclasses import dataclass\n@dataclass\nclass A:\n    password: str\n@dataclass\nclass B(A):\n    id: int\ndef f(b: B):\n    log.info('%s', b)\n", {"credential.password"}),
    ("mapping-class", "class Options(dict):\n    KEYS = {'aws_secret_access_key', 'region'}\n    def f(self):\n        log.info('%s', self)\n", {"credential.api_key"}),
    ("headers-without-authorization", "import requests\ndef f(request):\n    log.info('%s', request.headers.get('X-Trace'))\n", set()),
    ("deep-attribute", "class C:\n    def __init__(self, token):\n        self.t = token\nclass A:\n    def __init__(self, token):\n        self.c = C(token)\n    def f(self):\n        log.info('%s', self.c.t)\n", {"credential.access_token"}),
    ("list-of-keys", "def f(d: dict[str, str]):\n    log.info('%s', list(d))\n    return d['access_token']\n", set()),
    ("list-of-keys-left", "def f(d):\n    d.pop('id')\n    log.info('%s', list(d))\n    return d['access_token']\n", set()),
    ("entry-missing", "def f(d):\n    found = d.get('access_token')\n    if not found:\n        log.info('%s', d)\n", set()),
    ("entry-missing-behind", "def f(d):\n    found = d.get('access_token')\n    if not found:\n        print(1)\n    log.info('%s', d)\n", {"credential.access_token"}),
    ("entry-not-in", "def f(d):\n    if 'access_token' not in d:\n        log.info('%s', d)\n    return d['access_token']\n", set()),
    ("entry-in-returned", "def f(d):\n    if 'access_token' in d:\n        return d['access_token']\n    log.info('%s', d)\n", set()),
    ("another-entry-missing", "def f(d):\n    if 'id' not in d:\n        log.info('%s', d)\n    return d['access_token']\n", {"credential.access_token"}),
    ("entry-missing-or", "def f(d, x):\n    if x or not d.get('access_token'):\n        log.info('%s', d)\n", {"credential.access_token"}),
    ("entry-missing-filled", "def f(d):\n    if not d.get('access_token'):\n        d.refresh()\n        log.info('%s', d)\n", {"credential.access_token"}),
    ("entry-missing-handed-on", "def f(d, s):\n    if not d.get('access_token'):\n        login(s, d)\n        log.info('%s', d)\n", {"credential.access_token"}),
    ("text-searched", "def f(password):\n    said = f'x {password}'\n    if 'password' not in said:\n        log.info('%s', said)\n", {"credential.password"}),
    ("text-searched-itself", "def f(password):\n    if 'password' not in password:\n        log.info('%s', password)\n", {"credential.password"}),
    ("answer-of-another-code", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if not r.json().get('errcode'):\n        log.info('%s', r.text)\n", {"credential.access_token"}),
    ("answer-of-a-redirect", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.status_code == 302:\n        log.info('%s', r.text)\n", {"credential.access_token"}),
    ("answer-of-another-word", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.json()['status'] == 'completed':\n        log.info('%s', r.text)\n", {"credential.access_token"}),
    ("answer-of-a-failure", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.status_code != 200:\n        log.info('%s', r.text)\n", set()),
    ("answer-of-none-of-the-good", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.status_code not in (requests.codes.ok, requests.codes.created):\n        log.info('%s', r.text)\n", set()),
    ("answer-of-one-of-the-good", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.status_code in (200, 201):\n        log.info('%s', r.text)\n", {"credential.access_token"}),
    ("answer-of-a-named-failure", "import requests\nfrom http import HTTPStatus\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.status_code == HTTPStatus.FORBIDDEN:\n        log.info('%s', r.text)\n", set()),
    ("answer-beside-another-status", "import requests\ndef f(password, account):\n    r = requests.post('http://h/x', json={'p': password})\n    if account.status == AccountStatus.LOCKED:\n        log.info('%s', r.text)\n", {"credential.access_token"}),
    ("answer-of-no-status", "import requests\ndef f(password, codes):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.status_code in codes:\n        log.info('%s', r.text)\n", {"credential.access_token"}),
    ("answer-of-a-success", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.status_code == 200:\n        log.info('%s', r.text)\n", {"credential.access_token"}),
    ("answer-of-all-else", "import requests\ndef f(password):\n    r = requests.post('http://h/x', json={'p': password})\n    if r.ok:\n        return r\n    else:\n        log.info('%s', r.text)\n", set()),
    ("without-a-password", "def f(url_without_password, no_user_pass):\n    log.info('%s %s', url_without_password, no_user_pass)\n", set()),
    ("number-of-a-card", "def f(api_non_prod_password, card_no_token):\n    log.info('%s %s', api_non_prod_password, card_no_token)\n", {"credential.password", "credential.access_token"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "kinds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_precision(code: str, kinds: set[str], tmp_path: Path) -> None:
    """Exactly these kinds are reported at defaults."""
    assert {finding.kind for finding in reported(tmp_path, HEAD + code)} == kinds


def test_headers_of_a_login(tmp_path: Path) -> None:
    """Headers of an answer count where the path of the module is about signing in."""
    code = HEAD + "import requests\ndef f(response):\n    log.info('%s', response.headers)\n"
    report = scanned(tmp_path, code, name="login.py")
    assert [one.kind for one in report.findings if one.status == "reported"] == ["credential.authorization"]
