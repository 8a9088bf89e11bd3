"""One pass over a text that says which detectors could find anything in it: for nearly all texts, none.

A gate answers with the numbers of the patterns that occur. Patterns are in the syntax that Python's `re`, RE2 and
Rust's regex share, and mean the same in each: no look-around, no references, ASCII classes, UTF-8 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Protocol

Hits = Sequence[int]
"""Numbers of patterns, in no particular order; empty for most texts."""


_COUNT = re.compile(r"(?<=[\])a-z])\{(\d+)(,?)(\d*)\}")
_LEAST = 12
_ENDLESS = re.compile(r"(?<=[\])])([*+])|(?<=[\])a-z])\{(\d+),\}")
_MOST = 96


def loosened(pattern: str) -> str:
    """Return a pattern that matches all that ``pattern`` does and more, with few counted repetitions.

    Counted repetitions are what makes an automaton large: a hundred letters and a dozen say the same to a gate.
    """

    def loose(count: re.Match[str]) -> str:
        least, comma, most = int(count[1]), count[2], count[3]
        if least > _LEAST:
            return f"{{{_LEAST},}}"
        return f"{{{least},}}" if comma and most and int(most) > _LEAST else count[0]

    return _COUNT.sub(loose, pattern.replace("?P<v>", "?:").replace("?P<w>", "?:"))


def _bounded(pattern: str) -> str:
    """Return a pattern that a backtracking engine matches in time that is linear in the text."""

    def bound(endless: re.Match[str]) -> str:
        return f"{{{int(endless[2] or (endless[1] == '+'))},{_MOST}}}"

    return _ENDLESS.sub(bound, pattern)


class Gate(Protocol):
    """A set of patterns, compiled."""

    engine: str
    """The engine's name: ``rurex``, ``re2`` or ``re``."""

    tells: bool
    """Whether `match` returns the same as `hits`, at no more than the cost of finding any."""

    match: Callable[[bytes], object]
    """Whether any pattern occurs in UTF-8 bytes: something true or false."""

    def hits(self, text: str) -> Hits:
        """Return which patterns occur in ``text``."""
        ...


class Re2Gate:
    """google-re2's `Set`: one automaton for all patterns, linear in the text."""

    engine = "re2"
    tells = True

    def __init__(self, patterns: Sequence[str]) -> None:
        re2: Any = import_module("re2")
        options = re2.Options()
        options.encoding = re2.Options.Encoding.LATIN1  # bytes as they are: lone surrogates do no harm
        options.never_capture = True
        options.log_errors = False
        options.max_mem = 1 << 26  # bytes; automaton and cache together
        made = re2.Set.SearchSet(options)
        for pattern in patterns:
            made.Add(pattern.encode("utf-8", "surrogatepass"))
        made.Compile()
        # RE2's own method, not its wrapper: the wrapper costs a tenth of the match.
        self.match: Callable[[bytes], list[int]] = made._set.Match

    def hits(self, text: str) -> Hits:
        """Return which patterns occur in ``text``."""
        return self.match(text.encode("utf-8", "surrogatepass"))


class RustGate:
    """Rust's regex through rurex, where RE2 isn't installed."""

    engine = "rurex"
    tells = False

    def __init__(self, patterns: Sequence[str]) -> None:
        rurex: Any = import_module("rurex")
        encoded = [pattern.encode("utf-8", "surrogatepass") for pattern in patterns]
        small = [pattern for pattern in encoded if len(pattern) < _LARGE]
        self._any: Callable[[bytes], bool] = rurex.compile_set(small, rurex.ASCII).is_match if small else _never
        # Thousands of registered values leave its set no room for the others: they get an automaton of their own.
        self._large = [rurex.compile(pattern, rurex.ASCII).search for pattern in encoded if len(pattern) >= _LARGE]
        self.match = self._any if not self._large else self._any_of_both
        # Which patterns occur takes its set a millisecond; RE2's a microsecond, and one by one some forty.
        try:
            self._which: Callable[[str], Hits] = Re2Gate(patterns).hits
        except ImportError:
            each = [rurex.compile(pattern, rurex.ASCII) for pattern in encoded]
            self._which = lambda text: _one_by_one(each, text)

    def hits(self, text: str) -> Hits:
        """Return which patterns occur in ``text``."""
        return self._which(text) if self.match(text.encode("utf-8", "surrogatepass")) else ()

    def _any_of_both(self, data: bytes) -> bool:
        return self._any(data) or any(search(data) for search in self._large)


def _never(_data: bytes) -> bool:
    return False


_LARGE = 20_000
"""Characters of a pattern."""


def _one_by_one(patterns: Sequence[Any], text: str) -> Hits:
    data = text.encode("utf-8", "surrogatepass")
    return [number for number, pattern in enumerate(patterns) if pattern.search(data)]


class StdlibGate:
    """Python's `re`, where no engine is installed: right, but many times slower."""

    engine = "re"
    tells = False

    def __init__(self, patterns: Sequence[str]) -> None:
        encoded = [_bounded(pattern).encode("utf-8", "surrogatepass") for pattern in patterns]
        self._any = re.compile(b"|".join(b"(?:%s)" % pattern for pattern in encoded))
        self.match: Callable[[bytes], object] = self._any.search
        self._each = [re.compile(pattern) for pattern in encoded]

    def hits(self, text: str) -> Hits:
        """Return which patterns occur in ``text``."""
        data = text.encode("utf-8", "surrogatepass")
        if self._any.search(data) is None:
            return ()
        return _one_by_one(self._each, text)


ENGINES: tuple[type[Re2Gate] | type[RustGate] | type[StdlibGate], ...] = (Re2Gate, RustGate, StdlibGate)
"""Best first. Rust's is faster on texts that it has seen, and several times slower on those that it hasn't: its
automaton has no room for so many patterns, and is built anew (benchmarks/guard.py)."""


def make(patterns: Sequence[str], engines: Sequence[type[Any]] = ENGINES) -> Gate:
    """Compile patterns with the fastest engine that is installed and takes them."""
    loose = [loosened(pattern) for pattern in patterns]
    for engine in engines[:-1]:
        try:
            gate: Gate = engine(loose)
        except Exception:  # noqa: S112 - not installed, or too large for it: the next one is as right
            continue
        return gate
    last: Gate = engines[-1](loose)
    return last
