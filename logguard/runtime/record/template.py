"""Message templates: nearly always constants, so each is read once. It tells which slot holds what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from logguard.core.names import Meaning
from logguard.detect.budget import Budget
from logguard.detect.scanner import Scanner

_SLOT = re.compile(
    r"%(?:\((?P<key>[^)]*)\))?[#0\- +]*(?P<width>\*|\d+)?(?:\.(?P<precision>\*|\d+))?[hlL]?"
    r"(?P<conversion>[diouxXeEfFgGcrsa%])"
)
_PROBE = "zq7Kx2mPw9tR{:04d}v"
"""Stands for a slot's value while the template is read; looks like a generated secret, so that weak keys count."""
_LONGEST = 4_000
_FLOATS = frozenset("eEfFgG")
_MOST_BLANKS = 3
_LONGEST_GAP = 4
"""Characters between two slots that may belong together."""
_NUMERIC = frozenset("diouxXeEfFgGc")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a template that an argument fills."""

    key: str | None
    """The name, in templates that take a mapping."""
    conversion: str
    """The letter: ``s``, ``r``, ``d``, …"""
    meaning: Meaning | None
    """What the text in front of it says that it holds."""
    gap: str | None = None
    """What stands between it and the slot before, if that has no letters or digits and is short."""

    @property
    def numeric(self) -> bool:
        """Whether only numbers can fill it."""
        return self.conversion in _NUMERIC


@dataclass(frozen=True, slots=True)
class Template:
    """A message with slots."""

    slots: tuple[Slot, ...]
    size: int
    """How many slots it has."""
    closely: bool
    """Whether its records always need a closer look: its text says of a slot what it holds, or it is `whole`."""
    whole: bool
    """Whether only the finished message can be judged: it can't be read, or the text itself holds a value."""
    tight: bool
    """Whether values can come to be in the finished message alone, as in ``%s=%s`` or ``//%s:%s@``."""
    blank: bool
    """Whether that is so where an argument is an option (``%s %s``)."""


_UNREAD = Template((), 0, True, True, False, False)


def read(message: str, scanner: Scanner) -> Template:
    """Return what a template says; one that can't be read is judged by the finished message."""
    if len(message) > _LONGEST:
        return _UNREAD
    slots: list[re.Match[str]] = []
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at = size = 0
    while True:
        percent = message.find("%", at)
        if percent < 0:
            break
        slot = _SLOT.match(message, percent)
        if slot is None or slot["width"] == "*" or slot["precision"] == "*":
            return _UNREAD
        shown = "%" if slot["conversion"] == "%" else _PROBE.format(len(slots))
        parts += (message[at:percent], shown)
        size += percent - at
        if slot["conversion"] != "%":
            slots.append(slot)
            places.append((size, size + len(shown)))
        size += len(shown)
        at = slot.end()
    text = "".join(parts) + message[at:]
    meanings = _meanings(text, places, scanner)
    gaps = [None, *_gaps(message, slots)]
    made = tuple(
        Slot(slot["key"], slot["conversion"], meaning, gap)
        for slot, meaning, gap in zip(slots, meanings, gaps, strict=False)
    )
    bare = _SLOT.sub(lambda m: "%" if m[0][-1] == "%" else "0", message).replace("\n", " ")
    whole = bool(scanner.find(bare))
    return Template(
        made,
        len(made),
        whole or any(meaning is not None for meaning in meanings),
        whole,
        _tight(made) or _in_a_shape(text, places, meanings, scanner),
        any(slot.gap is not None for slot in made),
    )


def _gaps(message: str, slots: list[re.Match[str]]) -> Iterator[str | None]:
    """Yield what stands between slots: without a word, one may be the key of the next, or both are of one value."""
    for slot, following in pairwise(slots):
        gap = message[slot.end() : following.start()]
        yield gap if len(gap) <= _LONGEST_GAP and not any(map(str.isalnum, gap)) else None


def _tight(slots: tuple[Slot, ...]) -> bool:
    """Whether a mark stands between two slots, or so many are separated by blanks that they could be a card number."""
    blanks = 0
    for slot in slots:
        if slot.gap is not None and slot.gap.strip():
            return True
        blanks = 0 if slot.gap is None or slot.conversion in _FLOATS else blanks + 1
        if blanks >= _MOST_BLANKS:
            return True
    return False


def _in_a_shape(text: str, places: list[tuple[int, int]], meanings: list[Meaning | None], scanner: Scanner) -> bool:
    """Whether text and slots together have the shape of a value: ``https://bob:%s@host``, ``%s@example.com``."""
    alone = [place for place, meaning in zip(places, meanings, strict=True) if meaning is None]
    found = scanner.find(text) if alone else []
    return any(one.start < end and start < one.end for one in found for start, end in alone)


def _meanings(text: str, places: list[tuple[int, int]], scanner: Scanner) -> list[Meaning | None]:
    found = list(scanner.keyed.find(text, Budget(len(text))))
    meanings: list[Meaning | None] = []
    for start, end in places:
        one = next((d for d in found if d.start < end and start < d.end and d.kind not in scanner.scope.kept), None)
        meanings.append(
            None
            if one is None
            else Meaning(one.kind, one.confidence, "", numeric=scanner.keyed.numeric(one.kind), declared=False)
        )
    return meanings


def loosened(message: str) -> str:
    """Return a template whose slots take texts, for values that no longer are numbers."""

    def loose(slot: re.Match[str]) -> str:
        if slot["conversion"] == "%":
            return "%%"
        return "%s" if slot["key"] is None else f"%({slot['key']})s"

    return _SLOT.sub(loose, message)
