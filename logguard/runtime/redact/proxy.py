"""An object that shows itself, its attributes and what its methods give as cleaned, and otherwise is the object.

For objects that come with ``extra`` and that handlers work with, such as a request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from logguard.runtime.redact.walk import Rendered

CleanedUnder = Callable[[str, Any], Any]
"""Takes a name and what stands under it; returns the cleaned copy. Never raises."""


class Shown:
    """Stands for an object."""

    __slots__ = ("_logguard_clean", "_logguard_object", "_logguard_text")

    def __init__(self, value: object, text: Rendered, clean: CleanedUnder) -> None:
        object.__setattr__(self, "_logguard_object", value)
        object.__setattr__(self, "_logguard_text", text)
        object.__setattr__(self, "_logguard_clean", clean)

    def __getattr__(self, name: str) -> Any:
        found = getattr(object.__getattribute__(self, "_logguard_object"), name)
        clean = object.__getattribute__(self, "_logguard_clean")
        if isinstance(found, type):
            return found
        if not callable(found):
            return clean(name, found)

        def called(*args: Any, **named: Any) -> Any:
            return clean(name, found(*args, **named))

        return called

    @property  # type: ignore[misc]  # so that `isinstance` answers for the object
    def __class__(self) -> Any:
        return type(object.__getattribute__(self, "_logguard_object"))

    def __str__(self) -> str:
        return str(object.__getattribute__(self, "_logguard_text"))

    def __repr__(self) -> str:
        return repr(object.__getattribute__(self, "_logguard_text"))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __reduce__(self) -> tuple[Any, ...]:
        return str, (str(self),)
