"""Class methods that a class inherits from a library, and that make an object of it: ``Account.model_validate(…)``."""

from __future__ import annotations

from functools import lru_cache

from logguard.core.names import words
from logguard.core.tables import shipped


def makes(method: str) -> bool:
    """Whether a class method of this name makes an object of its class, by the verb that it begins with."""
    return words(method)[:1] != () and words(method)[0] in _verbs()


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(shipped("catalog/names.toml")["verbs"]["make"])
