"""Generated programs against an oracle that runs them and looks whether the planted value came out of the log.

What is generated: functions over several modules that call one another (directly, by alias, through a class), hand a
value on as it is, in a text, a dictionary, a list, an object or an exception, and log it, a part of it, or a cleaned
form. Not generated: loops that change what they go over, threads, decorators, descriptors, reflection.
"""

from __future__ import annotations

import io
import logging
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from logguard.static.visible import Options
from tests.test_link import linked

PLANTED = "Zq7-planted-value"
HEAD = "import logging\nlog = logging.getLogger('oracle')\n"
VAULT = f"def fetch_it():\n    return {PLANTED!r}\n"
POLICY = '[[source]]\nfunction = "vault.fetch_it"\nkind = "credential.generic"\n'
"""The source is declared: its name and its literal say nothing."""

STEPS = {
    # What a function does with its parameter before it hands it on: statements, and the expression handed on.
    "as-is": ("", "x"),
    "bound": ("    y = x\n", "y"),
    "text": ("", "f'<{x}>'"),
    "percent": ("", "'<%s>' % x"),
    "joined": ("", "' '.join(['a', str(x)])"),
    "dictionary": ("    d = {'a': 1, 'b': x}\n", "d"),
    "entry": ("    d = {'a': 1, 'b': x}\n", "d['b']"),
    "other-entry": ("    d = {'a': 1, 'b': x}\n", "d['a']"),
    "list": ("", "[1, x]"),
    "item": ("    t = (1, x)\n", "t[1]"),
    "other-item": ("    t = (1, x)\n", "t[0]"),
    "choice": ("    y = x if x else ''\n", "y"),
    "branch": ("    if n:\n        y = x\n    else:\n        y = 'none'\n", "y"),
    "rebound": ("    y = x\n    y = len(str(x))\n", "y"),
    "length": ("", "len(str(x))"),
    "flag": ("", "bool(x)"),
    "compared": ("", "x == 'a'"),
    "type": ("", "type(x).__name__"),
    "object": ("    o = Box(x)\n", "o.held"),
    "other-field": ("    o = Box(x)\n", "o.size"),
    "shown-object": ("    o = Shown(x)\n", "str(o)"),
    "caught": (
        "    try:\n        raise ValueError(f'bad {x}')\n    except ValueError as e:\n        y = str(e)\n",
        "y",
    ),
    "yielded": ("    def g():\n        yield 1\n        yield x\n    y = list(g())\n", "y"),
    "managed": ("    with Held(x) as y:\n        pass\n", "y"),
    "property": ("    o = Box(x)\n", "o.it"),
    "updated": ("    d = {'a': 1}\n    d.update(b=x)\n", "d"),
    "appended": ("    y = [1]\n    y.append(x)\n", "y"),
    "popped": ("    d = {'a': 1, 'b': x}\n    d.pop('b')\n", "d"),
    "formatted": ("", "'<{}>'.format(x)"),
    "filtered": ("    d = {k: v for k, v in {'a': 1, 'b': x}.items() if k != 'b'}\n", "d"),
    "generated": ("    y = [p for p in (1, x)]\n", "y"),
}
CLASSES = (
    "class Box:\n    def __init__(self, held):\n        self.held = held\n        self.size = 3\n"
    "    @property\n    def it(self):\n        return self.held\n"
    "class Held:\n    def __init__(self, held):\n        self.held = held\n"
    "    def __enter__(self):\n        return self.held\n    def __exit__(self, *_):\n        return None\n"
    "class Shown:\n    def __init__(self, held):\n        self._held = held\n    def __str__(self):\n        return 'S' + str(self._held)\n"
)
ENDS = {
    "lazy": "    log.info('got %s', {it})\n",
    "text": "    t = {it}\n    log.info(f'got {{t}}')\n",
    "bare": "    log.info({it})\n",
    "extra-word": "    log.info('got %s of %s', {it}, n)\n",
    "nothing": "    log.info('got nothing')\n",
}
IMPORTS = {
    "from": ("from {module} import {name}\n", "{name}({it}, n)"),
    "alias": ("from {module} import {name} as other\n", "other({it}, n)"),
    "module": ("import {module}\n", "{module}.{name}({it}, n)"),
    "keyword": ("from {module} import {name}\n", "{name}(x={it}, n=n)"),
    "method": ("from {module} import K{name}\n", "K{name}().run({it}, n)"),
    "default": ("from {module} import {name}\n", "{name}({it})"),
    "star": ("from {module} import *\n", "{name}({it}, n)"),
    "inherited": ("from {module} import K{name}\nclass Heir(K{name}):\n    pass\n", "Heir().run({it}, n)"),
    "spread": ("from {module} import {name}\n", "{name}(*[{it}, n])"),
    "named-spread": ("from {module} import {name}\n", "{name}(**{{'x': {it}}})"),
    "partial": ("from functools import partial\nfrom {module} import {name}\n", "partial({name}, {it})(n)"),
    "callback": ("from {module} import {name}\ndef apply(f, a):\n    return f(a)\n", "apply({name}, {it})"),
    "lambda": ("from {module} import {name}\n", "(lambda a: {name}(a, n))({it})"),
}


@dataclass(frozen=True)
class Program:
    """A chain of functions, each in a module of its own, from the source to the log call."""

    steps: list[str]
    imports: list[str]
    end: str

    def files(self) -> dict[str, str]:
        """Return the modules by name."""
        made = {"vault": VAULT}
        last = len(self.steps) - 1
        for number, step in enumerate(self.steps):
            before, it = STEPS[step]
            if number == last:
                head, body = HEAD, ENDS[self.end].format(it=it)
            else:
                imported, call = IMPORTS[self.imports[number]]
                names = {"module": f"m{number + 1}", "name": f"f{number + 1}", "it": it}
                head, body = imported.format(**names), f"    return {call.format(**names)}\n"
            made[f"m{number}"] = (
                f"{head}{CLASSES}def f{number}(x, n=1):\n{before}{body}"
                f"class Kf{number}:\n    def run(self, x, n=1):\n        return f{number}(x, n)\n"
            )
        made["main"] = "from vault import fetch_it\nfrom m0 import f0\ndef main():\n    f0(fetch_it())\n"
        return made


PROGRAMS = st.builds(
    Program,
    st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=4),
    st.lists(st.sampled_from(sorted(IMPORTS)), min_size=4, max_size=4),
    st.sampled_from(sorted(ENDS)),
)


def leaks(files: dict[str, str]) -> bool:
    """Run a program and say whether the planted value came out of its log."""
    out = io.StringIO()
    logger = logging.getLogger("oracle")
    handler = logging.StreamHandler(out)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    before = dict(sys.modules)
    try:
        for name in [
            "vault",
            *sorted((one for one in files if one.startswith("m") and one != "main"), reverse=True),
            "main",
        ]:
            module = ModuleType(name)
            sys.modules[name] = module
            exec(files[name], module.__dict__)  # noqa: S102 - the oracle runs what it made up
        sys.modules["main"].main()
    finally:
        for name in files:
            if name in before:
                sys.modules[name] = before[name]
            else:
                sys.modules.pop(name, None)
        logger.removeHandler(handler)
    return PLANTED in out.getvalue()


def found(files: dict[str, str]) -> bool:
    """Scan the same program and say whether anything is reported."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "logguard.toml").write_text(POLICY)
        report = linked(Path(folder), files, options=Options())
    assert not report.summary.incomplete
    return any(finding.rule != "LGD301" for finding in report.findings)


@settings(max_examples=1_000, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(PROGRAMS)
def test_scan_agrees_with_running(program: Program) -> None:
    """No leak is missed, and no path on which the value is gone is reported."""
    files = program.files()
    assert found(files) == leaks(files)
