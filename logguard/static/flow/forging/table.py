"""The table of outside text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from logguard.core.tables import beside


@dataclass(frozen=True, slots=True)
class Outside:
    """Where text comes from that a stranger chooses; each table maps to why."""

    topics: frozenset[str]
    attributes: dict[tuple[str, str], str]
    """By last word of the object's name and attribute."""
    containers: dict[tuple[str, str], str]
    """The same, of those that hold several."""
    entries: dict[tuple[str, str], str]
    """By the mapping's name and key."""
    own: dict[tuple[str, str], str]
    """By base class and attribute of ``self``."""
    methods: dict[tuple[str, str], str]
    sized: frozenset[str]
    """The methods that read from a stranger only where they are told how much."""
    outgoing: frozenset[str]
    """First words of what makes, or is, a request that goes out."""
    functions: dict[str, str]
    clean_functions: frozenset[str]
    clean_names: frozenset[str]
    clean_methods: frozenset[str]
    clean_types: frozenset[str]


@lru_cache(maxsize=1)
def outside() -> Outside:
    """Return the table, read."""
    table: dict[str, Any] = beside(__file__, "outside.toml")

    def pairs(rows: list[dict[str, Any]], first: str, second: str) -> dict[tuple[str, str], str]:
        return {(one, other): row["why"] for row in rows for one in row[first] for other in row[second]}

    clean = table["clean"]
    return Outside(
        topics=frozenset(table["topics"]),
        attributes=pairs(table["attribute"], "of", "names"),
        containers=pairs(table["container"], "of", "names"),
        entries=pairs(table["entry"], "of", "keys"),
        own=pairs(table["own"], "bases", "names"),
        methods=pairs(table["method"], "of", "names"),
        sized=frozenset(name for row in table["method"] if row.get("sized") for name in row["names"]),
        outgoing=frozenset(table["outgoing"]["words"]),
        functions={name: row["why"] for row in table["function"] for name in row["names"]},
        clean_functions=frozenset(clean["functions"]),
        clean_names=frozenset(clean["names"]),
        clean_methods=frozenset(clean["methods"]),
        clean_types=frozenset(clean["types"]),
    )
