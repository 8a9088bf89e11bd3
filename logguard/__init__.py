"""logguard: someone who steals a copy of your logs can take over nobody's account, and you have nobody to notify."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from logguard.version import VERSION

if TYPE_CHECKING:
    from logguard.core.policy import Policy

__all__ = ["Policy", "__version__", "kind"]
__version__ = VERSION


def kind(name: str) -> str:
    """Mark a type as holding a kind of value: ``Annotated[str, kind("personal.email")]``."""
    return name


def __getattr__(name: str) -> Any:
    """Load a public name when it is used: importing the package costs next to nothing."""
    if name == "Policy":
        from logguard.core.policy import Policy

        return Policy
    raise AttributeError(f"module 'logguard' has no attribute '{name}'")
