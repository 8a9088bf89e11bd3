"""What must flow to a log call, and what must not: one table, the harmless twin of a construct beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scanning import reported

HEAD = "import logging, os\nlog = logging.getLogger(__name__)\n"

CASES: list[tuple[str, str, set[str]]] = [
    ("noop", "def f(x):\n    log.info('hello %s', x)\n", set()),
    # assignment and texts
    ("direct", "def f(password):\n    log.info('p %s', password)\n", {"credential.password"}),
    ("assigned", "def f(password):\n    x = password\n    log.info('p %s', x)\n", {"credential.password"}),
    ("rebound", "def f(password):\n    password = len(password)\n    log.info('p %s', password)\n", set()),
    ("fstring", "def f(api_key):\n    log.info(f'k {api_key}')\n", {"credential.api_key"}),
    ("fstring-debug", "def f(api_key):\n    log.info(f'{api_key=}')\n", {"credential.api_key"}),
    ("percent", "def f(api_key):\n    log.info('k %s' % api_key)\n", {"credential.api_key"}),
    ("percent-tuple", "def f(a, api_key):\n    log.info('%s %s' % (a, api_key))\n", {"credential.api_key"}),
    ("percent-mapping", "def f(api_key):\n    log.info('%(k)s' % {'k': api_key})\n", {"credential.api_key"}),
    ("percent-mapping-other", "def f(api_key):\n    log.info('%(a)s' % {'k': api_key, 'a': 1})\n", set()),
    ("format", "def f(api_key):\n    log.info('k {}'.format(api_key))\n", {"credential.api_key"}),
    ("format-named", "def f(api_key):\n    log.info('k {k}'.format(k=api_key))\n", {"credential.api_key"}),
    ("format-unused", "def f(api_key):\n    log.info('k {a}'.format(a=1, b=api_key))\n", set()),
    ("plus", "def f(api_key):\n    log.info('k ' + api_key)\n", {"credential.api_key"}),
    ("augmented", "def f(api_key):\n    t = 'k'\n    t += api_key\n    log.info(t)\n", {"credential.api_key"}),
    ("join", "def f(api_key):\n    log.info(' '.join(['k', api_key]))\n", {"credential.api_key"}),
    ("walrus", "def f(d):\n    if (x := d['api_key']):\n        log.info(x)\n", {"credential.api_key"}),
    ("conversion", "def f(api_key):\n    log.info(str(api_key).strip().upper())\n", {"credential.api_key"}),
    # containers
    ("dict", "def f(password):\n    d = {'u': 1, 'p': password}\n    log.info('%s', d)\n", {"credential.password"}),
    ("dict-other-key", "def f(password):\n    d = {'u': 1, 'p': password}\n    log.info('%s', d['u'])\n", set()),
    ("dict-set", "def f(password):\n    d = {}\n    d['p'] = password\n    log.info('%s', d)\n", {"credential.password"}),
    ("dict-overwritten", "def f(password):\n    d = {'p': password}\n    d['p'] = '***'\n    log.info('%s', d)\n", set()),
    ("dict-popped", "def f(password):\n    d = {'password': password}\n    d.pop('password')\n    log.info('%s', d)\n", set()),
    ("dict-deleted", "def f(password):\n    d = {'password': password}\n    del d['password']\n    log.info('%s', d)\n", set()),
    ("dict-alias", "def f(password):\n    d = {}\n    e = d\n    e['p'] = password\n    log.info('%s', d)\n", {"credential.password"}),
    ("dict-items", "def f(password):\n    d = {'p': password}\n    for k, v in d.items():\n        log.info('%s', v)\n", {"credential.password"}),
    ("dict-keys", "def f(password):\n    d = {'p': password}\n    for k in d:\n        log.info('%s', k)\n", set()),
    ("dict-spread", "def f(password):\n    d = {'p': password}\n    log.info('%s', {**d, 'a': 1})\n", {"credential.password"}),
    ("dict-update", "def f(password):\n    d = {}\n    d.update(p=password)\n    log.info('%s', d)\n", {"credential.password"}),
    ("tuple-index", "def f(password):\n    t = (1, password)\n    log.info('%s', t[0])\n", set()),
    ("tuple-unpacked", "def f(password):\n    a, b = 1, password\n    log.info('%s', b)\n", {"credential.password"}),
    ("list-append", "def f(password):\n    t = []\n    t.append(password)\n    log.info('%s', t)\n", {"credential.password"}),
    ("comprehension", "def f(passwords):\n    log.info('%s', [str(p) for p in passwords])\n", {"credential.password"}),
    ("denied-copy", "def f(pin, password):\n    d = {'pin': pin, 'password': password}\n    log.info('%s', {k: v for k, v in d.items() if k != 'password'})\n", {"credential.pin"}),
    ("denied-all", "def f(pin, password):\n    d = {'pin': pin, 'password': password}\n    log.info('%s', {k: v for k, v in d.items() if k not in ('pin', 'password')})\n", set()),
    ("allowed-copy", "def f(user, password):\n    d = {'id': 1, 'password': password}\n    log.info('%s', {k: d[k] for k in ('id',)})\n", set()),
    ("listed-without-a-key", "def f(password, n):\n    d = {'id': n, 'password': password}\n    log.info(' '.join([f'{k}={d[k]}' for k in d if k != 'password']))\n", set()),
    ("listed-without-another-key", "def f(password, n):\n    d = {'id': n, 'password': password}\n    log.info(' '.join([f'{k}={d[k]}' for k in d if k != 'id']))\n", {"credential.password"}),
    ("items-without-a-key", "def f(password, n):\n    d = {'id': n, 'password': password}\n    log.info(' '.join(f'{k}={v}' for k, v in d.items() if k not in ('password',)))\n", set()),
    # control flow
    ("branch", "def f(c, password):\n    x = 'a'\n    if c:\n        x = password\n    log.info(x)\n", {"credential.password"}),
    ("made-when-first-needed", "held = None\ndef make(password):\n    global held\n    held = password\ndef f():\n    if not held:\n        make(1)\n    log.info(held)\n", {"credential.password"}),
    ("nothing-there", "def f(password):\n    if not password:\n        log.info('none: %s', password)\n", set()),
    ("branch-returns", "def f(c, password):\n    x = password\n    if c:\n        x = 'a'\n        log.info(x)\n        return\n    use(x)\n", set()),
    ("choice-of-constants", "def f(password):\n    log.info('%s', 'set' if password else 'missing')\n", set()),
    ("and-constant", "def f(password):\n    log.info('%s', password and '***')\n", set()),
    ("masked-if-present", "def f(d):\n    x = dict(d)\n    if 'password' in x:\n        x['password'] = '***'\n    log.info('%s', x)\n", set()),
    ("loop-carried", "def f(parts, password):\n    t = ''\n    for p in parts:\n        log.info(t)\n        t = t + password\n", {"credential.password"}),
    ("while", "def f(password):\n    x = None\n    while x is None:\n        x = password\n    log.info(x)\n", {"credential.password"}),
    ("with", "def f(vault):\n    with vault.open() as password:\n        log.info(password)\n", {"credential.password"}),
    ("match", "def f(m):\n    match m:\n        case {'password': p}:\n            log.info('%s', p)\n", {"credential.password"}),
    # functions
    ("returned", "def get():\n    return os.environ['DB_PASSWORD']\ndef f():\n    log.info(get())\n", {"credential.password"}),
    ("returned-clean", "def size(password):\n    return len(password)\ndef f(password):\n    log.info('%d', size(password))\n", set()),
    ("passed", "def show(x):\n    log.info('x %s', x)\ndef f(password):\n    show(password)\n", {"credential.password"}),
    ("passed-keyword", "def show(x):\n    log.info('x %s', x)\ndef f(password):\n    show(x=password)\n", {"credential.password"}),
    ("star-args", "def show(*a):\n    log.info('x %s', a)\ndef f(password):\n    show(1, password)\n", {"credential.password"}),
    ("star-kwargs", "def show(**k):\n    log.info('x %s', k)\ndef f(password):\n    show(p=password)\n", {"credential.password"}),
    ("closure", "def f(password):\n    def g():\n        log.info(password)\n    return g\n", {"credential.password"}),
    ("lambda", "def f(password):\n    show = lambda x: log.info('x %s', x)\n    show(password)\n", {"credential.password"}),
    ("partial", "from functools import partial\ndef show(x, y):\n    log.info('x %s', x)\ndef f(password):\n    return partial(show, password)\n", {"credential.password"}),
    ("thread", "from threading import Thread\ndef show(x):\n    log.info('x %s', x)\ndef f(password):\n    Thread(target=show, args=(password,)).start()\n", {"credential.password"}),
    ("async", "async def get(password):\n    return password\nasync def f(password):\n    x = await get(password)\n    log.info(x)\n", {"credential.password"}),
    ("generator", "def g(password):\n    yield password\ndef f(password):\n    for x in g(password):\n        log.info(x)\n", {"credential.password"}),
    ("global", "STATE = None\ndef put(password):\n    global STATE\n    STATE = password\ndef f():\n    log.info(STATE)\n", {"credential.password"}),
    ("recursion", "def f(x, password):\n    if x:\n        return f(x - 1, password)\n    log.info(password)\n", {"credential.password"}),
    ("default-redactor", "def redact(x):\n    return '***'\ndef f(password):\n    log.info(redact(password))\n", set()),
    ("redactor-that-does-not", "def tidy(x):\n    return x.strip()\ndef f(password):\n    log.info(tidy(password))\n", {"credential.password"}),
    # objects
    ("self", "class A:\n    def __init__(self, password):\n        self.p = password\n    def f(self):\n        log.info(self.p)\n", {"credential.password"}),
    ("property", "class A:\n    def __init__(self, password):\n        self._p = password\n    @property\n    def x(self):\n        return self._p\n    def f(self):\n        log.info(self.x)\n", {"credential.password"}),
    ("class-field", "class A:\n    p = os.environ['DB_PASSWORD']\n    def f(self):\n        log.info(self.p)\n", {"credential.password"}),
    ("default-repr", "class A:\n    def __init__(self, password):\n        self.password = password\ndef f(password):\n    log.info('%s', A(password))\n", set()),
    ("dataclass", "from dataclasses import dataclass\n@dataclass\nclass A:\n    password: str\ndef f(x):\n    log.info('%s', A(x))\n", {"credential.password"}),
    ("dataclass-repr-false", "from dataclasses import dataclass, field\n@dataclass\nclass A:\n    password: str = field(repr=False)\ndef f(x):\n    log.info('%s', A(x))\n", set()),
    ("dataclass-asdict", "from dataclasses import asdict, dataclass, field\n@dataclass\nclass A:\n    password: str = field(repr=False)\ndef f(a: A):\n    log.info('%s', asdict(a))\n", {"credential.password"}),
    ("pydantic", "from pydantic import BaseModel\nclass A(BaseModel):\n    password: str\ndef f(a: A):\n    log.info('%s', a)\n", {"credential.password"}),
    ("pydantic-secret", "from pydantic import BaseModel, SecretStr\nclass A(BaseModel):\n    password: SecretStr\ndef f(a: A):\n    log.info('%s', a)\n", set()),
    ("masking-repr", "class A:\n    def __init__(self, password):\n        self.password = password\n    def __repr__(self):\n        return 'A(***)'\ndef f(a: A):\n    log.info('%r', a)\n", set()),
    ("leaky-repr", "class A:\n    def __init__(self, password):\n        self.password = password\n    def __repr__(self):\n        return f'A({self.password})'\ndef f(a: A):\n    log.info('%r', a)\n", {"credential.password"}),
    ("vars", "class A:\n    def __init__(self, password):\n        self.password = password\n    def f(self):\n        log.info('%s', vars(self))\n", {"credential.password"}),
    # exceptions
    ("raised", "def f(password):\n    try:\n        raise ValueError('bad ' + password)\n    except ValueError as e:\n        log.error('%s', e)\n", {"credential.password"}),
    ("raised-in-callee", "def g(password):\n    raise ValueError(password)\ndef f(password):\n    try:\n        g(password)\n    except ValueError:\n        log.exception('no')\n", {"credential.password"}),
    ("raised-other-type", "def f(password):\n    try:\n        raise ValueError(password)\n    except KeyError as e:\n        log.error('%s', e)\n", set()),
    ("raised-without", "def f(password):\n    try:\n        raise ValueError('bad')\n    except ValueError as e:\n        log.error('%s', e)\n", set()),
    # carriers
    ("environ", "def f():\n    log.info('%s', dict(os.environ))\n", {"credential.generic"}),
    ("environ-one", "def f():\n    log.info('%s', os.environ['HOME'])\n", set()),
    ("headers", "import requests\ndef f(request):\n    log.info('%s', request.headers)\n", {"credential.authorization"}),
    ("headers-one", "import requests\ndef f(request):\n    log.info('%s', request.headers['Accept'])\n", set()),
    ("token-answer", "import requests\ndef login(u):\n    r = requests.post('https://x/oauth/token', data={})\n    log.debug(r.text)\n", {"credential.access_token"}),
    ("observed-key", "def f(answer):\n    log.info('%s', answer)\n    return answer['access_token']\n", {"credential.access_token"}),
    ("connected", "import sqlalchemy\ndef f(url):\n    log.info('to %s', url)\n    return sqlalchemy.create_engine('%s' % url)\n", {"credential.connection_string"}),
    ("what-its-function-returns", "def new_password():\n    result = secrets.token_hex(8)\n    log.info('made %s', result)\n    return result\n", {"credential.password"}),
    ("what-its-function-makes-of-it", "def parse_token(token):\n    user = find(token[:8])\n    log.info('valid for %s', user)\n    return user\n", set()),
    ("observed-in-an-answer", "import json, subprocess\ndef f():\n    made = json.loads(subprocess.run(['x']).stdout)\n    log.info('%s', made)\n    return made['SecretAccessKey']\n", {"credential.api_key"}),
    ("environ-of-a-request", "def f(environ):\n    log.info('%s', environ)\n    return environ['HTTP_HOST']\n", {"credential.authorization"}),
    ("keys-alone", "import requests\ndef f():\n    cookies = requests.get('x').cookies\n    log.info('%s', [cookie for cookie in cookies.keys()])\n", set()),
    ("url-of-an-answer", "import requests\ndef f(api_key):\n    r = requests.get('https://x', params={'api_key': api_key})\n    log.info('asked %s', r.url)\n    log.info('asked %s', r.request.url)\n", {"credential.api_key"}),
    ("url-of-an-answer-without", "import requests\ndef f(page):\n    r = requests.get('https://x', params={'page': page})\n    log.info('asked %s', r.url)\n", set()),
    ("webhook-of-a-chat", "def f(slack_webhook):\n    log.info('posting to %s', slack_webhook)\n", {"credential.webhook_secret"}),
    ("connected-host", "import pymongo\ndef f(host):\n    log.info('to %s', host)\n    return pymongo.MongoClient(host)\n", set()),
    ("connected-with-something-else", "def create_engine(x):\n    pass\ndef f(url):\n    log.info('to %s', url)\n    return create_engine(url)\n", set()),
    ("made-by-a-library's-method", "import pydantic\nclass A(pydantic.BaseModel):\n    password: str\ndef f(text):\n    a = A.model_validate_json(text)\n    log.info('%s', a.model_dump())\n", {"credential.password"}),
    ("named-after-its-class", "class Request:\n    def __init__(self, password):\n        self.password = password\n    def __repr__(self):\n        return f'<{self.password}>'\ndef f(request):\n    log.info('%s', request)\n", {"credential.password"}),
    ("named-after-its-class-without-repr", "class Request:\n    def __init__(self, password):\n        self.password = password\ndef f(request):\n    log.info('%s', request)\n", set()),
    ("locals", "def f(password):\n    log.info('%s', locals())\n", {"credential.password"}),
    ("arguments", "import argparse\ndef f():\n    p = argparse.ArgumentParser()\n    p.add_argument('--password')\n    log.info('%s', p.parse_args())\n", {"credential.password"}),
    ("redacted-elsewhere", "class A:\n    def f(self):\n        log.info(redact_url(self.source))\n    def g(self):\n        log.info(self.source)\n", {"credential.generic"}),
    # what cleans
    ("len", "def f(password):\n    log.info('%d', len(password))\n", set()),
    ("bool", "def f(password):\n    log.info('%s', bool(password))\n", set()),
    ("type", "def f(password):\n    log.info('%s', type(password))\n", set()),
    ("compare", "def f(password):\n    log.info('%s', password == 'x')\n", set()),
    ("keyed-hash", "import hashlib, hmac\ndef f(email, key):\n    log.info(hmac.new(key, email, 'sha256').hexdigest())\n", set()),
    ("last-four", "def f(card_number):\n    log.info(card_number[-4:])\n", {"payment.last_four"}),
    ("first-four-of-token", "def f(access_token):\n    log.info(access_token[:4])\n", set()),
    ("part-of-password", "def f(password):\n    log.info(password[:3])\n", {"credential.password"}),
    ("integer-annotation", "def f(token: int):\n    log.info('%d', token)\n", set()),
    ("secret-annotation", "from pydantic import SecretStr\ndef f(password: SecretStr):\n    log.info('%s', password)\n", set()),
    ("kind-annotation", "from typing import Annotated\nfrom logguard import kind\ndef f(x: Annotated[str, kind('personal.email')]):\n    log.info('%s', x)\n", {"personal.email"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "kinds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_flow(code: str, kinds: set[str], tmp_path: Path) -> None:
    """Exactly these kinds are reported at defaults."""
    assert {finding.kind for finding in reported(tmp_path, HEAD + code)} == kinds
