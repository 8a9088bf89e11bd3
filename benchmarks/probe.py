"""Plant values of every kind in every part of a record, log them through every arrangement of handlers, and search
every byte that was written for them.

    python -m benchmarks.probe [--seed N] [--rivals]

Four classes: values that are recognisable alone, values behind a key, declared values, and bare ones. The guard
promises that nothing of the first three is written; how much of the fourth is, is printed. Values whose kinds
``default`` doesn't search by shape are a class of their own, under ``everything``. With ``--rivals`` the same records
go through other filters as well, hung on the logger as they are meant to.
"""

from __future__ import annotations

import argparse
import base64
import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from urllib.parse import quote

from benchmarks.arrangements import ARRANGEMENTS
from benchmarks.parts import Log, in_keys, in_parts
from benchmarks.planted import Garden, Plant
from benchmarks.rivals import RIVALS, rival

_SHORTEST_PIECE = 5
"""Characters of a word of a value that count as the value."""
_SHORTEST_NUMBER = 9
"""Digits of a number that nothing else of a log is."""


@dataclass(frozen=True, slots=True)
class Leak:
    """A value that was written."""

    kind: str
    part: str
    arrangement: str


Case = tuple[Plant, str, Log]
"""A value, the part that it stands in, and what logs it there."""


def written(cases: list[Case], data: bytes) -> list[Case]:
    """Return the cases whose value can be read in ``data``: as it is, a word of it, or encoded.

    A few digits stand everywhere, so of short numbers only those count that stand behind their key, and of decimals
    those that aren't part of a longer one: handlers write times with many digits.
    """
    found: set[int] = set()
    index: dict[str, list[tuple[str, int]]] = {}
    text = data.decode("latin-1")
    for number, (plant, _, _) in enumerate(cases):
        value = plant.value
        if value.isdigit() and len(value) < _SHORTEST_NUMBER:
            if re.search(rf"{re.escape(plant.key)}[^\n0-9]{{0,16}}{value}\b", text) is not None:
                found.add(number)
            continue
        for form in _forms(value):
            shown = form.decode("latin-1")
            index.setdefault(shown[:_SHORTEST_PIECE], []).append((shown, number))
    for at in range(len(text)):
        for form_text, number in index.get(text[at : at + _SHORTEST_PIECE], ()):
            if text.startswith(form_text, at) and not (form_text[0].isdigit() and text[at - 1 : at].isdigit()):
                found.add(number)
    return [cases[number] for number in sorted(found)]


def _forms(value: str) -> list[bytes]:
    words = [word for word in value.replace("\n", " ").split(" ") if len(word) >= _SHORTEST_PIECE and word != "Street,"]
    shown = {value, *(word for word in words if not word.startswith(("https:", "-----", "KEY-----", "Bearer")))}
    shown |= {json.dumps(value)[1:-1], repr(value)[1:-1], quote(value, safe=""), quote(value)}
    encoded = (
        {base64.b64encode(b"\0" * k + value.encode()).decode()[4:-4] for k in range(3)} if len(value) > 9 else set()
    )
    return [form.encode() for form in shown | {one for one in encoded if len(one) >= 8}]


def keyed(seed: int) -> Iterator[Case]:
    """Yield every kind in every part, behind its key; each with a value of its own."""
    parts = {**in_parts(lambda p: f"{p.key}={p.value}"), **{f"key: {k}": v for k, v in in_keys().items()}}
    for number, (name, log) in enumerate(parts.items()):
        for plant in Garden(seed * 1_000 + number).plants():
            yield plant, name, log


def alone(seed: int, preset: str = "default") -> Iterator[Case]:
    """Yield every kind that a preset knows by shape in every part, without a key."""
    for number, (name, log) in enumerate(in_parts(lambda p: f"got {p.value} today").items()):
        for plant in Garden(seed * 1_000 + 500 + number).plants():
            if plant.self_evident if preset == "default" else plant.everything:
                yield plant, name, log


def unknown(seed: int) -> Iterator[Case]:
    """Yield values without shape or key in every part: declare them, or see what they are called the bare class for."""
    for number, (name, log) in enumerate(in_parts(lambda p: f"got {p.value} today").items()):
        value = Garden(seed * 1_000 + 900 + number).text(18)
        yield Plant("credential.generic", "x", value, self_evident=False, everything=False), name, log


def leaks(cases: list[Case], beside: logging.Filter | None = None) -> list[Leak]:
    """Return which of the cases' values were written, for each arrangement; ``beside`` is a filter for the logger."""
    found: list[Leak] = []
    for name, arrangement in ARRANGEMENTS.items():
        with arrangement() as (logger, output), _filtered(logger, beside):
            target = _raised_to_warning(logger) if name == "lastResort" else logger
            for plant, _, log in cases:
                with suppress(Exception) if beside is not None else nullcontext():
                    log(target, plant)
            data = output()
        found += [Leak(plant.kind, part, name) for plant, part, _ in written(cases, data)]
    return found


@contextmanager
def _filtered(logger: logging.Logger, beside: logging.Filter | None) -> Iterator[None]:
    if beside is not None:
        logger.addFilter(beside)
    try:
        yield
    finally:
        if beside is not None:
            logger.removeFilter(beside)


def _raised_to_warning(logger: logging.Logger) -> logging.Logger:
    class Louder(logging.LoggerAdapter):  # type: ignore[type-arg]  # not generic before Python 3.11
        def info(self, msg: object, *args: object, **kwargs: object) -> None:
            self.logger.warning(msg, *args, **kwargs)

    return Louder(logger, None)  # type: ignore[return-value]  # all that the parts use


def _classes(seed: int) -> dict[str, list[Case]]:
    return {
        "self-evident": list(alone(seed)),
        "keyed": list(keyed(seed)),
        "declared": list(unknown(seed)),
        "bare": list(unknown(seed + 1)),
    }


def _show(name: str, cases: list[Case], beside: logging.Filter | None = None) -> None:
    found = leaks(cases, beside)
    print(f"{name:30} {len(found):6,} of {len(cases) * len(ARRANGEMENTS):6,} written", flush=True)
    if beside is None and name != "bare":
        for leak, count in Counter((one.kind, one.part) for one in found).most_common(70):
            print(f"    {count:3} {leak[0]:28} {leak[1]}")


def _guarded(classes: dict[str, list[Case]], seed: int) -> None:
    import logguard

    for plant, _, _ in classes["declared"]:
        logguard.register_secret(plant.value)
    with logguard.install(wait=True):
        for name, cases in classes.items():
            _show(name, cases)
    with logguard.install("everything", wait=True):
        _show("self-evident, everything", list(alone(seed, "everything")))


class _Quiet(logging.Filter):
    """A rival's filter; where it raises, the application would get the exception, and the record is lost."""

    def __init__(self, inner: logging.Filter) -> None:
        super().__init__()
        self._inner = inner
        self.raised = 0

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            return bool(self._inner.filter(record))
        except Exception:
            self.raised += 1
            return False


def _unguarded(classes: dict[str, list[Case]]) -> None:
    """The same for the rivals, whatever they do to a record; what is declared is bare to them."""
    logging.raiseExceptions = False
    for rival_name in RIVALS:
        try:
            beside = rival(rival_name)
        except (ImportError, AttributeError) as error:
            print(f"left out: {rival_name} ({error})", file=sys.stderr)
            continue
        for name in ("self-evident", "keyed"):
            quiet = _Quiet(beside)
            _show(f"{rival_name}: {name}", classes[name], quiet)
            if quiet.raised:
                print(f"    {quiet.raised:,} exceptions into the application")


def main() -> None:
    """Print how many values of each class were written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rivals", action="store_true", help="send the records through other filters, too")
    chosen = parser.parse_args()
    classes = _classes(chosen.seed)
    _guarded(classes, chosen.seed)
    if chosen.rivals:
        _unguarded(classes)


if __name__ == "__main__":
    main()
