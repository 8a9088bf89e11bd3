"""Kinds: what sort of value leaks, which invariant that breaks, and why it matters in law."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from logguard.core.tables import shipped

ACCOUNT = "account"
REPORTABLE = "reportable"
INVARIANTS = (ACCOUNT, REPORTABLE)


@dataclass(frozen=True, slots=True)
class Law:
    """A rule or law that a leaked value of some kind touches."""

    id: str
    """Short name, such as ``gdpr``."""
    title: str
    """What it says about the value, in a few words."""
    source: str
    """Where it says so: article, section or requirement."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of sensitive value."""

    id: str
    """``group.name``, such as ``credential.password``."""
    title: str
    """The value in plain words, with an article: 'a password'."""
    invariants: tuple[str, ...]
    """Which of the two promises a leak breaks: ``account``, ``reportable`` or both."""
    why: str
    """What a thief does with it, in one sentence."""
    laws: tuple[Law, ...]
    """The laws it touches, each with its source."""
    guessable: bool
    """Whether it is so short that neither a part nor a plain hash of it is harmless."""
    last_four: bool
    """Whether its last digits are what help desks ask for."""
    pedantic: bool
    """Whether it is in so many logs on purpose that only who asks for it is told."""

    @property
    def severity(self) -> str:
        """The default severity: an account leak is an error, a reportable one alone a warning."""
        return "error" if ACCOUNT in self.invariants else "warning"


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """Return every kind by id, in the order of the table ``kinds.toml``."""
    table = shipped("kinds.toml")
    laws = {id_: Law(id_, row["title"], row["source"]) for id_, row in table["law"].items()}
    return {
        id_: Kind(
            id_,
            row["title"],
            tuple(row["invariants"]),
            row["why"],
            tuple(laws[law] for law in row["laws"]),
            *(row.get(trait, False) for trait in ("guessable", "last-four", "pedantic")),
        )
        for id_, row in table["kind"].items()
    }


def title(kind: str) -> str:
    """Return a kind in plain words, with its article: ``a password``."""
    return kinds()[kind].title


def is_guessable(kind: str) -> bool:
    """Whether values of a kind are guessable; of what is no kind of ours, they aren't."""
    found = kinds().get(kind)
    return found is not None and found.guessable
