"""An object that shows itself as cleaned text, and otherwise is the object: for fields that handlers work with."""

from __future__ import annotations

from typing import Any

from logguard.runtime.redact.objects import Rendered


class Shown:
    """Stands for an object: its text is cleaned, its attributes are its own."""

    __slots__ = ("_logguard_object", "_logguard_text")

    def __init__(self, value: object, text: Rendered) -> None:
        object.__setattr__(self, "_logguard_object", value)
        object.__setattr__(self, "_logguard_text", text)

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_logguard_object"), name)

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
