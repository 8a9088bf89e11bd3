"""Cleaning of texts and data, without logging: for other sinks, for files, and to look before one leaps."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from logguard.core.policy import Policy
from logguard.detect.known import Register
from logguard.detect.span import Detection
from logguard.runtime.engine import Engine, check
from logguard.runtime.register import register as shared
from logguard.runtime.settings import policy_for


class Scrubber:
    """Cleans texts and data by a policy. Raises ``PolicyError`` when it is made, and nothing after that.

    Line breaks and control characters stay what they are: escaping them is for records.
    """

    def __init__(
        self, policy: Policy | str | os.PathLike[str] | None = None, *, register: Register | None = None
    ) -> None:
        self.policy = policy_for(policy)
        check(self.policy)
        self._engine = Engine(self.policy, register if register is not None else shared(), escaping="nothing")

    @property
    def match(self) -> Callable[[bytes], object]:
        """Whether anything could be found in UTF-8 bytes: something true or false."""
        return self._engine.scanner.compiled.match

    def scrub(self, text: str) -> str:
        """Return a text with its sensitive values replaced."""
        cleaned = self._engine.texts.clean(text)
        self._engine.hits.taken()
        return cleaned

    def counted(self, text: str) -> tuple[str, list[tuple[str, str]]]:
        """Return a cleaned text, and the kind and detector of each value that was replaced."""
        cleaned = self._engine.texts.clean(text)
        return cleaned, self._engine.hits.taken()

    def counted_data(self, data: Any) -> tuple[Any, list[tuple[str, str]]]:
        """Return a cleaned copy of a value, and the kind and detector of each value that was replaced."""
        cleaned = self._engine.objects.data(data)
        return cleaned, self._engine.hits.taken()

    def scrub_data(self, data: Any) -> Any:
        """Return a cleaned copy of a value; objects that aren't containers become their cleaned text."""
        cleaned = self._engine.objects.data(data)
        self._engine.hits.taken()
        return cleaned

    def inspect(self, text: str) -> list[Detection]:
        """Return what is sensitive in a text, in order and apart; offsets are in characters from 0."""
        try:
            return self._engine.scanner.find(text)
        except Exception:
            from logguard.core.finding import Confidence

            return [Detection(0, len(text), "withheld", "error", Confidence.LOW)] if text else []
