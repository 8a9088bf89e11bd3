"""What lets a text pass to the search by keys: a superset of every key that the vocabulary takes for sensitive."""

from __future__ import annotations

import re

from logguard.detect.keyed import Keyed

_BETWEEN = r"[._$ -]{0,3}"
_REST = r"[A-Za-z0-9_.$-]*"
_CLOSE = r"(?:[\"'`\])\\;]|&quot|%2[27]|\[[0-9]*\])*"
_MARK = r"(?:\s|\\n)*(?:[=:>]|->|→|[!?.:]+=|%3[dD]|&#61;|&#x3[dD];)"
_BEHIND = (
    f"{_CLOSE}{_MARK}"  # key = value
    r"|[\"']\]?\s*,"  # "key", "value"
    r"|[\"']\s*,?\s*[\"']?[vV]alue"  # name: "key", value: "value"
    r"| (?:is|was|are)[ :\t]|\s[\"'`]"  # the key is value
    r"|[ \t]+(?:--?[A-Za-z][A-Za-z0-9_-]*[ \t]+)?"  # key value
    r"(?:[A-Za-z+/_.~-]+[0-9]|[0-9][0-9+/_.~-]*[A-Za-z]|\+?[0-9][0-9 ()+/.-]{3,})"
)


def key_patterns(keyed: Keyed) -> tuple[str, ...]:
    """Return patterns of which every text with a value behind a sensitive key has one."""
    names = "|".join(_spelled(phrase) for phrase in keyed.phrases())
    tail = "|".join(re.escape(word) for word in sorted(keyed.tail()))
    return (
        f"(?i:{names}){_REST}(?i: (?:{tail}|[0-9]+))*(?:{_BEHIND})",
        r"(?:^|[^A-Za-z0-9])--?[A-Za-z][A-Za-z0-9_.-]+[ \t]",  # --key value
        r"[\"'`]\s*[!=]=+\s*[A-Za-z_]",  # "value" == key
    )


def _spelled(phrase: str) -> str:
    return _BETWEEN.join(re.escape(word) for word in phrase.split())
