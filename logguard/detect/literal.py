"""Literals that are a credential by their shape alone: provider tokens, PEM blocks, URLs with a password.

Cheap enough for every string literal of a file; ``detectors.py`` has the thorough look for those that are reported.
"""

from __future__ import annotations

import re

_USER_INFORMATION = (
    r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@{}%<>$*]{0,64}:"
    r"(?!\*|x{3}|(?:password|passwd|pass|pwd|pw|secret|token)\b|[A-Z_]+@|<|\$)(?=[^@]*[^a-z@])[^\s/:@{}%<>$*]{6,64}@[\w.-]+"
)

# Prefixes are those that the providers publish for secret scanning: docs.github.com "GitHub's token formats",
# docs.gitlab.com "token overview", api.slack.com "token types", stripe.com/docs/keys, docs.aws.amazon.com "IAM
# identifiers".
_SHAPES = (
    ("credential.private_key", r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=]{8,}"),
    ("credential.api_key", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    ("credential.access_token", r"\bgh[pousr]_[A-Za-z0-9]{36}|\bgithub_pat_[A-Za-z0-9_]{40,}"),
    ("credential.access_token", r"\bglpat-[A-Za-z0-9_-]{20}"),
    ("credential.access_token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("credential.api_key", r"\b[rs]k_live_[A-Za-z0-9]{16,}"),
    ("credential.api_key", r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}"),
    ("credential.api_key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("credential.api_key", r"\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}"),
    ("credential.access_token", r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    ("credential.connection_string", _USER_INFORMATION),
)
_ANY = re.compile("|".join(f"({shape})" for _, shape in _SHAPES))
_HINT = re.compile(r"-----BEGIN|://[^/\s]*@|AKIA|ASIA|gh[pousr]_|github_pat|glpat-|xox|_live_|SG\.|AIza|sk-|eyJ")


def looks_secret(text: str) -> str | None:
    """Return the kind that a literal's shape gives away, or ``None``."""
    if not _HINT.search(text):
        return None
    found = _ANY.search(text)
    return _SHAPES[(found.lastindex or 1) - 1][0] if found else None
