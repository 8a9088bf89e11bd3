"""A walk through containers: cleaned copies, bounded in depth and size, safe on cycles.

What stands under a key is judged by the key: of a mapping, of a pair, of a named tuple, of an argument list.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import fractions
import pathlib
import re
import uuid
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any

from logguard.core.finding import Confidence
from logguard.core.names import Meaning
from logguard.detect.pem import BEGIN
from logguard.runtime.redact.markers import withheld
from logguard.runtime.redact.text import TextRedactor

DEEPEST = 8
"""Containers inside one another."""
MOST = 2_000
"""Items of one object, over all its containers."""
PLAIN = (
    datetime.date,
    datetime.time,
    datetime.timedelta,
    decimal.Decimal,
    uuid.UUID,
    pathlib.PurePath,
    fractions.Fraction,
)
"""Types whose objects are one value each, and stay themselves where their text is clean."""
_SHORTEST_NUMBER = 10**8
"""Integers below it have too few digits for a card or national number."""
_LONGEST_NUMBER = 10**3_000
_NAMES = ("name", "key", "field", "header", "loc")
_VALUES = ("value", "val", "input")
"""Keys of a mapping that is a pair: ``{"name": "password", "value": …}``."""
_PEM = re.compile(BEGIN)


class Rendered(str):
    """The cleaned rendering of an object, in its place: `str`, `repr` and `format` all give it."""

    __slots__ = ("_repr",)
    _repr: str

    def __new__(cls, shown: str, spelled: str) -> Rendered:
        """Return a stand-in that shows ``shown``, and ``spelled`` as its `repr`."""
        made = super().__new__(cls, shown)
        made._repr = spelled
        return made

    def __repr__(self) -> str:
        return self._repr

    def __reduce__(self) -> tuple[Any, ...]:
        return (str, (str(self),))


class Walk:
    """One value's walk: what it has seen, and how much it may still see."""

    def __init__(self, texts: TextRedactor, render: Callable[[Any, Callable[[Any], str]], str]) -> None:
        """``render`` gives the cleaned text of an object that isn't a container."""
        self._texts = texts
        self._render = render
        self._keyed = texts.scanner.keyed
        self._open: set[int] = set()
        self._left = MOST

    def value(self, value: Any, meaning: Meaning | None, depth: int) -> Any:
        """Return a cleaned copy of a value, of which its key or field says ``meaning``."""
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is str:
            return self._text(value, meaning)
        if kind is float and meaning is None:
            return value
        if kind is int or kind is float:
            return self._number(value, meaning)
        self._left -= 1
        if self._left < 0:
            return withheld("size")
        if isinstance(value, (bytes, bytearray)):
            text = bytes(value).decode("utf-8", "surrogateescape")
            cleaned = self._text(text, meaning)
            return value if cleaned == text else str(cleaned).encode("utf-8", "surrogateescape")
        if isinstance(value, (dict, list, tuple, set, frozenset, deque)):
            return self._container(value, meaning, depth)
        return self._object(value, meaning)

    def _text(self, value: str, meaning: Meaning | None) -> str:
        if meaning is not None and self._keyed.holds(value, meaning):
            return self._texts.value(value, meaning.kind, "key")
        return self._texts.clean(value)

    def _number(self, value: int | float, meaning: Meaning | None) -> int | float | str:
        if meaning is not None and self._keyed.holds(str(value), meaning):
            return self._texts.value(str(value), meaning.kind, "key")
        small = isinstance(value, float) or -_SHORTEST_NUMBER < value < _SHORTEST_NUMBER
        if small and abs(value) not in self._texts.scanner.register.numbers:
            return value
        text = str(int(value)) if abs(value) < _LONGEST_NUMBER else ""
        cleaned = self._texts.clean(text)
        return value if cleaned == text else cleaned

    def _container(self, value: Any, meaning: Meaning | None, depth: int) -> Any:
        if id(value) in self._open:
            return withheld("cycle")
        if depth >= DEEPEST:
            return withheld("depth")
        self._open.add(id(value))
        try:
            if isinstance(value, dict):
                return self._mapping(value, meaning, depth)
            items = self._items(value, meaning, depth)
        finally:
            self._open.discard(id(value))
        if isinstance(value, tuple):
            return _tuple(value, items)
        if isinstance(value, (set, frozenset)):
            return frozenset(items) if isinstance(value, frozenset) else set(items)
        return deque(items, value.maxlen) if isinstance(value, deque) else items

    def _items(self, value: Any, meaning: Meaning | None, depth: int) -> list[Any]:
        """Return the cleaned items of a list: of a pair and an option, the first says what the second is."""
        items: list[Any] = []
        names: tuple[str, ...] = getattr(value, "_fields", ())
        ordered = isinstance(value, (list, tuple, deque))
        before: Any = None
        for number, item in enumerate(value):
            self._left -= 1
            if self._left < 0:
                items.append(withheld("size"))
                break
            said = meaning
            if number < len(names):
                said = self._keyed.meaning(str(names[number])) or meaning
            elif (
                ordered
                and isinstance(before, (str, bytes))
                and ((number == 1 and len(value) == 2) or _is_option(before))
            ):
                said = self._meaning(before) or meaning
            items.append(self.value(item, said, depth + 1))
            before = item
        return self._together(items) if ordered else items

    def _together(self, items: list[Any]) -> list[Any]:
        """Hide the items of a list that are the lines of one value, as those of a PEM block."""
        lines = [(number, str(item)) for number, item in enumerate(items) if type(item) is str]
        if len(lines) < 2 or not any(_PEM.search(line) for _, line in lines):
            return items
        text = "\n".join(line for _, line in lines)
        at = 0
        found = self._texts.scanner.find(text)
        for number, line in lines:
            one = next((one for one in found if one.start < at + len(line) and at < one.end), None)
            if one is not None:
                items[number] = self._texts.value(line, one.kind, one.detector)
            at += len(line) + 1
        return items

    def _meaning(self, key: Any) -> Meaning | None:
        """What stands under a key of any type."""
        if isinstance(key, enum.Enum):
            key = key.value if isinstance(key.value, str) else key.name
        if isinstance(key, tuple) and key:
            key = key[-1]
        name = key if isinstance(key, str) else key.decode("utf-8", "replace") if isinstance(key, bytes) else ""
        return self._keyed.meaning(name.strip().lstrip("-")) if name else None

    def _mapping(self, value: dict[Any, Any], meaning: Meaning | None, depth: int) -> dict[Any, Any]:
        copied = _empty(value)
        names = (value.get(name) for name in _NAMES)
        named = next((self._meaning(name) for name in names if isinstance(name, (str, bytes, tuple))), None)
        for key, item in list(value.items()):
            self._left -= 1
            if self._left < 0:
                copied[withheld("size")] = withheld("size")
                break
            own = named if key in _VALUES and named is not None else self._meaning(key)
            copied[self._key(key)] = self.value(item, own if own is not None else meaning, depth + 1)
        return copied

    def _key(self, key: Any) -> Any:
        cleaned = self.value(key, None, DEEPEST)
        try:
            hash(cleaned)
        except TypeError:
            return str(cleaned)
        return cleaned

    def _object(self, value: Any, meaning: Meaning | None) -> Any:
        if isinstance(value, PLAIN):
            text = str(value)
            cleaned = self._text(text, meaning)
            return value if cleaned == text else cleaned
        if isinstance(value, (int, float, complex)) and not isinstance(value, enum.Enum):
            text = str(value)
            cleaned = self._text(text, meaning)
            return value if cleaned == text else cleaned
        if isinstance(value, enum.Enum) and meaning is None and self._render(value, repr) == repr(value):
            return value
        shown = self._render(value, str)
        if meaning is not None and meaning.confidence > Confidence.LOW and self._keyed.holds(shown, meaning):
            shown = self._texts.value(shown, meaning.kind, "key")
            return Rendered(shown, shown)
        return Rendered(shown, self._render(value, repr))


def _is_option(text: str | bytes) -> bool:
    return isinstance(text, str) and text.startswith("-") and len(text) > 2 and "=" not in text


def _empty(value: dict[Any, Any]) -> dict[Any, Any]:
    """Return an empty mapping that shows itself as ``value`` does, if its class is the standard library's."""
    if type(value) is defaultdict:
        return defaultdict(value.default_factory)
    return type(value)() if type(value) in (OrderedDict, Counter) else {}


def _tuple(value: tuple[Any, ...], items: list[Any]) -> Any:
    if type(value) is tuple:
        return tuple(items)
    try:
        return tuple.__new__(type(value), items)  # a named tuple, whose own constructor isn't run
    except TypeError:
        return tuple(items)
