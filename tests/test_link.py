"""What must flow from one file to another, and what must not: one table, the harmless twin beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from logguard.core.catalog import Catalog
from logguard.core.finding import Finding, Report
from logguard.core.names import Vocabulary
from logguard.core.policy import Policy
from logguard.report.snippet import Snippets
from logguard.report.text import render
from logguard.static.files import select
from logguard.static.flow import evaluate
from logguard.static.flow.callers import Callers
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.module import Module
from logguard.static.flow.nodes.table import handlers
from logguard.static.flow.resolve import class_of
from logguard.static.flow.values import Hole
from logguard.static.index.module import index
from logguard.static.scan import Scanner
from logguard.static.verbs import verbs
from logguard.static.visible import Options

LOG = "import logging\nlog = logging.getLogger(__name__)\n"
SHOWS = LOG + "def show(x):\n    log.info('got %s', x)\n"

CASES: list[tuple[str, dict[str, str], set[tuple[str, str]]]] = [
    ("noop", {"a": SHOWS, "b": "from a import show\ndef f(n):\n    show(n)\n"}, set()),
    ("absolute", {"a": SHOWS, "b": "import a\ndef f(password):\n    a.show(password)\n"}, {("a", "credential.password")}),
    ("from", {"a": SHOWS, "b": "from a import show\ndef f(password):\n    show(password)\n"}, {("a", "credential.password")}),
    ("alias", {"a": SHOWS, "b": "from a import show as s\ndef f(password):\n    s(password)\n"}, {("a", "credential.password")}),
    ("renamed", {"a": SHOWS, "b": "import a\ng = a.show\ndef f(password):\n    g(password)\n"}, {("a", "credential.password")}),
    ("arguments-of-the-package", {"p/__init__": "", "p/a": "import sys\n" + LOG + "def f():\n    log.info('%s', sys.argv)\n", "p/b": "import click\n@click.option('--db-password')\ndef g(db_password):\n    pass\n"}, {("p/a", "credential.password")}),
    ("arguments-of-another-script", {"a": "import sys\n" + LOG + "def f():\n    log.info('%s', sys.argv)\n", "b": "import click\n@click.option('--db-password')\ndef g(db_password):\n    pass\n"}, set()),
    ("star", {"a": SHOWS, "b": "from a import *\ndef f(password):\n    show(password)\n"}, {("a", "credential.password")}),
    ("relative", {"p/__init__": "", "p/a": SHOWS, "p/b": "from .a import show\ndef f(password):\n    show(password)\n"}, {("p/a", "credential.password")}),
    ("relative-module", {"p/__init__": "", "p/a": SHOWS, "p/b": "from . import a\ndef f(password):\n    a.show(password)\n"}, {("p/a", "credential.password")}),
    ("re-export", {"p/__init__": "from .a import show\n", "p/a": SHOWS, "b": "from p import show\ndef f(password):\n    show(password)\n"}, {("p/a", "credential.password")}),
    ("namespace", {"n/a": SHOWS, "b": "from n.a import show\ndef f(password):\n    show(password)\n"}, {("n/a", "credential.password")}),
    ("conditional", {"a": SHOWS, "b": "try:\n    from fast import show\nexcept ImportError:\n    from a import show\ndef f(password):\n    show(password)\n"}, {("a", "credential.password")}),
    ("type-checking", {"a": LOG + "class A:\n    def show(self, x):\n        log.info(f'got {x}')\n", "b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from a import A\ndef f(a: 'A', password):\n    a.show(password)\n"}, {("a", "credential.password")}),
    ("local-import", {"a": SHOWS, "b": "def f(password):\n    from a import show\n    show(password)\n"}, {("a", "credential.password")}),
    ("circle", {"a": "import b\n" + SHOWS, "b": "import a\ndef f(password):\n    a.show(password)\n"}, {("a", "credential.password")}),
    ("circle-of-stars", {"p/__init__": "from .a import *\nfrom .b import *\n", "p/a": "from p import *\nfrom .b import *\n", "p/b": "from p import *\nfrom .a import *\n" + SHOWS, "c": "import p\ndef f(password):\n    p.show(password)\n    p.a.none.at.all(password)\n"}, {("p/b", "credential.password")}),
    ("another-module", {"a": SHOWS, "c": "def show(x):\n    return x\n", "b": "from c import show\ndef f(password):\n    show(password)\n"}, set()),
    ("returned", {"a": "def make(password):\n    return {'p': password}\n", "b": LOG + "from a import make\ndef f(x):\n    log.info('%s', make(x))\n"}, {("b", "credential.password")}),
    ("returned-other-key", {"a": "def make(x, y):\n    return {'p': x, 'q': y}\n", "b": LOG + "from a import make\ndef f(password):\n    log.info('%s', make(password, 1)['q'])\n"}, set()),
    ("constant", {"a": "import os\nURL = 'postgres://u:%s@h' % os.environ['DB_PASSWORD']\n", "b": LOG + "from a import URL\ndef f():\n    log.info('to %s', URL)\n"}, {("b", "credential.password")}),
    ("constant-of-module", {"a": "import os\nURL = 'postgres://u:%s@h' % os.environ['DB_PASSWORD']\n", "b": LOG + "import a\ndef f():\n    log.info('to %s', a.URL)\n"}, {("b", "credential.password")}),
    ("dataclass", {"a": "import dataclasses\n@dataclasses.dataclass\nclass C:\n    host: str\n    password: str\n", "b": LOG + "from a import C\ndef f(c: C):\n    log.info('%s', c)\n"}, {("b", "credential.password")}),
    ("dataclass-field", {"a": "import dataclasses\n@dataclasses.dataclass\nclass C:\n    host: str\n    password: str\n", "b": LOG + "from a import C\ndef f(c: C):\n    log.info('%s', c.host)\n"}, set()),
    ("inherited-field", {"a": "import pydantic\nclass B(pydantic.BaseModel):\n    password: str\n", "b": LOG + "from a import B\nclass C(B):\n    n: int\ndef f(c: C):\n    log.info('%s', c)\n"}, {("b", "credential.password")}),
    ("hidden-field", {"a": "import pydantic\nclass B(pydantic.BaseModel):\n    password: pydantic.SecretStr\n", "b": LOG + "from a import B\nclass C(B):\n    n: int\ndef f(c: C):\n    log.info('%s', c)\n"}, set()),
    ("inherited-repr", {"a": "class B:\n    def __init__(self, password):\n        self.p = password\n    def __repr__(self):\n        return f'B({self.p})'\n", "b": LOG + "import a\nclass C(a.B):\n    pass\ndef f(c: C):\n    log.info('%s', c)\n"}, {("b", "credential.password")}),
    ("method", {"a": LOG + "class A:\n    def run(self, x):\n        log.info(f'got {x}')\n", "b": "from a import A\ndef f(password):\n    A().run(password)\n"}, {("a", "credential.password")}),
    ("base-method", {"a": LOG + "class A:\n    def run(self, x):\n        log.info(f'got {x}')\n", "b": "from a import A\nclass B(A):\n    def f(self, password):\n        self.run(password)\n"}, {("a", "credential.password")}),
    ("super", {"a": LOG + "class A:\n    def run(self, x):\n        log.info(f'got {x}')\n", "b": "from a import A\nclass B(A):\n    def run(self, password):\n        super().run(password)\n"}, {("a", "credential.password")}),
    ("overridden", {"a": "class A:\n    def go(self, password):\n        self.run(password)\n    def run(self, x):\n        pass\n", "b": LOG + "from a import A\nclass B(A):\n    def run(self, x):\n        log.info(f'got {x}')\n"}, {("b", "credential.password")}),
    ("another-heir", {"a": LOG + "class A:\n    def go(self, x):\n        self.run(x)\nclass B(A):\n    def run(self, x):\n        log.info(f'got {x}')\n", "b": "from a import A\nclass C(A):\n    def f(self, password):\n        self.go(password)\n    def run(self, x):\n        pass\n"}, set()),
    ("attribute", {"a": LOG + "class A:\n    def __init__(self, x):\n        self.x = x\n    def run(self):\n        log.info('got %s', self.x)\n", "b": "from a import A\ndef f(password):\n    A(password).run()\n"}, {("a", "credential.password")}),
    ("receiver-by-constructor-calls", {"a": LOG + "class A:\n    def run(self, x):\n        log.info(f'got {x}')\n", "b": "class B:\n    def __init__(self, a):\n        self.a = a\n    def f(self, password):\n        self.a.run(password)\n", "c": "from a import A\nfrom b import B\nb = B(A())\n"}, {("a", "credential.password")}),
    ("receiver-by-differing-calls", {"a": LOG + "class A:\n    def run(self, x):\n        log.info(f'got {x}')\nclass N:\n    def run(self, x):\n        pass\n", "b": "class B:\n    def __init__(self, a):\n        self.a = a\n    def f(self, password):\n        self.a.run(password)\n", "c": "from a import A, N\nfrom b import B\nb = B(A())\nc = B(N())\n"}, set()),
    ("through-base-constructor", {"a": "class A:\n    def __init__(self, x):\n        self.x = x\n    def __str__(self):\n        return self.x\n", "b": LOG + "from a import A\nclass B(A):\n    def __init__(self, y):\n        super().__init__(y)\ndef f(password):\n    log.info('%s', B(password))\n"}, {("b", "credential.password")}),
    ("property", {"a": "class A:\n    def __init__(self, password):\n        self.p = password\n    @property\n    def it(self):\n        return self.p\n", "b": LOG + "from a import A\ndef f(a: A):\n    log.info('%s', a.it)\n"}, {("b", "credential.password")}),
    ("default", {"a": LOG + "import os\ndef show(x=os.environ['DB_PASSWORD']):\n    log.info('got %s', x)\n", "b": "from a import show\nshow()\n"}, {("a", "credential.password")}),
    ("keyword", {"a": SHOWS, "b": "from a import show\ndef f(password):\n    show(x=password)\n"}, {("a", "credential.password")}),
    ("stars", {"a": LOG + "def show(*args, **more):\n    log.info('got %s', more)\n", "b": "from a import show\ndef f(pw):\n    show(1, password=pw)\n"}, {("b", "credential.password")}),
    ("callback", {"a": "def each(f, xs):\n    for x in xs:\n        f(x)\n", "b": SHOWS + "from a import each\nimport threading\ndef f(password):\n    threading.Thread(target=show, args=(password,)).start()\n"}, {("b", "credential.password")}),
    ("generator", {"a": "def parts(password):\n    yield 'x'\n    yield password\n", "b": LOG + "from a import parts\ndef f(x):\n    for part in parts(x):\n        log.info('%s', part)\n"}, {("b", "credential.password")}),
    ("async", {"a": "async def fetch(password):\n    return password\n", "b": LOG + "from a import fetch\nasync def f(x):\n    log.info('%s', await fetch(x))\n"}, {("b", "credential.password")}),
    ("raised", {"a": "class E(Exception):\n    pass\ndef go(password):\n    raise E(f'bad {password}')\n", "b": LOG + "from a import go, E\ndef f(x):\n    try:\n        go(x)\n    except E as e:\n        log.error('%s', e)\n"}, {("b", "credential.password")}),
    ("raised-other-type", {"a": "class E(Exception):\n    pass\nclass F(Exception):\n    pass\ndef go(password):\n    raise E(f'bad {password}')\n", "b": LOG + "from a import go, F\ndef f(x):\n    try:\n        go(x)\n    except F as e:\n        log.error('%s', e)\n"}, set()),
    ("redactor", {"a": "def hide(text):\n    return '***'\n", "b": LOG + "from a import hide\ndef f(password):\n    log.info('%s', hide(password))\n"}, set()),
    ("logger", {"a": "import logging\nwriter = logging.getLogger('x')\n", "b": "from a import writer as w\ndef f(password):\n    w.info('%s', password)\n"}, {("b", "credential.password")}),
    ("decorator-fills-in", {"a": "def signed(function):\n    def inner(*args, **kwargs):\n        kwargs['extra'] = {'password': args[0].password}\n        return function(*args, **kwargs)\n    return inner\n", "b": LOG + "from a import signed\nclass C:\n    @signed\n    def send(self, url, **kwargs):\n        log.info('sent %s', kwargs['extra'])\n"}, {("b", "credential.password")}),
    ("receiver-by-base-constructor", {"a": LOG + "class A:\n    def run(self, x):\n        log.info(f'got {x}')\n", "b": "class B:\n    def __init__(self, a):\n        self.a = a\n    def f(self, password):\n        self.a.run(password)\n", "c": "from a import A\nfrom b import B\nclass C(B):\n    def __init__(self):\n        super().__init__(A())\n"}, {("a", "credential.password")}),
    ("class-of-a-class", {"a": LOG + "class Say:\n    def __init__(self, name):\n        self.name = name\n    def note(self, message):\n        log.info(message)\nclass A:\n    say_class = Say\n    def __init__(self):\n        self.say = self.say_class('x')\n", "b": "from a import A\ndef f(a: A, password):\n    a.say.note(password)\n"}, {("b", "credential.password")}),
    ("wrapper-by-its-own-name", {"a": LOG + "def debug_json(level, var):\n    text = str(level)\n    if var:\n        text = text + str(var)\n    log.info(text)\n", "b": "from a import debug_json\ndef f(password):\n    debug_json(1, {'p': password})\n"}, {("b", "credential.password")}),
    ("own-wrappers-are-no-distance", {"a": LOG + "class A:\n    def _log(self, level, msg):\n        log.log(level, msg)\n    def _debug(self, msg):\n        self._log(10, msg)\n    def send(self, headers):\n        self._debug(f'sending {headers}')\n    def get(self, cookie):\n        self.send({'Cookie': cookie})\n", "b": "from a import A\ndef f(a: A, cookie):\n    a.get(cookie)\n"}, {("a", "credential.cookie")}),
    ("a-function-that-logs-in-passing", {"a": LOG + "def keep(level, var):\n    text = str(level)\n    text = text + str(var)\n    log.info(text)\n", "b": "from a import keep\ndef f(password):\n    keep(1, {'p': password})\n"}, {("a", "credential.password")}),
    ("four-functions-of-one-file", {"a": LOG + "class A:\n    def _a(self):\n        return self._token\n    def _b(self):\n        return 'x' + self._a()\n    def _c(self):\n        return self._b() + 'y'\n    def d(self):\n        log.info(self._c())\n"}, {("a", "credential.access_token")}),
    ("wrapper", {"a": LOG + "def note(message):\n    log.info(message)\n", "b": "from a import note\ndef f(password):\n    note(f'got {password}')\n"}, {("b", "credential.password")}),
    ("key-in-argument", {"a": "def get(data, key):\n    return data.get(key)\n", "b": LOG + "from a import get\ndef f(password):\n    d = {'p': password, 'n': 1}\n    log.info('%s', get(d, 'n'))\n"}, set()),
    ("sensitive-key-in-argument", {"a": "def get(data, key):\n    return data.get(key)\n", "b": LOG + "from a import get\ndef f(d):\n    log.info('%s', get(d, 'password'))\n"}, {("b", "credential.password")}),
    ("callback-returns", {"a": LOG + "def go(make):\n    url, rest = make()\n    log.info('to %s', url)\n", "b": "from a import go\ndef f(password, x):\n    def make():\n        return 'http://h/' + password, x\n    go(make)\n"}, {("a", "credential.password")}),
    ("callback-returns-other-part", {"a": LOG + "def go(make):\n    url, rest = make()\n    log.info('to %s', url)\n", "b": "from a import go\ndef f(password, x):\n    def make():\n        return x, password\n    go(make)\n"}, set()),
    ("callback-in-attribute", {"a": LOG + "class A:\n    def __init__(self, make):\n        self.make = make\n    def go(self):\n        log.info('to %s', self.make())\n", "b": "from a import A\ndef f(password):\n    A(lambda: password).go()\n"}, {("a", "credential.password")}),
    ("made-method", {"a": LOG + "class Maker:\n    def __init__(self, name, api):\n        self.name = name\n        self.api = api\n    def __getattr__(self, name):\n        def call(**given):\n            return self.api.send(name, given)\n        return call\nclass Api:\n    def __getattr__(self, name):\n        return Maker(name, self)\n    def send(self, name, given):\n        log.info('%s %s', name, given)\n", "b": "from a import Api\ndef f(password):\n    Api().user.login(password=password)\n"}, {("a", "credential.password")}),
    ("made-method-of-another", {"a": LOG + "class Api:\n    def __getattr__(self, name):\n        def call(**given):\n            return self.send(name, given)\n        return call\n    def send(self, name, given):\n        log.info('%s %s', name, given)\n", "b": "from c import Other\ndef f(password):\n    Other().login(password=password)\n", "c": "class Other:\n    pass\n"}, set()),
    ("answer-for-a-password", {"a": LOG + "import requests\ndef call(path, data):\n    log.info('got %s', requests.post('http://h/' + path, json=data).json())\n", "b": "from a import call\ndef f(password):\n    call('x', {'p': password})\n"}, {("a", "credential.access_token")}),
    ("answer-for-a-number", {"a": LOG + "import requests\ndef call(path, data):\n    log.info('got %s', requests.post('http://h/' + path, json=data).json())\n", "b": "from a import call\ndef f(number):\n    call('x', {'n': number})\n"}, set()),
    ("verb-of-a-session", {"a": LOG + "import requests\nclass S(requests.Session):\n    def request(self, *args, **more):\n        log.info('%s', args[0])\n", "b": "from a import S\ndef f(password):\n    S().post(password)\n"}, set()),
    ("address-of-a-session", {"a": LOG + "import requests\nclass S(requests.Session):\n    def request(self, *args, **more):\n        log.info('%s', args[1])\n", "b": "from a import S\ndef f(password):\n    S().post(password)\n"}, {("a", "credential.password")}),
    ("keys-of-an-heir", {"a": LOG + "class Options(dict):\n    def show(self):\n        log.info('%s', self)\n", "b": "from a import Options\nclass Cloud(Options):\n    KEYS = ['region', 'client_secret']\n"}, {("a", "credential.generic")}),
    ("from-a-test", {"a": SHOWS, "tests/test_a": "from a import show\ndef test(password):\n    show(password)\n"}, set()),
    ("key-of-a-constant", {"a": "PIN = 'p'\nWHO = 'w'\n", "b": LOG + "from a import PIN, WHO\ndef f(password, n):\n    d = {PIN: password, WHO: n}\n    log.info('%s', d[PIN])\n"}, {("b", "credential.password")}),
    ("key-of-another-constant", {"a": "PIN = 'p'\nWHO = 'w'\n", "b": LOG + "import a\ndef f(password, n):\n    d = {a.PIN: password, a.WHO: n}\n    log.info('%s %s', d[a.WHO], d.get(a.WHO))\n"}, set()),
    ("key-set-by-a-constant", {"a": "ONE = 'one'\nTWO = 'two'\n", "b": LOG + "from a import ONE, TWO\ndef f(password):\n    d = {ONE: {TWO: 1}}\n    d[ONE][TWO] = password\n    log.info('%s', d)\n"}, {("b", "credential.password")}),
    ("another-key-set-by-a-constant", {"a": "ONE = 'one'\nTWO = 'two'\n", "b": LOG + "from a import ONE, TWO\ndef f(password):\n    d = {ONE: 1}\n    d[TWO] = password\n    log.info('%s', d['one'])\n"}, set()),
    ("interface-and-transport", {"a": LOG + "class T:\n    def get(self, q):\n        self._ask(q)\n    def _ask(self, q):\n        self._send(q)\n    def _send(self, q):\n        log.info('asked %s', q)\n", "b": "from a import T\nclass A(T):\n    def login(self, password):\n        self._call(password)\n    def _call(self, x):\n        self.get(x)\n"}, {("a", "credential.password")}),
    ("far-through-many-files", {"a": LOG + "def send(q):\n    log.info('asked %s', q)\n", "b": "from a import send\ndef ask(q):\n    send(q)\n", "c": "from b import ask\ndef get(q):\n    ask(q)\n", "d": "from c import get\ndef f(password):\n    get(password)\n"}, set()),
    ("called-object", {"a": LOG + "class Api:\n    def __call__(self, command, **words):\n        log.info('sent %s', words['password'])\n", "b": "from a import Api\ndef login(api: Api, password):\n    api('/login', password=password)\n"}, {("a", "credential.password")}),
    ("called-object-of-another-class", {"a": LOG + "class Api:\n    def __call__(self, x):\n        log.info('sent %s', x)\nclass Other:\n    def __call__(self, x):\n        pass\n", "b": "from a import Other\ndef login(other: Other, password):\n    other(password)\n"}, set()),
    ("logging-method-under-a-name", {"a": LOG + "log_debug_message = log.debug\n", "b": "from a import log_debug_message\ndef f(password):\n    log_debug_message('got %s', password)\n"}, {("b", "credential.password")}),
    ("logging-method-under-a-name-by-module", {"a": LOG + "shout = log.warning\n", "b": "import a\ndef f(password):\n    a.shout('got %s', password)\n"}, {("b", "credential.password")}),
    ("another-method-under-a-name", {"a": LOG + "shout = log.setLevel\n", "b": "from a import shout\ndef f(password):\n    shout('got %s', password)\n"}, set()),
    ("made-when-asked-for", {"a": LOG + "class Api:\n    def __getattr__(self, name):\n        return lambda *args: self.send(name, args)\n    def send(self, name, args):\n        log.info('%s %s', name, args)\n", "b": "from a import Api\nclass Client:\n    def login(self, password):\n        Api().login(password)\n"}, {("a", "credential.password")}),
    ("option-of-another-module", {"a": "import argparse\ndef parser():\n    p = argparse.ArgumentParser()\n    p.add_argument('--password')\n    return p\n", "pkg/__init__": "", "pkg/cli": LOG + "import argparse\ndef sub(p):\n    p.add_argument('--api-key')\n", "pkg/main": LOG + "from pkg.cli import sub\ndef f(p):\n    log.info('%s', vars(p.parse_args()))\n"}, {("pkg/main", "credential.api_key")}),
    ("decorator-in-a-class", {"a": LOG + "class A:\n    def counted(f):\n        def inner(self, *args):\n            log.info('%s', self.held)\n            return f(self, *args)\n        return inner\n    def __init__(self, password):\n        self.held = [password]\n    @counted\n    def g(self):\n        pass\n"}, {("a", "credential.password")}),
    ("function-with-another-self", {"a": LOG + "class A:\n    def __init__(self, password):\n        self.held = [password]\n    def patch(this, target):\n        def send(self):\n            log.info('%s', self.held)\n        target.send = send\n"}, set()),
    ("names-of-logging-methods-in-a-circle", {"c": LOG + "say = log.info\n", "a": "import b\nsay = b.say\ndef f(password):\n    say(password)\n", "b": "import a\nsay = a.say\ndef g(password):\n    say(password)\n"}, set()),
    ("options-of-another-program", {"pkg/__init__": "", "pkg/other": "import argparse\np = argparse.ArgumentParser()\np.add_argument('--password')\n", "pkg/main": LOG + "import argparse\ndef f():\n    p = argparse.ArgumentParser()\n    log.info('%s', p.parse_args())\n"}, set()),
    ("headers-of-a-table", {"a": LOG + "import requests\nfrom dataclasses import dataclass\n@dataclass\nclass CsvTable:\n    headers: dict\ndef f(table: CsvTable):\n    log.info('%s', table)\n"}, set()),
    ("error-of-an-answer-from-afar", {"a": "def f(answer):\n    token = answer['access_token']\n    raise ValueError('unexpected %s' % answer)\n", "b": LOG + "from a import f\ndef g(answer):\n    try:\n        f(answer)\n    except ValueError as error:\n        log.info('%s', error)\n"}, {("b", "credential.access_token")}),
    ("headers-of-an-object", {"a": "import requests\nfrom typing import Mapping, Union\nfrom pydantic import BaseModel\nclass NotGiven:\n    pass\nclass Options(BaseModel):\n    method: str\n    headers: Union[Mapping[str, str], NotGiven] = NotGiven()\n", "b": LOG + "from a import Options\ndef f(options: Options):\n    log.info('%s', options.model_dump())\n"}, {("b", "credential.authorization")}),
    ("class-handed-over", {"a": "from pydantic import BaseModel\nclass Place(BaseModel):\n    latitude: float\n", "b": LOG + "from a import Place\ndef ask(model, **q):\n    return model(**get(**q))\ndef f():\n    log.info('%s', ask(Place, n=1))\n"}, {("b", "personal.location")}),
    ("class-handed-over-that-parses", {"a": "from pydantic import BaseModel\nclass Place(BaseModel):\n    latitude: float\nclass Size(BaseModel):\n    width: float\n", "b": LOG + "from a import Place, Size\ndef ask(model, **q):\n    return model.parse_obj(get(**q))\ndef f():\n    log.info('%s', ask(Size, n=1))\n    log.info('%s', ask(Place, n=1).latitude)\n"}, {("b", "personal.location")}),
    ("property-by-call", {"a": "class A:\n    def __init__(self, n, x):\n        self._x = x\n    def _get(self):\n        return self._x\n    x = property(_get)\n", "b": LOG + "from a import A\ndef f(password):\n    a = A(1, password)\n    log.info('%s', a.x)\n"}, {("b", "credential.password")}),
]  # fmt: skip


def linked(
    folder: Path, files: dict[str, str], paths: tuple[str, ...] = ("",), options: Options | None = None
) -> Report:
    """Write files, scan some of them, and return the report."""
    (folder / ".git").mkdir(exist_ok=True)
    for name, code in files.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
    before = Path.cwd()
    os.chdir(folder)
    try:
        return Scanner(options or Options()).run(select([Path(path) for path in paths], None))
    finally:
        os.chdir(before)


def shown(findings: list[Finding]) -> set[tuple[str, str]]:
    """Return file and kind of each finding."""
    return {(finding.path.removesuffix(".py"), finding.kind or "") for finding in findings}


def test_the_order_of_questions_changes_nothing() -> None:
    """What is asked first doesn't decide what is found: an answer that lacks one that is still open is never kept."""
    code = (
        LOG
        + "class C:\n    def next(self):\n        return self\nclass A:\n    def x(self):\n        k = self.y() or C()\n        return k\n"
    )
    code += "    def y(self):\n        return self.x()\ndef f():\n    c = A().x()\n" + "    c = c.next()\n" * 20
    found = []
    for order in (range, lambda size: range(size - 1, -1, -1)):
        module = Module(index(code, "a", "a.py", Catalog(Policy()).sink_names))
        frames = list(module.frames.values())
        answers = {}
        for place in order(len(frames)):
            for number in order(len(frames[place].function.nodes)):
                cls = class_of(frames[place], number)
                answers[place, number] = cls and cls[1]
        found.append(answers)
    assert found[0] == found[1]


def test_what_a_spent_budget_cut_short_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that lacks something for one log call isn't kept for the next."""
    policy = Policy()
    module = Module(index(SHOWS + "def f(password):\n    show(password)\n", "a", "a.py", Catalog(policy).sink_names))
    evaluator = Evaluator(Vocabulary(policy), verbs(), Catalog(policy), handlers())
    callers = Callers(evaluator, module.program)
    hole, frame = Hole("a.py:show", 0, (), frozenset()), module.frames["show"]
    monkeypatch.setattr(evaluate, "_MOST_STEPS", 0)
    assert callers.incoming(hole, frame) == []
    monkeypatch.undo()
    evaluator.begin()
    assert [taint.kind for taint in callers.incoming(hole, frame)] == ["credential.password"]


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_link(files: dict[str, str], expected: set[tuple[str, str]], tmp_path: Path) -> None:
    """Exactly these kinds are reported at defaults, in these files."""
    assert shown(linked(tmp_path, files).findings) == expected


def test_sources_that_say_the_same_are_told_once(tmp_path: Path) -> None:
    """Three callers with a parameter of one name: the block tells of the others in one line, and how many."""
    callers = "".join(f"def f{number}(email):\n    show(email)\n" for number in range(3))
    report = linked(tmp_path, {"a": LOG + "def show(x):\n    log.info('%s', x)\n" + callers})
    lines = [line for line in render(report, Snippets(tmp_path)) if "also:" in line or "places" in line]
    assert [line.strip() for line in lines] == [
        "= also: LGD103 personal.email (reportable): the name `email` says that it",
        "holds an e-mail address, at 2 places",
    ]
