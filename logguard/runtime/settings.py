"""Which policy the guard runs with: never one that happens to lie in the working folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from logguard.core.errors import PolicyError

if TYPE_CHECKING:
    from logguard.core.policy import Policy

ENVIRONMENT = "LOGGUARD_CONFIG"
MODE = "LOGGUARD_MODE"
PRESETS = ("default", "everything")
_SHORTEST_KEY = 32
"""Bytes of a pseudonym key."""


def chosen(given: Policy | str | os.PathLike[str] | None, environ: Mapping[str, str] = os.environ) -> Policy | str:
    """Return the policy that was given, else the environment's, else ``default``; raises ``PolicyError``.

    ``given`` is a policy, a path, a package resource (``pkg:mypkg/logguard.toml``) or a preset's name. A preset stays a
    name: reading a policy takes longer than installing the guard may.
    """
    if given is None:
        given = environ.get(ENVIRONMENT) or "default"
    if not isinstance(given, (str, os.PathLike)):
        return _valid(given)
    text = os.fspath(given)
    return text if text in PRESETS else _loaded(text)


def policy_for(given: Policy | str | os.PathLike[str] | None, environ: Mapping[str, str] = os.environ) -> Policy:
    """Return the same, as a policy."""
    from logguard.core.policy import preset

    found = chosen(given, environ)
    return preset(found) if isinstance(found, str) else found


def _valid(given: object) -> Policy:
    """Return a policy that was made in code; raises ``PolicyError`` for what no file could say either."""
    from logguard.core.policy import Policy
    from logguard.core.policy_file import validate

    if not isinstance(given, Policy):
        raise PolicyError(f"a policy is a Policy, a path or a preset's name, not {type(given).__name__}")
    validate(given)
    return given


def _loaded(text: str) -> Policy:
    from importlib.resources import as_file, files
    from pathlib import Path

    from logguard.core.policy_file import load

    if not text.startswith("pkg:"):
        path = Path(text)
        if not path.exists() and path.suffix != ".toml":
            raise PolicyError(f"'{text}' is neither a preset ({', '.join(PRESETS)}) nor a file")
        return load(path)
    package, _, name = text[4:].partition("/")
    try:
        with as_file(files(package) / name) as path:
            return load(path)
    except (ModuleNotFoundError, TypeError):
        raise PolicyError(f"'{text}': there is no package '{package}'") from None


def secret_from(source: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Return the text that ``env:NAME`` or ``file:PATH`` names; ``None`` where there is none."""
    scheme, _, name = source.partition(":")
    if scheme == "env" and name:
        return environ.get(name)
    if scheme == "file" and name:
        try:
            with open(name, encoding="utf-8") as file:
                return file.read().strip()
        except (OSError, UnicodeDecodeError):
            return None
    raise PolicyError("a source of a secret begins with 'env:' or 'file:'")


def pseudonym_key(policy: Policy, environ: Mapping[str, str] = os.environ) -> bytes | None:
    """Return the newest pseudonym key; raises ``PolicyError`` for one that is missing, too short or not base64."""
    import base64
    import binascii

    for source in policy.runtime.pseudonym_key[:1]:
        text = secret_from(source, environ)
        if text is None:
            raise PolicyError(f"the pseudonym key '{source}' is not there: set it, or take it out of 'pseudonym-key'")
        try:
            key = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            raise PolicyError(f"the pseudonym key '{source}' is not base64") from None
        if len(key) < _SHORTEST_KEY:
            raise PolicyError(f"the pseudonym key '{source}' is shorter than {_SHORTEST_KEY} bytes")
        return key
    if any(own.action == "pseudonym" for own in policy.kinds.values()):
        raise PolicyError('action = "pseudonym" needs a key: set [runtime] pseudonym-key')
    return None
