"""What the fields of an object hold, by its types and names: read, never called."""

from __future__ import annotations

import typing
from collections.abc import Iterator

from logguard.core.kinds import kinds
from logguard.core.policy import Policy
from logguard.detect.keyed import Keyed

_MOST = 64
"""Fields of an object that are looked at."""


class Fields:
    """Answers by class, remembered."""

    def __init__(self, policy: Policy, keyed: Keyed) -> None:
        self._declared = policy.fields
        self._harmless = frozenset(policy.not_sensitive.fields)
        self._keyed = keyed
        self._known: dict[type, dict[str, str]] = {}

    def of(self, value: object) -> Iterator[tuple[str, object]]:
        """Yield the fields of an object and what they hold, without running its properties."""
        names: list[str] = list(getattr(type(value), "__pydantic_fields__", ()))
        held = getattr(value, "__dict__", None)
        if isinstance(held, dict):
            names += [name for name in held if isinstance(name, str)]
        for base in type(value).__mro__:
            slots = base.__dict__.get("__slots__", ())
            names += [slots] if isinstance(slots, str) else [name for name in slots if isinstance(name, str)]
        for name in list(dict.fromkeys(names))[:_MOST]:
            if isinstance(held, dict) and name in held:
                yield name, held[name]
            elif not name.startswith("__"):
                try:
                    yield name, object.__getattribute__(value, name)
                except AttributeError:
                    continue

    def kind(self, owner: type, name: str) -> str | None:
        """What a field holds: by the policy, its annotation, else its name."""
        known = self._known.get(owner)
        if known is None:
            if len(self._known) > 2_000:
                self._known.clear()
            known = self._known[owner] = self._typed(owner)
        if name in known:
            return known[name] or None
        meaning = self._keyed.meaning(name.lstrip("_"))
        return meaning.kind if meaning is not None and meaning.confidence > 1 else None

    def _typed(self, owner: type) -> dict[str, str]:
        found: dict[str, str] = {}
        try:
            hints = typing.get_type_hints(owner, include_extras=True)
        except Exception:
            hints = {}
        for name, hint in hints.items():
            for mark in getattr(hint, "__metadata__", ()):
                if isinstance(mark, str) and mark in kinds():
                    found[name] = mark
        for base in reversed(owner.__mro__):
            prefix = f"{base.__module__}.{base.__qualname__}."
            for path, kind in self._declared.items():
                if path.startswith(prefix) and "." not in path[len(prefix) :]:
                    found[path[len(prefix) :]] = kind
            for path in self._harmless:
                if path.startswith(prefix):
                    found[path[len(prefix) :]] = ""
        return found
