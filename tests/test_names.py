"""Names by words and word order: the name of a secret, its count, flag or length is not the secret."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from logguard.core.finding import Confidence
from logguard.core.names import Vocabulary, words
from logguard.core.policy import NotSensitive, Policy

VOCABULARY = Vocabulary(Policy())

VALUES = [
    ("x", None),
    ("password", "credential.password"),
    ("dbPassword", "credential.password"),
    ("userpassword", "credential.password"),
    ("new_password2", "credential.password"),
    ("X-Api-Key", "credential.api_key"),
    ("clientSecret", "credential.generic"),
    ("access_token_str", "credential.access_token"),
    ("HTTP_AUTHORIZATION", "credential.authorization"),
    ("emails", "personal.email"),
    ("password_policy", None),
    ("password_length", None),
    ("has_password", None),
    ("token_count", None),
    ("max_tokens", None),
    ("next_page_token", None),
    ("token_type", None),
    ("access_token_expires", None),
    ("api_key_id", None),
    ("public_key", None),
    ("cookie_name", None),
    ("compass", None),
    ("author", None),
    ("tokenizer", None),
    ("PIN_MODES", None),
    ("CONF_PASSWORD", None),
    ("hashed_api_key_hash", None),
]


@pytest.mark.parametrize(("name", "kind"), VALUES, ids=[name for name, _ in VALUES])
def test_value(name: str, kind: str | None) -> None:
    """What a name says about the value that it holds, from medium confidence on."""
    meaning = VOCABULARY.value(name)
    found = meaning.kind if meaning is not None and meaning.confidence > Confidence.LOW else None
    assert found == kind


def test_key_in_a_constant() -> None:
    """The name of a constant that holds a key says what stands under it."""
    meaning = VOCABULARY.key("CONF_PASSWORD")
    assert meaning is not None
    assert meaning.kind == "credential.password"


def test_policy_names_are_matched_by_words() -> None:
    """``badge_no`` in a policy also finds ``employeeBadgeNo``."""
    meaning = Vocabulary(Policy(names={"badge_no": "personal.national_id"})).value("employeeBadgeNo")
    assert meaning is not None
    assert (meaning.kind, meaning.declared) == ("personal.national_id", True)


def test_longest_match_in_words_wins() -> None:
    """A longer harmless phrase beats a shorter sensitive one."""
    vocabulary = Vocabulary(Policy(not_sensitive=NotSensitive(names=["reset_password_url"])))
    assert vocabulary.value("reset_password_url") is None
    assert vocabulary.value("password_url") is None
    assert vocabulary.value("reset_password") is None or vocabulary.value("password") is not None


@given(st.text(alphabet=string.ascii_letters + string.digits + "_-. ", max_size=60))
def test_words_lose_no_letter(name: str) -> None:
    """Splitting keeps every letter and digit, in order."""
    assert "".join(words(name)) == "".join(c.lower() for c in name if c.isalnum())
