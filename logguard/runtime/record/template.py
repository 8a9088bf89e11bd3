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
    joints: tuple[str, ...] | None
    """What stands for the text between the slots where one argument may be the key of the next, as in ``%s=%s``."""

    def joined(self, args: tuple[object, ...]) -> str:
        """Return the arguments as a text in which an argument that is the key of the next stands as its key."""
        assert self.joints is not None
        parts = []
        for arg, joint in zip(args, self.joints, strict=True):
            parts.append(arg if type(arg) is str else str(arg))
            parts.append(joint)
        return "".join(parts)


_UNREAD = Template((), 0, True, True, None)


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
    made = tuple(Slot(slot["key"], slot["conversion"], meanings[number]) for number, slot in enumerate(slots))
    bare = _SLOT.sub(lambda m: "%" if m[0][-1] == "%" else "0", message).replace("\n", " ")
    joints = tuple(_joints(message, slots))
    whole = bool(scanner.find(bare))
    return Template(
        made,
        len(made),
        whole or any(meaning is not None for meaning in meanings),
        whole,
        joints if "=" in joints and all(slot.key is None for slot in made) else None,
    )


def _joints(message: str, slots: list[re.Match[str]]) -> Iterator[str]:
    for slot, following in pairwise(slots):
        between = message[slot.end() : following.start()]
        key = len(between) < 5 and not any(character.isalnum() for character in between)
        text = slot["conversion"] not in _NUMERIC
        mark = "=" if following["conversion"] in _NUMERIC else "=:>"
        yield "=" if key and text and any(character in mark for character in between) else "\t"
    yield ""


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
