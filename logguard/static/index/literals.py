"""What may be known of a literal: whether it is a key, a mask, a template, or looks like a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator

from logguard.detect.literal import looks_secret
from logguard.static.index.ir import Const, Template
from logguard.static.index.keys import plain_key

_KEY_LENGTH = 60
_LONGEST = 4_000
"""Of a longer literal, only the beginning is looked at: a scanned file must not decide how long that takes."""
_NAME_LIKE = re.compile(rf"[\w.\-/:{{}}%?&=@ ]{{1,{_KEY_LENGTH}}}\Z")
_OPAQUE = re.compile(r"(?=[^\s]*[A-Za-z])(?=[^\s]*\d)(?=[^\s]*[^\w./])[^\s%{}<>/]{8,60}\Z")
_MASK = re.compile(
    r"\W*(?:[*•#]+|[xX.\-_]{3,}|<?\[?\W*(?:redacted|hidden|masked|removed|filtered|secret|private|scrubbed|censored|sensitive|set|"
    r"unset|not set|present|missing|none|empty|null)\W*\]?>?)\W*\Z",
    re.IGNORECASE,
)
_STARS = re.compile(r"[*•]{3,}|[xX]{5,}|<redacted>|\[redacted\]", re.IGNORECASE)
_ADDRESS = re.compile(r"\b[a-z][a-z0-9+\-]{1,20}://|[?&][\w\-]{1,60}=")
_PERCENT = re.compile(
    r"%(?:\((?P<name>[^)%]{0,80})\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?(?P<type>[diouxXeEfFgGcrsa%])"
)
_BRACE = re.compile(r"\{\{|\}\}|\{(?P<name>[\w.\[\]]*)(?:![rsa])?(?::[^{}]*)?\}")
_QUOTED = frozenset("ra" + "diouxXeEfFgGc")
"""Types of slots in which no line end shows."""
_BEFORE_SLOT = re.compile(
    r"(?:^|[,;&?|({\[\n\"'<]|\s)\s*(?P<key>[A-Za-z][\w\-]*(?:[ _\-][A-Za-z][\w\-]*){0,2})"
    r"[\"']?\s*(?:=|:|=>|->)\s*[\"'<\[(`]?\Z"
)


def constant(value: object) -> Const | Template:
    """Return the node for a literal; text that is neither key, name, format nor address is dropped."""
    if isinstance(value, str):
        return _string(value)
    if value is None:
        return Const("none")
    if isinstance(value, bool):
        return Const("bool", str(value))
    if isinstance(value, bytes):
        return Const("bytes")
    return Const("num")


def _string(text: str) -> Const | Template:
    text = text[:_LONGEST]
    secret = looks_secret(text) if len(text) >= 8 else None
    if len(text) >= 2 and ("%" in text or "{" in text):
        slots = list(_slots(text))
        if slots:
            address = bool(_ADDRESS.search(text))
            words = text[:_KEY_LENGTH] if address or "/" in text else ""
            return Template(
                [name for name, _, _ in slots],
                [key for _, key, _ in slots],
                secret,
                address,
                words if secret is None else "",
                [number for number, (_, _, quoted) in enumerate(slots) if quoted],
            )
    if secret is not None:
        return Const("str", None, False, secret)
    address = bool(_ADDRESS.search(text))
    if len(text) > _KEY_LENGTH:
        return Const("str", None, False, None, address)
    masked = not text or bool(_MASK.match(text) or _STARS.search(text))
    opaque = not masked and not address and bool(_OPAQUE.match(text))
    return Const("str", text if _NAME_LIKE.match(text) and not opaque else None, masked, None, address, opaque)


def _slots(text: str) -> Iterator[tuple[str, str | None, bool]]:
    """Yield (name or position, key in front, whether a `repr` or number shows) for each slot, in order."""
    number = 0
    pattern = _PERCENT if _PERCENT.search(text) else _BRACE
    for slot in pattern.finditer(text):
        if slot[0] in ("{{", "}}", "%%"):
            continue
        name = slot["name"]
        if not name:
            name, number = str(number), number + 1
        yield name, key_before(text[: slot.start()]), slot[0][-1] in _QUOTED or "!r" in slot[0] or "!a" in slot[0]


def key_before(text: str) -> str | None:
    """Return the key that ends ``text``, such as ``password`` in ``"user x, password="``."""
    if not text or text[-1].isalnum():
        return None
    found = _BEFORE_SLOT.search(text[-80:])
    return plain_key(found["key"]) if found else None
