"""logguard: someone who steals a copy of your logs can take over nobody's account, and you have nobody to notify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logguard.version import VERSION

if TYPE_CHECKING:
    from logguard.core.errors import PolicyError
    from logguard.core.policy import Policy
    from logguard.runtime.filter import RedactingFilter
    from logguard.runtime.guard import AlreadyInstalled, Guard
    from logguard.runtime.install import install
    from logguard.runtime.mask import mask, pseudonym
    from logguard.runtime.register import forget_secret, register_secret
    from logguard.runtime.scrubber import Scrubber

__all__ = [
    "AlreadyInstalled",
    "Guard",
    "Policy",
    "PolicyError",
    "RedactingFilter",
    "Scrubber",
    "__version__",
    "forget_secret",
    "install",
    "kind",
    "mask",
    "pseudonym",
    "register_secret",
]
__version__ = VERSION

_WHERE = {
    "AlreadyInstalled": "logguard.runtime.guard",
    "Guard": "logguard.runtime.guard",
    "Policy": "logguard.core.policy",
    "PolicyError": "logguard.core.errors",
    "RedactingFilter": "logguard.runtime.filter",
    "Scrubber": "logguard.runtime.scrubber",
    "forget_secret": "logguard.runtime.register",
    "install": "logguard.runtime.install",
    "mask": "logguard.runtime.mask",
    "pseudonym": "logguard.runtime.mask",
    "register_secret": "logguard.runtime.register",
}


def kind(name: str) -> str:
    """Mark a type as holding a kind of value: ``Annotated[str, kind("personal.email")]``."""
    return name


def __getattr__(name: str) -> Any:
    """Load a public name when it is used: importing the package costs next to nothing."""
    where = _WHERE.get(name)
    if where is None:
        raise AttributeError(f"module 'logguard' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(where), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_WHERE})
