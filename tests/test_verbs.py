"""What names of functions say of what they return."""

from __future__ import annotations

import pytest

from logguard.core.names import Vocabulary
from logguard.core.policy import Policy
from logguard.static.verbs import verbs

VOCABULARY = Vocabulary(Policy())
RESULTS = [
    ("f", None),
    ("get_password", "credential.password"),
    ("async_get_user_password", "credential.password"),
    ("get_roles_from_token", None),
    ("validate_token", None),
    ("check_password", None),
]
ROLES = [
    ("f", set()),
    ("redact_token", {"cleans"}),
    ("safe_redact", {"cleans", "checks"}),
    ("token_fingerprint", {"cleans"}),
    ("is_valid", {"cleans"}),
    ("validate", {"checks", "makes"}),
    ("from_dict", {"makes"}),
    ("to_unicode", {"converts"}),
    ("json_encode", {"converts"}),
    ("as_str", {"converts", "looks_up"}),
    ("prepare_request_body", {"builds"}),
    ("getenv", {"looks_up"}),
    ("read_option", {"looks_up"}),
    ("do_login", {"signs_in", "is_login"}),
    ("login_required", {"signs_in"}),
    ("sign_in_user", {"signs_in"}),
]


@pytest.mark.parametrize(("name", "kind"), RESULTS, ids=[name for name, _ in RESULTS])
def test_result(name: str, kind: str | None) -> None:
    """What a function's name says about what it returns."""
    meaning = verbs().result(VOCABULARY, name)
    assert (meaning.kind if meaning else None) == kind


@pytest.mark.parametrize(("name", "roles"), ROLES, ids=[name for name, _ in ROLES])
def test_roles(name: str, roles: set[str]) -> None:
    """What a function's name says about what it does; all roles are asked of each."""
    asked = ("makes", "cleans", "checks", "converts", "builds", "looks_up", "signs_in", "is_login")
    assert {role for role in asked if getattr(verbs(), role)(name)} == roles
