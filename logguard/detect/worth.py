"""Whether what stands behind a sensitive key is a value, or a mask, a word of a sentence, a placeholder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from logguard.core.finding import Confidence
from logguard.core.names import Meaning, words
from logguard.core.tables import beside
from logguard.detect.checks import looks_random, mixed, plausible, stands_for_one
from logguard.detect.values import Extent

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")
_MASK = re.compile(
    r"[*•xX.#-]{3,}|<[^>]{1,60}>|\(?(?:redacted|filtered|masked|hidden)\)?|\.\.\."
    r"|\[(?:REDACTED|FILTERED|MASKED|HIDDEN|[A-Z_]+_\d+|PASSWORD|TOKEN|SECRET)\]"
)
_COMPARED = frozenset({"==", "!=", "===", "!=="})
_SHORTEST_HEADER = 6
_SURE = frozenset({"credential.password", "credential.passphrase"})
"""Kinds of which people choose the values: they may be short, and words."""
WORDS = frozenset({"is", "was", "are"})
"""Marks that are words: ``the key is value``."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The table ``keyed.toml``."""

    extents: dict[str, Extent]
    never: frozenset[str]
    harmless: frozenset[str]
    verdicts: frozenset[str]
    prose: frozenset[str]
    strong: frozenset[str]
    glued: tuple[str, ...]
    ends: frozenset[str]
    random: frozenset[str]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """Return the table, read."""
    table: dict[str, Any] = beside(__file__, "keyed.toml")
    return Tables(
        extents={kind: extent for extent, kinds in table["extent"].items() for kind in kinds},
        never=frozenset(table["low"]["never"]),
        harmless=frozenset(table["harmless"]["words"]),
        verdicts=frozenset(table["harmless"]["verdicts"]),
        prose=frozenset(table["harmless"]["prose"]),
        strong=frozenset(table["strong"]["words"]),
        glued=tuple(table["strong"]["glued"]),
        ends=frozenset(table["strong"]["not"]),
        random=frozenset(table["random"]["words"]),
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with how its value follows."""

    found: Meaning
    """What the key says."""
    name: str
    """The key."""
    mark: str = "="
    """What stands between key and value, without blanks: ``=``, ``:``, ``is``, …; empty for blanks alone."""
    option: bool = False
    """Whether the key is an option of a command line."""

    @property
    def account(self) -> bool:
        """Whether the value is a credential."""
        return self.found.kind.startswith("credential.")

    @property
    def loose(self) -> bool:
        """Whether it isn't certain that a value follows at all."""
        return (self.mark == "" or self.mark in WORDS) and not self.option


def is_value(value: str, pair: Pair, quoted: bool) -> bool:
    """Whether a text behind a key is what the key says."""
    found = pair.found
    if len(value) < (3 if pair.account else 2) or masked(value):
        return False
    if pair.mark in _COMPARED and not (quoted and pair.account):
        return False  # the source of a program
    if not (_is_quoted_value(value) if quoted else _is_bare_value(value, pair)):
        return False
    if found.kind == "personal.email" and not found.declared and "@" not in value and "%40" not in value:
        return False
    if found.kind == "credential.authorization" and len(value) < _SHORTEST_HEADER:
        return False
    if found.confidence == Confidence.LOW and not found.declared:
        return found.kind not in tables().never and looks_random(value)
    if _NUMBER.match(value) and not found.numeric:
        return len(value) >= (3 if found.kind in _SURE else 6)
    return not (pair.account and stands_for_one(value, found.kind in _SURE))


def masked(value: str) -> bool:
    """Whether a value is a mask, ours or another's."""
    return _MASK.fullmatch(value.strip()) is not None


def _is_quoted_value(value: str) -> bool:
    return value.strip().lower() not in tables().harmless or value in ("token", "secret", "password")


def _is_bare_value(value: str, pair: Pair) -> bool:
    first = value.split(maxsplit=1)[0].strip("\"'`.,;:!)]}").lower()
    if pair.option:
        if value.isupper() and value.strip("[]").lower() in words(pair.name):
            return False  # ``--password PASSWORD`` in a usage message
        return first not in tables().prose and first not in ("option", "options")
    if first in tables().harmless or (pair.mark != "=" and first in tables().prose):
        return False
    if pair.loose:
        if pair.found.numeric and not pair.account:
            return plausible(pair.found.kind, value)
        sure = pair.mark != "" or (pair.found.kind in _SURE and len(value) > 5)
        return mixed(value) and (sure or looks_random(value))
    return not (_plural(pair) and pair.mark != "=" and not looks_random(value))


def _plural(pair: Pair) -> bool:
    """Whether a key names several values, as a logger or a counter does: ``api.tokens``."""
    last = words(pair.name)[-1:]
    return bool(last) and last[0].endswith("s") and not pair.found.phrase.endswith("s")
