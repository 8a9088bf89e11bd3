"""Single values, for application code that knows what it holds."""

from __future__ import annotations

from logguard.core.errors import PolicyError, did_you_mean
from logguard.core.kinds import kinds
from logguard.core.policy import Policy
from logguard.runtime import install
from logguard.runtime.redact import markers
from logguard.runtime.settings import policy_for, pseudonym_key


def mask(value: str, kind: str) -> str:
    """Return what stands for a value of a kind by the installed guard's policy, else the environment's."""
    _known(kind)
    policy = _policy()
    return markers.markers(policy, pseudonym_key(policy)).replacement(str(value), kind)


def pseudonym(value: str, kind: str) -> str:
    """Return the pseudonym of a value, the same for the same value, kind and key; ``PolicyError`` without a key."""
    _known(kind)
    key = pseudonym_key(_policy())
    if key is None:
        raise PolicyError("a pseudonym needs a key: set [runtime] pseudonym-key")
    return markers.pseudonym(str(value), kind, key)


def _policy() -> Policy:
    guard = install.installed()
    return guard.policy if guard is not None else policy_for(None)


def _known(kind: str) -> None:
    if kind not in kinds():
        raise PolicyError(f"unknown kind '{kind}'{did_you_mean(kind, kinds())}")
