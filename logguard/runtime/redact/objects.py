"""Objects: cleaned copies of containers, and cleaned renderings that stand in for everything else.

The application's objects are never changed. Depth, size and cycles are bounded; each object is rendered once.
"""

from __future__ import annotations

import datetime
import decimal
import enum
import fractions
import pathlib
import uuid
from collections import deque
from collections.abc import Callable
from typing import Any

from logguard.core.finding import Confidence
from logguard.core.names import Meaning
from logguard.runtime.redact.fields import Fields
from logguard.runtime.redact.markers import withheld
from logguard.runtime.redact.text import TextRedactor

DEEPEST = 8
"""Containers inside one another."""
MOST = 2_000
"""Items of one object, over all its containers."""
_SHORTEST_NUMBER = 10**8
"""Integers below it have too few digits for a card or national number."""
_PLAIN = (
    datetime.date,
    datetime.time,
    datetime.timedelta,
    decimal.Decimal,
    uuid.UUID,
    pathlib.PurePath,
    fractions.Fraction,
)
_SHORTEST_VALUE = 3


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


class Objects:
    """Cleans values of every type by one policy."""

    def __init__(self, texts: TextRedactor, fields: Fields) -> None:
        self._texts = texts
        self._fields = fields
        self._keyed = texts.scanner.keyed

    def data(self, value: Any) -> Any:
        """Return a cleaned copy of a value; what is clean already may be the value itself."""
        return _Walk(self, self._texts, self._fields).value(value, None, 0)

    def under(self, key: str, value: Any) -> Any:
        """Return a cleaned copy of what stands under a key."""
        return _Walk(self, self._texts, self._fields).value(value, self._keyed.meaning(key), 0)

    def filled(self, value: Any, meaning: Meaning) -> Any:
        """Return a cleaned copy of what fills a template's slot that says what it holds."""
        return _Walk(self, self._texts, self._fields).value(value, meaning, 0)

    def render(self, value: Any, how: Callable[[Any], str] = str) -> str:
        """Return a cleaned text of an object; what its fields are known to hold is hidden wherever it shows."""
        try:
            shown = how(value)
        except RecursionError:
            return self._texts.withhold("", "depth")
        except Exception:
            return self._texts.withhold("", "error")
        try:
            for held, kind in self._held(value, 2):
                if held in shown:
                    shown = shown.replace(held, self._texts.value(held, kind, "field"))
        except Exception:
            return self._texts.withhold(shown, "error")
        return self._texts.clean(shown)

    def _held(self, value: Any, depth: int) -> list[tuple[str, str]]:
        """Return the texts in sensitive fields of an object with their kinds, longest first."""
        found: list[tuple[str, str]] = []
        for name, held in self._fields.of(value):
            kind = self._fields.kind(type(value), name)
            if kind is None:
                if depth > 1 and not isinstance(held, (str, int, float, bytes, type(None))):
                    found += self._held(held, depth - 1)
            elif isinstance(held, (str, int)) and not isinstance(held, bool) and len(str(held)) >= _SHORTEST_VALUE:
                found.append((str(held), kind))
        return sorted(found, key=lambda pair: -len(pair[0]))


class _Walk:
    """One value's walk: what it has seen, and how much it may still see."""

    def __init__(self, objects: Objects, texts: TextRedactor, fields: Fields) -> None:
        self._objects = objects
        self._texts = texts
        self._fields = fields
        self._keyed = texts.scanner.keyed
        self._open: set[int] = set()
        self._left = MOST

    def value(self, value: Any, meaning: Meaning | None, depth: int) -> Any:
        """Return a cleaned copy of a value, of which its key or field says ``meaning``."""
        kind = type(value)
        if value is None or kind is bool or kind is float:
            return value
        if kind is str:
            return self._text(value, meaning)
        if kind is int:
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

    def _number(self, value: int, meaning: Meaning | None) -> int | str:
        if meaning is not None and self._keyed.holds(str(value), meaning):
            return self._texts.value(str(value), meaning.kind, "key")
        if -_SHORTEST_NUMBER < value < _SHORTEST_NUMBER:
            return value
        text = str(value) if value.bit_length() < 10_000 else ""
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
            items = []
            for item in value:
                self._left -= 1
                if self._left < 0:
                    items.append(withheld("size"))
                    break
                items.append(self.value(item, meaning, depth + 1))
        finally:
            self._open.discard(id(value))
        if isinstance(value, tuple):
            return _tuple(value, items)
        if isinstance(value, (set, frozenset)):
            return frozenset(items) if isinstance(value, frozenset) else set(items)
        return deque(items, value.maxlen) if isinstance(value, deque) else items

    def _mapping(self, value: dict[Any, Any], meaning: Meaning | None, depth: int) -> dict[Any, Any]:
        copied: dict[Any, Any] = {}
        for key, item in list(value.items()):
            self._left -= 1
            if self._left < 0:
                copied[withheld("size")] = withheld("size")
                break
            name = key if isinstance(key, str) else key.decode("utf-8", "replace") if isinstance(key, bytes) else ""
            own = self._keyed.meaning(name) if name else None
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
        if isinstance(value, _PLAIN):
            text = str(value)
            cleaned = self._text(text, meaning)
            return value if cleaned == text else cleaned
        if isinstance(value, (int, float, complex)) and not isinstance(value, enum.Enum):
            text = str(value)
            cleaned = self._text(text, meaning)
            return value if cleaned == text else cleaned
        shown = self._objects.render(value)
        if meaning is not None and meaning.confidence > Confidence.LOW and self._keyed.holds(shown, meaning):
            shown = self._texts.value(shown, meaning.kind, "key")
            return Rendered(shown, shown)
        return Rendered(shown, self._objects.render(value, repr))


def _tuple(value: tuple[Any, ...], items: list[Any]) -> Any:
    if type(value) is tuple:
        return tuple(items)
    try:
        return tuple.__new__(type(value), items)  # a named tuple, whose own constructor isn't run
    except TypeError:
        return tuple(items)
