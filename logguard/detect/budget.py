"""How much work a text may cause, in characters handed to detectors: the same on every machine."""

from __future__ import annotations


class ExhaustedError(Exception):
    """The budget of a text is spent; what is not yet searched must be withheld."""


class Budget:
    """A budget in characters, in proportion to the text that it is for."""

    __slots__ = ("left", "spent")

    _FIXED = 50_000
    _EACH = 400

    def __init__(self, size: int) -> None:
        self.left = self._FIXED + self._EACH * size
        self.spent = 0

    def spend(self, characters: int) -> None:
        """Take ``characters`` from what is left; raises ``ExhaustedError`` when there is not enough."""
        self.spent += characters
        self.left -= characters
        if self.left < 0:
            raise ExhaustedError
