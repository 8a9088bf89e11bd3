"""Laws: the gate rules out nothing that a detector finds; windows find what the whole text would; work is linear."""

from __future__ import annotations

import random
import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.planted import Garden
from logguard.core.names import Vocabulary
from logguard.core.policy import Policy
from logguard.detect.budget import Budget
from logguard.detect.gate import Re2Gate, RustGate, StdlibGate, loosened
from logguard.detect.iban import iban
from logguard.detect.keyed import Keyed
from logguard.detect.known import Register, encodings
from logguard.detect.literal import looks_secret
from logguard.detect.scanner import Scanner
from logguard.detect.shapes import Shape, shapes
from logguard.detect.span import Detection, merge

SCANNER = Scanner(Policy(), Register())
STDLIB = Scanner(Policy(), Register(), engines=(StdlibGate,))
EVERYTHING = Scanner(Policy(preset="everything"), Register())
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["password=", "token: ", '"secret": "', "<apiKey>", "--password ", "ghp_", "eyJ", "AKIA", "@", "://", "%3D", ":", "=", "'", "\\", " is "]),
    st.sampled_from(['<p name="password" value="', "<![CDATA[", 'form-data; name="token"\r\n\r\n', "\npassword: |\n ", " %27 ", "foo ", "hunter2x9 ", 'form-data;name="token"\n\n', "insert into a (b, password) values ('x', '", " -> "]),
    st.sampled_from([plant.value for plant in Garden(5).plants()]),
    st.sampled_from([f"{plant.key}={plant.value}" for plant in Garden(6).plants()]),
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=8).map("".join)
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SETTINGS
@given(TEXTS)
def test_the_gate_rules_out_nothing(text: str) -> None:
    """What any detector finds is found through the gate as well."""
    assert SCANNER.find(text) == SCANNER.find_ungated(text)
    assert STDLIB.find(text) == STDLIB.find_ungated(text)


@pytest.mark.parametrize("shape", [shape for shape in shapes() if shape.literal], ids=lambda shape: shape.name)
@settings(SETTINGS, max_examples=20)
@given(st.data())
def test_literals_are_looked_at_for_every_shape(shape: Shape, data: st.DataObject) -> None:
    """What the quick look at a program's literals rules out, no shape finds."""
    text = data.draw(st.from_regex(shape.pattern, alphabet=st.characters(codec="ascii")))
    if any(True for _ in shape.find(text, Budget(len(text)))):
        assert looks_secret(text) is not None


@SETTINGS
@given(TEXTS)
def test_what_was_read_before_changes_nothing(text: str) -> None:
    """A search by keys that has read thousands of texts finds what a new one finds."""
    budgets = Budget(len(text)), Budget(len(text))
    fresh = Keyed(Vocabulary(Policy()))
    assert list(SCANNER.keyed.find(text, budgets[0])) == list(fresh.find(text, budgets[1]))
    assert budgets[0].left == budgets[1].left


@settings(SETTINGS, max_examples=40)
@given(TEXTS)
def test_the_gate_rules_out_nothing_of_everything(text: str) -> None:
    """The same for the preset that searches for most."""
    assert EVERYTHING.find(text) == EVERYTHING.find_ungated(text)


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.name)
def test_a_shape_passes_its_own_gate(shape: object) -> None:
    """Where a row has a gate of its own, it occurs in every text that the pattern matches."""
    source = re.sub(r"\{(\d+),512\}", lambda m: f"{{{m[1]},{int(m[1]) + 20}}}", shape.pattern.pattern)  # type: ignore[attr-defined]
    strategy = st.from_regex(re.compile(source, re.ASCII), fullmatch=True)

    @settings(SETTINGS, max_examples=15)
    @given(strategy)
    def law(text: str) -> None:
        assert re.search(loosened(shape.gate), text, re.ASCII)  # type: ignore[attr-defined]

    law()


@SETTINGS
@given(TEXTS)
def test_the_engines_agree(text: str) -> None:
    """RE2 and Rust's regex answer alike; Python's, whose repetitions are bounded, rules out nothing either."""
    patterns = [loosened(pattern) for pattern in SCANNER.patterns]
    answers = []
    for engine in (Re2Gate, RustGate):
        pytest.importorskip(engine.engine)
        answers.append(set(engine(patterns).hits(text)))
    assert answers[0] == answers[1]
    assert STDLIB.find(text) == STDLIB.find_ungated(text)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=12))
def test_merged_detections_cover_all_and_lie_apart(spans: list[tuple[int, int]]) -> None:
    """Nothing that was found shows, and no two overlap."""
    found = [Detection(start, start + size, "credential.generic", "x", 2) for start, size in spans]  # type: ignore[arg-type]
    merged = merge(found)
    covered = {place for one in merged for place in range(one.start, one.end)}
    assert covered == {place for one in found for place in range(one.start, one.end)}
    assert all(first.end <= second.start for first, second in pairwise(merged))


@given(
    st.text(min_size=6, max_size=30).filter(lambda t: len(set(t.strip())) > 4), st.sampled_from(["", "a", "ab", "abc"])
)
def test_a_declared_value_is_found_in_every_encoding(value: str, before: str) -> None:
    """In base64, at each offset, and URL-, JSON-, HTML- and hex-encoded."""
    register = Register()
    if not register.add(value, "credential.generic"):
        return
    scanner = Scanner(Policy(), register)
    for form in encodings(value):
        assert any(d.start <= 3 and d.end >= 3 + len(form) for d in scanner.find(f"-- {form} --")), form


@pytest.mark.parametrize("engine", [Re2Gate, RustGate, StdlibGate], ids=lambda engine: engine.engine)
def test_ten_thousand_values(engine: type[Re2Gate]) -> None:
    """As many as a large application has are registered one by one, and each is found: short, long, with blanks."""
    pytest.importorskip(engine.engine)
    garden, register = Garden(9), Register()
    values = [f"{garden.text(8)} {garden.text(7)}" if n % 9 == 0 else garden.text(8 + n % 20) for n in range(10_000)]
    assert all(register.add(value, "credential.generic") for value in values)
    scanner = Scanner(Policy(), register, engines=(engine, StdlibGate))
    for value in values[::501]:
        for form in encodings(value):
            assert scanner.passes(f"it is {form} here"), form
            assert scanner.find(f"it is {form} here"), form
    assert not scanner.passes("order 8231 for basket 7712 shipped in 132 ms")
    assert not scanner.passes("request 0123abcd-ef45-6789-abcd-0123456789ef took 12 ms")


def test_iban_against_presidio() -> None:
    """The check digits agree with presidio's recognizer."""
    from presidio_analyzer.predefined_recognizers import IbanRecognizer

    oracle = IbanRecognizer()
    draw = random.Random(3)
    for _ in range(60):
        value = Garden(draw.randrange(10**6)).iban()
        wrong = value[:-1] + str((int(value[-1]) + 1) % 10)
        for text in (value, wrong):
            assert bool(iban(text)) == bool(oracle.analyze(text, ["IBAN_CODE"], None)), len(text)


HOSTILE = {
    "prefixes": "ghp_sk-AKIAxoxb-eyJ",
    "blanks": " ",
    "digits": "4111",
    "at": "a@",
    "quotes": "\"'",
    "nested-quotes": 'password="',
    "keys": "password=",
    "key-letters": "token",
    "surrogates": "\ud800",
    "percent": "%3D%",
    "base64": "QUJD",
    "escapes": "\\u0061",
    "brackets": "secret=[(",
    "mapping": "password={",
    "bracket": "secret=[",
    "lines": "a\\n",
    "xml": "<password>",
    "xml-attributes": '<p name="password" value=',
    "xml-data": "<password><![CDATA[",
    "multipart": 'form-data; name="password"\r\n',
    "yaml": " a: |\n",
    "insert": "insert into a (password) values (",
    "insert-cells": "insert into a (b, c) values ('x', ('y'",
    "iban": "DE44 ",
    "url": "http://a:b",
    "dots": "a.b.",
    "colons": "::",
    "equals": "=",
    "curl": "curl -u ",
    "begin": "-----BEGIN PRIVATE KEY-----",
    "ibm": "password ",
    "dashes": "--a",
    "options": "--password --password ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("scanner", [SCANNER, EVERYTHING], ids=["default", "everything"])
def test_work_grows_linearly(piece: str, scanner: Scanner, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text a hundred times as long costs at most a hundred times the work, counted in characters."""
    spent: list[int] = []
    original = Budget.__init__

    def counted(self: Budget, size: int) -> None:
        original(self, size)
        spent.append(0)

    def spend(self: Budget, characters: int) -> None:
        spent[-1] += characters
        self.left -= characters

    monkeypatch.setattr(Budget, "__init__", counted)
    monkeypatch.setattr(Budget, "spend", spend)
    sizes = (1_000, 100_000) if scanner is SCANNER else (1_000, 10_000)
    costs = []
    for size in sizes:
        spent.clear()
        scanner.find((piece * (size // len(piece) + 1))[:size])
        costs.append(sum(spent) + 2_000)
    assert costs[1] <= sizes[1] // sizes[0] * costs[0]
