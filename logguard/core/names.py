"""Vocabulary: match names against phrases, by words and word order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from logguard.core.finding import Confidence
from logguard.core.kinds import is_guessable
from logguard.core.policy import Policy
from logguard.core.tables import shipped

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
_LONGEST_NAME = 80
_SHORTEST_GLUED = 5
"""Letters of a phrase that may stand at the end of a longer word: ``dbpassword``."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name says about the value that it holds."""

    kind: str
    """The kind of the value; empty for a phrase that only looks sensitive."""
    confidence: Confidence
    """How surely it says so."""
    phrase: str
    """The phrase that matched, words joined by blanks."""
    numeric: bool
    """Whether an int or a float may hold the value."""
    declared: bool
    """Whether the policy says so, not the shipped table."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: str
    confidence: Confidence
    phrase: str
    numeric: bool = False
    plural: Confidence | None = None
    glued: bool = False
    declared: bool = False


@lru_cache(maxsize=1 << 16)
def words(name: str) -> tuple[str, ...]:
    """Split a name into its lower-case words: ``"x-APIKey_2"`` gives ``("x", "api", "key", "2")``."""
    return tuple(word.lower() for word in _WORD.findall(name[:_LONGEST_NAME]))


class Vocabulary:
    """The shipped phrases and those of one policy; answers are remembered per name."""

    def __init__(self, policy: Policy, table: dict[str, Any] | None = None) -> None:
        """``table`` stands in for the shipped one, ``names.toml``."""
        table = shipped("catalog/names.toml") if table is None else table
        self._phrases = _phrases(table, policy)
        self._glued = frozenset(k for k, p in self._phrases.items() if p.glued)
        self._longest = max((len(p.phrase.split()) for p in self._phrases.values()), default=0)
        self.tail = frozenset(table["tail"]["words"])
        self._lead = frozenset(table["lead"]["words"])
        self._absent = table["absent"]
        self._constant_lead = frozenset(table["constant-lead"]["words"])
        self._other = frozenset(table["other"]["words"])
        self._places = frozenset(table["different"]["places"])
        self._different = frozenset(table["different"]["words"])
        self._denials = frozenset(table["other"]["denials"])
        self._cleaned = frozenset(table["cleaned"]["words"])
        self._cleans = frozenset(table["cleans"]["words"])
        self._hashes = frozenset(table["hash"]["words"])
        self._contexts = [
            (frozenset(row["phrases"]), frozenset(row["about"]), frozenset(row.get("unless", ())))
            for row in table["context"]
        ]
        self._topics = [
            (frozenset(row["phrases"]), frozenset(row["about"]), Confidence.of(row["confidence"]))
            for row in table["topic"]
        ]
        self.numeric_kinds = frozenset(p.kind for p in self._phrases.values() if p.numeric)
        self._known: dict[str, Meaning | None] = {}

    @classmethod
    def silent(cls) -> Vocabulary:
        """Return a vocabulary in which no name says anything."""
        return cls(Policy(), _emptied(shipped("catalog/names.toml")))

    def value(self, name: str) -> Meaning | None:
        """What a variable, attribute or key of this name holds; ``None`` if nothing sensitive."""
        if name not in self._known:
            self._known[name] = self._value(words(name), upper=name.isupper())
        return self._known[name]

    def label(self, text: str) -> Meaning | None:
        """What stands behind a text such as ``invalid API token:``; words in front of the name are talk."""
        parts = text.split(" ")
        while len(parts) > 1 and set(words(parts[0])) <= self._lead:
            parts = parts[1:]
        return self._value(words(" ".join(parts)), upper=False)

    def harmless(self, name: str) -> bool:
        """Whether a phrase at the end of a name says that it only looks sensitive: ``primary_key``."""
        found = words(name)
        hit = self._longest_ending(found, len(found)) if found else None
        return hit is not None and not hit[1].kind

    def hashed(self, name: str) -> bool:
        """Whether a name says that its value is a hash, and not that of a password."""
        found = words(name)
        return len(found) > 1 and found[-1] in self._hashes and self.value(name) is None

    def otherwise(self, name: str) -> bool:
        """Whether a name says that its value is something else than a credential: its id, its name, where it is."""
        found = words(name)
        return bool(found) and found[-1] in self._different and self._strongly(name) is None

    def elsewhere(self, name: str) -> bool:
        """Whether a name says that its value is where something is, not a person: ``id_server``, ``base_url``."""
        found = words(name)
        return bool(found) and found[-1] in self._places

    def _strongly(self, name: str) -> Meaning | None:
        meaning = self.value(name)
        return meaning if meaning is not None and meaning.confidence > Confidence.LOW else None

    def sensitive(self, never: frozenset[str] = frozenset()) -> list[str]:
        """Return the phrases of sensitive names, without those of low confidence for kinds in ``never``."""
        return sorted(
            {
                p.phrase
                for p in self._phrases.values()
                if p.kind and (p.declared or p.confidence > Confidence.LOW or p.kind not in never)
            }
        )

    def phrase(self, found: tuple[str, ...]) -> Meaning | None:
        """What a value is that these words name."""
        return self._value(found, upper=False) if found else None

    def key(self, name: str) -> Meaning | None:
        """What stands under a key that is held in a constant of this name: ``CONF_PASSWORD``."""
        found = words(name)
        while found and found[0] in self._constant_lead and len(found) > 1:
            found = found[1:]
        return self._value(found, upper=False)

    def agrees(self, name: str, text: str, meaning: Meaning) -> bool:
        """Whether a value's own name leaves room for what the text in front of it says that it is."""
        if set(words(text)) & self._denials:
            return False
        found = words(name)
        if found and meaning.phrase.replace(" ", "").endswith(found[-1]):
            return True
        return bool(found) and found[-1] not in self._other and found[0] not in self._lead

    def says_cleaned(self, name: str) -> bool:
        """Whether a variable's name says that what it holds was made harmless: ``masked_url``, ``hashed_token``."""
        found = words(name)
        return bool(found) and (found[0] in self._cleaned or found[-1] in self._cleaned)

    def about(self, meaning: Meaning, topics: frozenset[str]) -> Meaning:
        """Weigh a meaning by what the module is about (words of its path and imports)."""
        for phrases, about, unless in self._contexts:
            if meaning.phrase in phrases and about & topics and not unless & topics and not meaning.declared:
                return Meaning(meaning.kind, Confidence.LOW, meaning.phrase, meaning.numeric, False)
        for phrases, about, level in self._topics:
            if meaning.phrase in phrases and about & topics and not meaning.declared:
                return Meaning(meaning.kind, max(level, meaning.confidence), meaning.phrase, meaning.numeric, False)
        return meaning

    def _value(self, found: tuple[str, ...], upper: bool) -> Meaning | None:
        end = len(found)
        while end > 0:
            hit = self._longest_ending(found, end)
            if hit is not None:
                return self._weigh(found, hit, end, upper)
            if found[end - 1] not in self.tail and not found[end - 1].isdigit():
                return None
            end -= 1
        return None

    def _weigh(self, found: tuple[str, ...], hit: tuple[int, _Phrase, bool], end: int, upper: bool) -> Meaning | None:
        start, phrase, plural = hit
        if not phrase.kind or (found[0] in self._lead and start > 0):
            return None
        if "count" in found[:start] or self._is_absent(found[:start]):
            return None
        guessed = found[0] in self._hashes and is_guessable(phrase.kind)  # a hash of a PIN tells the PIN
        if (found[0] in self._cleaned or found[0] in self._cleans) and start > 0 and not guessed:
            return None
        if upper and start > 0 and found[0] in self._constant_lead:
            return None  # CONF_PASSWORD is the name of a key
        confidence = phrase.confidence
        if plural and phrase.plural is not None:
            confidence = min(confidence, phrase.plural)
        if self._hashes & set(found[end:]) and not is_guessable(phrase.kind):
            return None
        if phrase.phrase == "secret" and end < len(found):
            confidence = Confidence.LOW
        return Meaning(phrase.kind, confidence, phrase.phrase, phrase.numeric, phrase.declared)

    def _is_absent(self, front: tuple[str, ...]) -> bool:
        """Whether words in front of a phrase say that it is not in there: ``url_without_password``."""
        if not front:
            return False
        numbered = len(front) > 1 and front[-2] in self._absent["numbered"]
        return not set(self._absent["anywhere"]).isdisjoint(front) or (
            front[-1] in self._absent["before"] and not numbered
        )

    def _longest_ending(self, found: tuple[str, ...], end: int) -> tuple[int, _Phrase, bool] | None:
        for start in range(max(0, end - self._longest), end):
            joined = "".join(found[start:end])
            if joined in self._phrases:
                return start, self._phrases[joined], False
            if joined.endswith("s") and joined[:-1] in self._phrases:
                return start, self._phrases[joined[:-1]], True
        last = found[end - 1].removesuffix("s") if len(found[end - 1]) > _SHORTEST_GLUED else ""
        for start in range(1, len(last) - _SHORTEST_GLUED + 1):
            if last[start:] in self._glued:
                return end - 1, self._phrases[last[start:]], False
        return None


def _emptied(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table with the same keys and no words."""
    return {key: _emptied(one) if isinstance(one, dict) else [] for key, one in table.items()}


def _phrases(table: dict[str, Any], policy: Policy) -> dict[str, _Phrase]:
    """Return every phrase by its words run together; the policy's own win over the shipped ones."""
    made: dict[str, _Phrase] = {}

    def add(names: Iterable[str], **facts: Any) -> None:
        for name in names:
            split = words(name)
            known = made.get("".join(split))
            if known is not None and known.kind == facts["kind"] and len(known.phrase.split()) > len(split):
                split = tuple(known.phrase.split())  # "fullname" is "full name"
            made["".join(split)] = _Phrase(phrase=" ".join(split), **facts)

    for row in table["name"]:
        plural = row.get("plural")
        add(
            row["words"],
            kind=row["kind"],
            confidence=Confidence.of(row["confidence"]),
            numeric=row.get("numeric", False),
            plural=Confidence.LOW if plural == "low" else None,
            glued=row.get("glued", False),
        )
    add(table["harmless"]["words"], kind="", confidence=Confidence.HIGH)
    for name, kind in policy.names.items():
        add([name], kind=kind, confidence=Confidence.HIGH, numeric=True, declared=True)
    add(policy.not_sensitive.names, kind="", confidence=Confidence.HIGH, declared=True)
    return made
