"""What stands in the place of a value: ASCII, so that no handler's encoding fails on it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from logguard.core.policy import Action, Policy
from logguard.detect.scanner import WITHHELD

_PSEUDONYM_BYTES = 8


def withheld(reason: str) -> str:
    """Return what stands for text that nobody could look at: ``<withheld: budget>``."""
    return f"<withheld: {reason}>"


def pseudonym(value: str, kind: str, key: bytes) -> str:
    """Return ``<kind:`` + 13 characters + ``>``: the same for the same value, kind and key, and for nothing else.

    The first 8 bytes of HMAC-SHA256(key, kind + NUL + value), in RFC 4648 base 32.
    """
    data = f"{kind}\0{value}".encode("utf-8", "surrogatepass")
    digest = hmac.new(key, data, hashlib.sha256).digest()[:_PSEUDONYM_BYTES]
    return f"<{kind}:{base64.b32encode(digest).decode().rstrip('=').lower()}>"


@dataclass(frozen=True, slots=True)
class Markers:
    """The actions of a policy."""

    actions: dict[str, Action]
    """By kind, where the policy names one; all others are masked."""
    key: bytes | None
    """The pseudonym key."""

    def replacement(self, value: str, kind: str, detector: str = "") -> str:
        """Return what stands for a value of a kind."""
        if kind == WITHHELD:
            return withheld(detector)
        action = self.actions.get(kind, "mask")
        if action == "remove":
            return ""
        if action == "pseudonym" and self.key is not None:
            return pseudonym(value, kind, self.key)
        return value if action == "keep" else f"<{kind}>"


def markers(policy: Policy, key: bytes | None) -> Markers:
    """Return the markers of a policy."""
    return Markers({kind: own.action for kind, own in policy.kinds.items() if own.action is not None}, key)
