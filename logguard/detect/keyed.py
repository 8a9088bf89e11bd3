"""Values that the key in front of them gives away: ``key=value``, ``key: value``, JSON, XML, options, prose.

The keys are those of the policy's vocabulary, the very one that the analyser reads names with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from logguard.core.finding import Confidence
from logguard.core.kinds import kinds
from logguard.core.names import Meaning, Vocabulary, words
from logguard.core.tables import parse
from logguard.detect.budget import Budget
from logguard.detect.checks import looks_random, plausible, stands_for_one
from logguard.detect.span import Detection
from logguard.detect.values import Extent, Place, place

_SEPARATOR = re.compile(
    r"(?:\s|\\n){0,4}(?:[!=]={1,2}|=>|[:?.]{0,3}=|::?(?!//|\d\d:)|%3[DdAa]|&#61;|&#x3[dD];)"  # key = value, key: value
    r"|[\"']\s{0,4},?\s{0,4}[\"']?[Vv]alue[\"']?\s{0,4}[:=]"  # name: "key", value: "value"
    r"|[\"']\]?\s{0,4},(?=\s{0,4}[\"'`])"  # "key", "value"
    r"|(?<=[\w])>"  # <key>value
    r"|\s(?=[\"'`])"  # key "value"
    r"|[ \t](?:is|was|are)(?=[ \t])"  # the key is value
    r"|(?<=[A-Za-z\d])[ \t]{1,3}(?=[\w+/.~-]{2})"  # --key value
)
_KEY = re.compile(
    # A key, backwards: closing quotes and brackets, the name, words in front of it, an opening quote, `--` or `<`.
    r"(?:[\s>\"'`)\\]|;touq&|72%|22%|\]\d{0,6}\[){0,6}"
    r"(?P<name>[\w.$-]{1,80}(?: [\w-]{1,30}){0,4})(?P<front>[\"'`<]|--?)?"
)
_BLANKS = re.compile(r"(?:\s|\\n|%20){0,80}")
_REVERSED = re.compile(
    r"(?P<quote>[\"'`])(?P<value>[^\"'`\n]{1,512})(?P=quote)\s{0,4}[!=]={1,2}\s{0,4}(?P<key>[\w.]{1,80})", re.ASCII
)
_SCHEME = re.compile(
    r"(?i)(?:bearer|basic|token|digest|negotiate|apikey|api-key|ntlm|hmac|aws4-hmac-sha256|key)[ \t]+(?=\S)"
)
_OPTION = re.compile(r"[\"']?--?[A-Za-z][\w-]*[\"']?[\s,]+")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?\Z")
_LONGEST_KEY = 128
_INNER = re.compile(
    r"(?P<key>[\w.-]{1,80})[\"']\s{0,4}:\s{0,4}(?:b?(?P<quote>[\"']))(?P<value>[^\"'\n]{1,512})(?P=quote)"
)
_LINE = re.compile(r"[\r\n]")
_SURE = frozenset({"credential.password", "credential.passphrase"})


class _Tables(NamedTuple):
    extents: dict[str, Extent]
    never: frozenset[str]
    harmless: frozenset[str]
    prose: frozenset[str]
    strong: frozenset[str]
    glued: tuple[str, ...]
    phrases: tuple[str, ...]
    ends: frozenset[str]
    random: frozenset[str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    table: dict[str, Any] = parse((Path(__file__).parent / "keyed.toml").read_text(encoding="utf-8"))
    extents: dict[str, Extent] = {kind: extent for extent, names in table["extent"].items() for kind in names}
    return _Tables(
        extents,
        frozenset(table["low"]["never"]),
        frozenset(table["harmless"]["words"]),
        frozenset(table["harmless"]["prose"]),
        frozenset(table["strong"]["words"]),
        tuple(phrase.replace(" ", "") for phrase in table["strong"]["glued"]),
        tuple(table["strong"]["glued"]),
        frozenset(table["strong"]["not"]),
        frozenset(table["random"]["words"]),
    )


class Keyed:
    """Finds what stands behind sensitive keys."""

    name = "key"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._tables = _tables()
        self._known: dict[str, Meaning | None] = {}

    def meaning(self, name: str) -> Meaning | None:
        """What stands under a key: by the vocabulary, else by a word that is strong enough wherever it stands."""
        if name not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[name] = self._vocabulary.label(name) or self._strong(name)
        return self._known[name]

    def phrases(self) -> list[str]:
        """Return phrases of which every sensitive key has one; words are joined by blanks."""
        strong = [*self._tables.strong, *self._tables.random, "credential", *self._tables.phrases, "secrete"]
        return sorted({*self._vocabulary.sensitive(self._tables.never), *strong})

    def tail(self) -> frozenset[str]:
        """Return the words behind a key that leave it what it was."""
        return self._vocabulary.tail

    def numeric(self, kind: str) -> bool:
        """Whether numbers can be of a kind."""
        return kind in self._vocabulary.numeric_kinds

    def holds(self, value: str, found: Meaning) -> bool:
        """Whether a value under a key is what the key says, and neither a mask nor a word such as ``none``."""
        if found.declared:
            return bool(value.strip()) and not _masked(value)
        return self._is_value(value, found, "=", True, "")

    def extent(self, kind: str) -> Extent:
        """How far a bare value of a kind goes."""
        return self._tables.extents.get(kind, "token")

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the values behind sensitive keys; raises ``ExhaustedError``."""
        budget.spend(len(text))
        done = 0
        for separator in _SEPARATOR.finditer(text):
            if separator.start() < done:
                continue
            budget.spend(_LONGEST_KEY)
            for one in self._behind(text, separator, budget):
                yield one
                done = max(done, one.end)
        for match in _REVERSED.finditer(text):
            found = self.meaning(match["key"])
            if found is not None and found.confidence > Confidence.LOW:
                yield Detection(*match.span("value"), found.kind, self.name, found.confidence)

    def _behind(self, text: str, separator: re.Match[str], budget: Budget) -> Iterator[Detection]:
        front = text[max(0, separator.start() - _LONGEST_KEY) : separator.start()]
        if separator[0].lstrip()[:1] in ('"', "'"):
            front += separator[0].lstrip()[0]
        key = _KEY.match(front[::-1])
        if key is None:
            return
        name, opening = key["name"][::-1], (key["front"] or "")[::-1]
        option_name = name.rpartition(" ")[2]
        if option_name.startswith("-"):
            name, opening = option_name.lstrip("-"), "--"
        mark = separator[0].strip()
        if name in kinds():
            return  # a marker of ours
        if (mark == ">" and (opening != "<" or " " in name)) or (
            mark == "" and not opening.startswith("-") and not self._worth_a_blank(name, front)
        ):
            return
        found = self.meaning(name)
        if found is None:
            return
        behind = _BLANKS.match(text, separator.end())
        at = behind.end() if behind is not None else separator.end()
        if mark not in (">", "=") and "\n" in text[separator.start() : at] and text[at : at + 1] not in ('"', "'"):
            return  # the next line of YAML is the next key
        option = _OPTION.match(text, at) if mark.endswith(",") or opening.startswith("-") or "." in name else None
        at = option.end() if option is not None else at
        budget.spend(64)
        outer = opening if opening in ('"', "'", "`") and not front[::-1].startswith(opening) else ""
        yield from self._value(text, at, found, mark, opening, outer)

    def _value(self, text: str, at: int, found: Meaning, mark: str, opening: str, outer: str) -> Iterator[Detection]:
        if text.startswith("{", at) and not text.startswith("{{", at):
            yield from self._inside(text, at, found)
            return
        extent = self.extent(found.kind)
        if extent == "words" and (
            mark in ("is", "was", "are", ">", "") or mark.endswith(",") or opening.startswith("-")
        ):
            extent = "token"
        value = self._xml(text, at) if mark == ">" else place(text, at, extent, strict=mark in ("", "is", "was", "are"))
        if value is None:
            return
        if outer and not value.quoted:
            closing = text.find(outer, value.start, value.end)
            value = Place(value.start, closing, False) if closing > value.start else value
        if found.kind == "credential.authorization":
            scheme = _SCHEME.match(text, value.start, value.end)
            if scheme is not None:
                inner = place(text, scheme.end(), "line")
                stands = inner is None or text[scheme.end()] == "{"
                value = None if stands else Place(scheme.end(), value.end, value.quoted)
        if value is None:
            return
        if self._is_value(text[value.start : value.end], found, mark, value.quoted, opening):
            yield Detection(value.start, value.end, found.kind, self.name, found.confidence)

    def _worth_a_blank(self, name: str, front: str) -> bool:
        if not front[-1:].isalnum():
            return False
        found = self.meaning(name.rpartition(" ")[2])
        return found is not None and (found.kind.startswith("credential.") or found.numeric)

    def _xml(self, text: str, at: int) -> Place | None:
        end = text.find("<", at, at + 4_096)
        value = text[at:end] if end >= 0 else ""
        return Place(at, at + len(value.rstrip()), True) if value.strip() else None

    def _inside(self, text: str, at: int, outer: Meaning) -> Iterator[Detection]:
        """The texts in a mapping under a sensitive key, whatever their own keys say."""
        end = text.find("}", at, at + 4_096)
        for match in _INNER.finditer(text, at, end if end >= 0 else min(len(text), at + 4_096)):
            if words(match["key"])[-1:] and words(match["key"])[-1] not in self._tables.ends:
                yield Detection(*match.span("value"), outer.kind, self.name, outer.confidence)

    def _is_value(self, value: str, found: Meaning, mark: str, quoted: bool, opening: str) -> bool:
        first = value.split(maxsplit=1)[0].strip("\"'`.,;:!)]}").lower() if value.split() else ""
        account = found.kind.startswith("credential.")
        if len(value) < (3 if account else 2) or _masked(value):
            return False
        option = opening.startswith("-")
        if (
            not quoted
            and not option
            and (first in self._tables.harmless or (mark != "=" and first in self._tables.prose))
        ):
            return False
        if quoted and value.strip().lower() in self._tables.harmless and value not in ("token", "secret", "password"):
            return False
        if mark in ("is", "was", "are", "") and not quoted and not opening.startswith("-"):
            if found.numeric and not account:
                return plausible(found.kind, value)
            return _mixture(value) and (mark != "" or looks_random(value) or (found.kind in _SURE and len(value) > 5))
        if found.kind == "personal.email" and not found.declared and "@" not in value and "%40" not in value:
            return False
        if found.confidence == Confidence.LOW and not found.declared:
            return found.kind not in self._tables.never and looks_random(value)
        if _NUMBER.match(value) and not found.numeric:
            return account and len(value) >= (3 if found.kind in _SURE else 6)
        return not (account and stands_for_one(value, found.kind in _SURE))

    def _strong(self, name: str) -> Meaning | None:
        found = words(name.rpartition(" ")[2])
        while found and (found[-1].isdigit() or len(found[-1]) == 1):
            found = found[:-1]
        if len(found) > 1 and found[-1] in self._tables.random and not self._vocabulary.harmless(name):
            return Meaning("credential.generic", Confidence.LOW, name, False, False)
        if not found or found[-1] in self._tables.ends:
            return None
        joined = "".join(found)
        if (
            any(word in self._tables.strong or word.endswith(("password", "credential")) for word in found)
            or any(phrase in joined for phrase in self._tables.glued)
            or found[-1] in ("secrete", "secretes")
        ):
            return Meaning("credential.generic", Confidence.MEDIUM, name, False, False)
        return None


_MASK = re.compile(
    r"[*•xX.#-]{3,}|<[^>]{1,60}>|\[(?:REDACTED|FILTERED|MASKED|HIDDEN|[A-Z_]+_\d+|PASSWORD|TOKEN|SECRET)\]|\(?(?:redacted|filtered|masked|hidden)\)?|\.\.\."
)


def _masked(value: str) -> bool:
    return _MASK.fullmatch(value.strip()) is not None


def _mixture(value: str) -> bool:
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
