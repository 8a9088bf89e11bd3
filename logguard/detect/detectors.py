"""detect-secrets' detectors, for the thorough look at the few literals that may be secrets.

They are constructed once and asked with `analyze_string` alone: `scan_line` would change global settings, and
verification would call the network. Importing them turns on `logging.captureWarnings`; that is undone here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from typing import Protocol

from logguard.detect.literal import looks_secret

_DETECTORS = (
    ("aws", "AWSKeyDetector", "credential.api_key"),
    ("azure_storage_key", "AzureStorageKeyDetector", "credential.api_key"),
    ("discord", "DiscordBotTokenDetector", "credential.access_token"),
    ("github_token", "GitHubTokenDetector", "credential.access_token"),
    ("gitlab_token", "GitLabTokenDetector", "credential.access_token"),
    ("jwt", "JwtTokenDetector", "credential.access_token"),
    ("mailchimp", "MailchimpDetector", "credential.api_key"),
    ("npm", "NpmDetector", "credential.access_token"),
    ("openai", "OpenAIDetector", "credential.api_key"),
    ("pypi_token", "PypiTokenDetector", "credential.access_token"),
    ("sendgrid", "SendGridDetector", "credential.api_key"),
    ("slack", "SlackDetector", "credential.access_token"),
    ("square_oauth", "SquareOAuthDetector", "credential.access_token"),
    ("stripe", "StripeDetector", "credential.api_key"),
    ("telegram_token", "TelegramBotTokenDetector", "credential.access_token"),
    ("twilio", "TwilioKeyDetector", "credential.api_key"),
)
"""Module, class and kind. Left out, for what they hit on ordinary text: high entropy, IP addresses, keywords, basic
authentication (`looks_secret` has a stricter one), and `IbmCloudIamDetector`, whose pattern is cubic."""

_KEYED = re.compile(
    r"(?i)\b(?:password|passwd|pwd|passphrase|secret|api[_-]?key|access[_-]?token|auth[_-]?token)\s*[=:]\s*[\"']?(?P<value>[^\s\"'%{}<>*,;()$]{6,})"
)
_WORD = re.compile(r"[A-Za-z]+\.?\Z")


class Detector(Protocol):
    """What is used of a detect-secrets plugin."""

    def analyze_string(self, string: str) -> Iterable[str]:
        """Yield the secrets in a text."""
        ...


@lru_cache(maxsize=1)
def detectors() -> tuple[tuple[Detector, str], ...]:
    """Return the detectors with the kinds that they find; loading them costs about 0.2 s."""
    root = logging.getLogger("py.warnings")
    handlers = list(root.handlers)
    captured = getattr(logging, "_warnings_showwarning", None) is not None
    made = []
    for module, name, kind in _DETECTORS:
        found = import_module(f"detect_secrets.plugins.{module}")
        made.append((getattr(found, name)(), kind))
    if not captured:
        logging.captureWarnings(False)
    root.handlers[:] = handlers
    return tuple(made)


def verdict(text: str) -> str | None:
    """Return the kind of secret that a literal holds, or ``None``; the text is kept nowhere."""
    kind = looks_secret(text)
    if kind is not None:
        return kind
    keyed = _KEYED.search(text)
    if keyed is not None and not _WORD.match(keyed["value"]):
        return "credential.generic"
    for line in text.splitlines()[:50]:
        short = line[:500]
        for detector, found in detectors():
            if any(True for _ in detector.analyze_string(short)):
                return found
    return None
