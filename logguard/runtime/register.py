"""The process's register of declared values: the one thing that all guards, filters and scrubbers share."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from logguard.core.finding import Confidence
from logguard.core.kinds import kinds
from logguard.core.policy import Policy
from logguard.detect.keyed import Keyed
from logguard.detect.known import Register
from logguard.runtime.settings import secret_from

_REGISTER = Register()
_USER_INFORMATION = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/@:]*:([^\s/]+)@")
_DEEPEST = 6


def register() -> Register:
    """Return the process's register."""
    return _REGISTER


def register_secret(value: str, kind: str = "credential.generic") -> bool:
    """Have a value hidden wherever it occurs, also encoded; ``False`` if it is too short or common for that."""
    return isinstance(value, str) and kind in kinds() and _REGISTER.add(value, kind)


def forget_secret(value: str) -> bool:
    """Take a value out of the register; ``False`` if it wasn't in it."""
    return _REGISTER.discard(value)


def declare(policy: Policy, keyed: Keyed, environ: Mapping[str, str] = os.environ) -> None:
    """Register what the policy names, and what names and types say is secret in the environment and in settings."""
    for source in policy.runtime.known:
        value = secret_from(source, environ)
        if value:
            _REGISTER.add(value, "credential.generic")
    for name, value in (*environ.items(), *_settings()):
        for text, kind in _declared(name, value, keyed, 0):
            _REGISTER.add(text, kind)


def _declared(name: str, value: object, keyed: Keyed, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and depth < _DEEPEST:
        for key, item in list(value.items()):
            yield from _declared(str(key), item, keyed, depth + 1)
        return
    secret = getattr(value, "get_secret_value", None)
    if callable(secret):
        value = secret()
    if not isinstance(value, str):
        return
    for password in _USER_INFORMATION.findall(value):
        yield password, "credential.password"
        yield unquote(password), "credential.password"
    meaning = keyed.meaning(name)
    if meaning is None or meaning.confidence == Confidence.LOW or not meaning.kind.startswith("credential."):
        return
    if keyed.holds(value, meaning) and "://" not in value and not value.startswith("/"):
        yield value, meaning.kind


def _settings() -> Iterator[tuple[str, Any]]:
    """Yield Django's settings, if the application has loaded and configured them."""
    found = sys.modules.get("django.conf")
    settings = getattr(found, "settings", None)
    if settings is None or not getattr(settings, "configured", False):
        return
    for name in dir(settings):
        if name.isupper():
            yield name, getattr(settings, name, None)
