"""Values that the key in front of them gives away: ``key=value``, ``key: value``, JSON, XML, options, prose.

The keys are those of the policy's vocabulary, the very one that the analyser reads names with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from logguard.core.finding import Confidence
from logguard.core.kinds import kinds
from logguard.core.names import Meaning, Vocabulary, words
from logguard.detect.budget import Budget
from logguard.detect.span import Detection
from logguard.detect.values import Extent, Place, place
from logguard.detect.worth import WORDS, Pair, is_value, masked, tables

_SEPARATOR = re.compile(
    r"(?:\s|\\n){0,4}(?:[!=]={1,2}|=>|->|→|[:?.]{0,3}=|::?(?!//|\d\d:)|%3[DdAa]|&#61;|&#x3[dD];)"  # key = value
    r"|[\"']\s{0,4},?\s{0,4}[\"']?[Vv]alue[\"']?\s{0,4}[:=]"  # name: "key", value: "value"
    r"|[\"']\]?\s{0,4},(?=\s{0,4}[\"'`])"  # "key", "value"
    r"|(?<=[\w])>"  # <key>value
    r"|\s(?=[\"'`])"  # key "value"
    r"|[ \t](?:is|was|are)(?:(?=[ \t])|[ \t]?:)"  # the key is value
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
_RESOURCE = re.compile(r"\barn:\S{0,120}:\Z")
"""An address of AWS's, which names a secret and isn't one."""
_PAIR = re.compile(r"\\{0,7}[\"']\s{0,4}[:=]")
_INNER = re.compile(
    r"(?P<key>[\w.-]{1,80})[\"']\s{0,4}:\s{0,4}(?:b?(?P<quote>[\"']))(?P<value>[^\"'\n]{1,512})(?P=quote)"
)
_BRACE_IN_VALUE = re.compile(r"\{[\w!@#$%^&*+-]{3,}(?=[\s,;&]|\Z)")
_BRACE = re.compile(r"[{}]")
_QUOTES = ('"', "'", "`")
_LONGEST_KEY = 128
_LONGEST_ELEMENT = 4_096
_MOST_KNOWN = 20_000
_LONGEST_WORD = 40
"""Characters of a word in front of a blank that is remembered as no key."""


class Keyed:
    """Finds what stands behind sensitive keys."""

    name = "key"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[str, Meaning | None] = {}
        self._dull: set[str] = set()
        """Words behind which no value stands without a mark: most blanks of a text are behind one of them."""

    def meaning(self, name: str) -> Meaning | None:
        """What stands under a key: by the vocabulary, else by a word that is strong enough wherever it stands."""
        if name not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[name] = self._vocabulary.label(name) or self._strong(name)
        return self._known[name]

    def holds(self, value: str, found: Meaning) -> bool:
        """Whether a value under a key is what the key says, and neither a mask nor a word such as ``none``."""
        if found.declared:
            return bool(value.strip()) and not masked(value)
        return is_value(value, Pair(found, found.phrase), quoted=True)

    def phrases(self) -> list[str]:
        """Return phrases of which every sensitive key has one; words are joined by blanks."""
        table = tables()
        strong = [*table.strong, *table.random, "credential", *table.glued]
        return sorted({*self._vocabulary.sensitive(table.never), *strong})

    def tail(self) -> frozenset[str]:
        """Return the words behind a key that leave it what it was."""
        return self._vocabulary.tail

    def extent(self, kind: str) -> Extent:
        """How far a bare value of a kind goes."""
        return tables().extents.get(kind, "token")

    def numeric(self, kind: str) -> bool:
        """Whether numbers can be of a kind."""
        return kind in self._vocabulary.numeric_kinds

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield the values behind sensitive keys; raises ``ExhaustedError``."""
        budget.spend(len(text))
        done = 0
        for separator in _SEPARATOR.finditer(text):
            if separator.start() < done:
                continue
            budget.spend(_LONGEST_KEY)
            if separator[0].isspace() and _word_before(text, separator.start()) in self._dull:
                continue
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
        name, opening, mark = key["name"][::-1], (key["front"] or "")[::-1], separator[0].strip()
        last = name.rpartition(" ")[2]
        if last.startswith("-"):
            name, opening = last.lstrip("-"), "--"
        if name in kinds():
            return  # a marker of ours
        before = front[: len(front) - key.end()]
        if mark == ":" and (before.endswith("/") or _RESOURCE.search(before) or last in tables().verdicts):
            return  # the path or address of something, and what is said of it
        option = opening.startswith("-")
        if mark == ">" and (opening != "<" or " " in name):
            return
        if mark == "" and not option and not self._named(name, front):
            if key.start("name") == 0:  # else the word before a quote or a blank was asked
                self._remember_dull(_word_before(text, separator.start()))
            return
        found = self.meaning(name)
        if found is None:
            return
        if mark.endswith(",") and front[: len(front) - key.end()].rstrip()[-1:] == ":":
            return  # the value of one pair, and the key of the next
        at = self._start(text, separator, mark, option or "." in name)
        if at is None:
            return
        outer = opening if opening in _QUOTES and not front[::-1].startswith(opening) else ""
        yield from self._value(text, at, Pair(found, name, mark, option), outer, budget)

    def _remember_dull(self, word: str) -> None:
        if len(self._dull) > _MOST_KNOWN:
            self._dull.clear()
        if word:
            self._dull.add(word)

    def _start(self, text: str, separator: re.Match[str], mark: str, options: bool) -> int | None:
        """Return where the value begins; ``None`` where the next line is the next key."""
        behind = _BLANKS.match(text, separator.end())
        at = behind.end() if behind is not None else separator.end()
        if mark not in (">", "=") and "\n" in text[separator.start() : at] and text[at : at + 1] not in ('"', "'"):
            return None
        option = _OPTION.match(text, at) if options or mark.endswith(",") else None
        return option.end() if option is not None else at

    def _value(self, text: str, at: int, pair: Pair, outer: str, budget: Budget) -> Iterator[Detection]:
        if text.startswith("{", at) and not text.startswith("{{", at) and not _BRACE_IN_VALUE.match(text, at):
            yield from self._inside(text, at, pair.found, budget)
            return
        value = _element(text, at) if pair.mark == ">" else place(text, at, self._extent(pair), strict=pair.loose)
        budget.spend(value.end - at if value is not None else _LONGEST_KEY)
        if value is None or (pair.mark.endswith(",") and _PAIR.match(text, value.end)):
            return
        if outer and not value.quoted:
            closing = text.find(outer, value.start, value.end)
            value = Place(value.start, closing, False) if closing > value.start else value
        if pair.found.kind == "credential.authorization":
            value = _without_scheme(text, value)
        if value is not None and is_value(text[value.start : value.end], pair, value.quoted):
            yield Detection(value.start, value.end, pair.found.kind, self.name, pair.found.confidence)

    def _extent(self, pair: Pair) -> Extent:
        extent = self.extent(pair.found.kind)
        certain = not (pair.loose or pair.option or pair.mark == ">" or pair.mark in WORDS or pair.mark.endswith(","))
        return extent if certain or extent not in ("words", "clauses") else "token"

    def _named(self, name: str, front: str) -> bool:
        """Whether a key is one behind which a value may stand without a mark; ``pass`` is a verb."""
        if not front[-1:].isalnum() or words(name)[-1:] in (("pass",), ("pw",)):
            return False
        found = self.meaning(name.rpartition(" ")[2])
        return found is not None and (found.kind.startswith("credential.") or found.numeric)

    def _inside(self, text: str, at: int, outer: Meaning, budget: Budget) -> Iterator[Detection]:
        """The texts in a mapping under a sensitive key, whatever their own keys say.

        To the next brace, be it one that opens another mapping: that one has a key of its own.
        """
        brace = _BRACE.search(text, at + 1, at + _LONGEST_ELEMENT)
        end = brace.start() if brace is not None else min(len(text), at + _LONGEST_ELEMENT)
        budget.spend(end - at)
        for match in _INNER.finditer(text, at, end):
            if words(match["key"])[-1:] and words(match["key"])[-1] not in tables().ends:
                yield Detection(*match.span("value"), outer.kind, self.name, outer.confidence)

    def _strong(self, name: str) -> Meaning | None:
        table = tables()
        found = words(name.rpartition(" ")[2])
        while found and (found[-1].isdigit() or len(found[-1]) == 1):
            found = found[:-1]
        if len(found) > 1 and found[-1] in table.random and not self._vocabulary.harmless(name):
            return Meaning("credential.generic", Confidence.LOW, name, False, False)
        if not found or found[-1] in table.ends:
            return None
        joined = "".join(found)
        if any(word in table.strong or word.endswith(("password", "credential")) for word in found) or any(
            phrase.replace(" ", "") in joined for phrase in table.glued
        ):
            return Meaning("credential.generic", Confidence.MEDIUM, name, False, False)
        return None


def _word_before(text: str, at: int) -> str:
    """Return what stands between the blank before ``at`` and ``at``; nothing where that is long."""
    _, blank, word = text[max(0, at - _LONGEST_WORD) : at].rpartition(" ")
    return word if blank or at < _LONGEST_WORD else ""


def _element(text: str, at: int) -> Place | None:
    end = text.find("<", at, at + _LONGEST_ELEMENT)
    value = text[at:end] if end >= 0 else ""
    return Place(at, at + len(value.rstrip()), True) if value.strip() else None


def _without_scheme(text: str, value: Place) -> Place | None:
    """Leave out ``Bearer`` and its like; what then stands for a value is none."""
    scheme = _SCHEME.match(text, value.start, value.end)
    if scheme is None:
        return value
    if text[scheme.end()] == "{" or place(text, scheme.end(), "line") is None:
        return None
    return Place(scheme.end(), value.end, value.quoted)
