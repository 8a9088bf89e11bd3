"""What the name of a function says of what it does and returns: the table ``verbs.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from logguard.core.finding import Confidence
from logguard.core.names import Meaning, Vocabulary, words
from logguard.core.tables import beside


@dataclass(frozen=True, slots=True)
class Verbs:
    """Words in names of functions, by what they say."""

    words: dict[str, frozenset[str]]

    def result(self, vocabulary: Vocabulary, name: str, noun: bool = False) -> Meaning | None:
        """What a function of this name returns, judged by its name alone: ``get_password``.

        ``noun`` says that a word alone may be one, as that of a method: ``message.recipients()``.
        """
        found = [word for word in words(name) if word not in self.words["ignored"]]
        verbs = self.words["get"]
        has_verb = bool(found) and found[0] in verbs
        while found and found[0] in verbs:
            found.pop(0)
        end = next((i for i, word in enumerate(found) if word in self.words["before"]), len(found))
        meaning = vocabulary.phrase(tuple(found[:end]))
        if meaning is None or (not has_verb and end < 2 and not noun):
            return None
        level = Confidence.LOW if not has_verb else min(meaning.confidence, Confidence.MEDIUM)
        return Meaning(meaning.kind, level, meaning.phrase, meaning.numeric, meaning.declared)

    def makes(self, name: str) -> bool:
        """Whether a class method of this name makes an object of its class: ``Account.model_validate``."""
        return self._begins(words(name), "make")

    def cleans(self, name: str) -> bool:
        """Whether a function of this name returns nothing of its arguments' value: ``redact_token``, ``is_valid``."""
        found = tuple(word for word in words(name) if word not in self.words["ignored"]) or words(name)
        return self._begins(found, "clean") or self._ends(found, "clean-ends")

    def made_for_logs(self, name: str) -> bool:
        """Whether a function of this name makes what is logged, which may be less: ``parse_url_for_logging``."""
        found = words(name)
        return len(found) > 2 and found[-2] == "for" and self._ends(found, "clean-for")

    def redacts(self, name: str) -> bool:
        """Whether a function of this name takes something out of a text."""
        return self._begins(words(name), "redacts") or self.cleans(name)

    def checks(self, name: str) -> bool:
        """Whether a function of this name returns a verdict on its argument, or the argument: ``validate_token``."""
        return self._begins(words(name), "check")

    def converts(self, name: str) -> bool:
        """Whether a function of this name returns its argument in another form: ``to_unicode``."""
        found = words(name)
        behind = found[1:] if len(found) > 1 and found[0] in self.words["formats"] else found  # `json_encode`
        return self._begins(behind, "convert") or self._ends(found, "convert-ends")

    def builds(self, name: str) -> bool:
        """Whether a function of this name returns a text or message made of its arguments: ``prepare_request_body``."""
        found = words(name)
        return len(found) > 1 and self._begins(found, "build") and self._ends(found, "built")

    def looks_up(self, name: str) -> bool:
        """Whether a function of this name returns what its constant argument names: ``config.get("key")``."""
        found = tuple(word for word in words(name) if word not in ("async", "aio"))
        return self._begins(found, "lookup") or self._ends(found, "lookup")

    def looks_up_alone(self, name: str) -> bool:
        """Whether a function of this name looks up what its key names, and not a label or a count of it."""
        known = self.words["lookup"] | self.words["looked-up"]
        return bool(words(name)) and all(word in known for word in words(name))

    def signs_in(self, text: str, address: bool = False) -> bool:
        """Whether words of a function's name or an address say that credentials are handed out there."""
        found = words(text)
        if any(word in self.words["login"] for word in found) or ("sign", "in") in pairwise(found):
            return True
        return address and any(word in self.words["address"] for word in found)

    def is_login(self, name: str) -> bool:
        """Whether a function of this name signs in and does nothing else with it: ``_do_login``."""
        return self._ends(words(name), "login")

    def without(self, *roles: str) -> Verbs:
        """Return the same where no name says one of these roles."""
        return Verbs({role: frozenset() if role in roles else found for role, found in self.words.items()})

    def _begins(self, found: tuple[str, ...], role: str) -> bool:
        return bool(found) and found[0] in self.words[role]

    def _ends(self, found: tuple[str, ...], role: str) -> bool:
        return bool(found) and found[-1] in self.words[role]


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """Return the table, read."""
    return Verbs({role: frozenset(names) for role, names in beside(__file__, "verbs.toml").items()})
