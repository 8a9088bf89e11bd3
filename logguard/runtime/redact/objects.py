"""Objects: cleaned copies of containers, and cleaned renderings that stand in for everything else.

The application's objects are never changed, and each is rendered once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from logguard.core.names import Meaning
from logguard.runtime.redact.fields import Fields
from logguard.runtime.redact.text import TextRedactor
from logguard.runtime.redact.walk import PLAIN, Walk

_ATOMS = (str, int, float, bytes, type(None))
_SHORTEST_VALUE = 3
_DEEPEST = 3
"""Objects in fields of objects."""
_MOST_INSIDE = 64
"""Objects in a container in a field that are looked at."""


class Objects:
    """Cleans values of every type by one policy."""

    def __init__(self, texts: TextRedactor, fields: Fields) -> None:
        self._texts = texts
        self._fields = fields
        self._keyed = texts.scanner.keyed

    def data(self, value: Any) -> Any:
        """Return a cleaned copy of a value; what is clean already may be the value itself."""
        return Walk(self._texts, self.render).value(value, None, 0)

    def meaning(self, key: str) -> Meaning | None:
        """Return what stands under a key."""
        return self._keyed.meaning(key) if key else None

    def under(self, key: str, value: Any) -> Any:
        """Return a cleaned copy of what stands under a key."""
        return Walk(self._texts, self.render).value(value, self._keyed.meaning(key), 0)

    def filled(self, value: Any, meaning: Meaning) -> Any:
        """Return a cleaned copy of what fills a template's slot that says what it holds."""
        return Walk(self._texts, self.render).value(value, meaning, 0)

    def render(self, value: Any, how: Callable[[Any], str] = str) -> str:
        """Return a cleaned text of an object; what its fields are known to hold is hidden wherever it shows."""
        try:
            shown = how(value)
        except RecursionError:
            return self._texts.withhold("", "depth")
        except Exception:
            return self._texts.withhold("", "error")
        try:
            for held, kind in self._held(value, _DEEPEST):
                if held in shown:
                    shown = shown.replace(held, self._texts.value(held, kind, "field"))
        except Exception:
            return self._texts.withhold(shown, "error")
        return self._texts.clean(shown)

    def _held(self, value: Any, depth: int) -> list[tuple[str, str]]:
        """Return the texts in sensitive fields of an object with their kinds, longest first."""
        found: list[tuple[str, str]] = []
        if isinstance(value, BaseException) and depth > 1:
            inner = getattr(value, "exceptions", value.args)
            found += [pair for one in _some(list(inner)) for pair in self._held(one, depth - 1)]
        for name, held in self._fields.of(value):
            kind = self._fields.kind(type(value), name)
            if kind is not None:
                found += [(text, kind) for text in _texts(held)]
            elif depth > 1 and not isinstance(held, _ATOMS):
                for one in _some(held):
                    found += self._held(one, depth - 1)
        return sorted(found, key=lambda pair: -len(pair[0]))


def _texts(held: Any) -> list[str]:
    """Return how a field's value can show in the text of its object."""
    if isinstance(held, (bytes, bytearray)):
        shown = [repr(bytes(held))[2:-1], bytes(held).decode("utf-8", "replace")]
    elif isinstance(held, (str, int, float, *PLAIN)) and not isinstance(held, bool):
        shown = [str(held), repr(held)[1:-1] if isinstance(held, str) else repr(held)]
    else:
        shown = []
    return [text for text in dict.fromkeys(shown) if len(text) >= _SHORTEST_VALUE]


def _some(held: Any) -> list[Any]:
    """Return an object, or the first of those in a container."""
    if isinstance(held, dict):
        held = list(held.values())
    return (
        [one for one in list(held)[:_MOST_INSIDE] if not isinstance(one, _ATOMS)]
        if isinstance(held, (list, tuple, set, frozenset, deque))
        else [held]
    )
