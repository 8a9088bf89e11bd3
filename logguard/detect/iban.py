"""International bank account numbers, by the registry of ISO 13616."""

from __future__ import annotations

from functools import lru_cache

from logguard.core.tables import beside


def iban(value: str) -> int:
    """Return how many characters of a text are the IBAN that it begins with; 0 if it doesn't.

    Country, length, account format and check digits are those of ISO 13616 (mod 97).
    """
    length = _lengths().get(value[:2].upper(), 0)
    places = [place for place, character in enumerate(value) if character not in " -"]
    if not length or len(places) < length or not value.isascii():
        return 0
    end = places[length - 1] + 1
    if value[end : end + 1].isalnum():
        return 0
    compact = "".join(value[place] for place in places[:length])
    if compact != compact.upper() and compact != compact.lower():
        return 0
    compact = compact.upper()
    if compact[:2] in _digits_only() and not compact[4:].isdigit():
        return 0
    return end if int("".join(str(int(character, 36)) for character in compact[4:] + compact[:4])) % 97 == 1 else 0


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = beside(__file__, "iban.toml")
    return table


@lru_cache(maxsize=1)
def _lengths() -> dict[str, int]:
    return {country: int(length) for length, countries in _table()["length"].items() for country in countries}


@lru_cache(maxsize=1)
def _digits_only() -> frozenset[str]:
    return frozenset(_table()["account"]["digits"])
