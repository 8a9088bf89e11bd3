"""Checks that a value must pass beside its shape: checksums, formats, and whether it is a placeholder.

Each takes the whole match and the value in it, and answers whether the value is real.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import re
from collections.abc import Callable
from functools import lru_cache

from logguard.core.tables import beside
from logguard.detect.iban import iban

Check = Callable[[str, str], bool]
"""``(match, value) -> bool``."""

_PLACEHOLDER = re.compile(
    r"(?i)example|placeholder|redacted|change-?me|x{6}|\*{3}|0{8}|1{8}|#{4}|\.{3}|<|12345678(?:90)?(?![0-9a-z])|abcdefghij|\$\{|\{\{"
)
_DIGITS = re.compile(r"\D")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")

_CARD = re.compile(
    # Issuers' number ranges (ISO/IEC 7812): Visa, Mastercard, American Express, UATP, Diners, Discover, JCB, Maestro,
    # UnionPay.
    r"(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|1\d{14}|3(?:0[0-5]|[689]\d)\d{11,13}|6(?:011|4[4-9]\d|5\d\d)\d{12,15}|35(?:2[89]|[3-8]\d)\d{12}"
    r"|(?:5018|5019|5020|5038|5893|6304|67\d\d)\d{8,15}|62\d{14,17})\Z"
)


def luhn(digits: str) -> bool:
    """Whether the digits' last one is the check digit of ISO/IEC 7812-1 annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = int(digit) * (2 if place % 2 else 1)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def mixed(value: str) -> bool:
    """Whether a value has letters and digits."""
    return any(c.isdigit() for c in value) and any(c.isalpha() for c in value)


def placeholder(value: str) -> bool:
    """Whether a value is one that documentation shows in place of a secret: few different characters, or such words."""
    return len(set(value[-16:])) < 3 or _PLACEHOLDER.search(value) is not None


_SHOWN = re.compile(
    r"(?i)x{6}|(.)\1{7}|abcdefghij|fake|dummy|example|placeholder|change-?me|your[_-]|[_-]here\Z|\A(?:insert|put|enter|replace)[_-]"
)
_NAME = re.compile(r"[A-Z]+(?:_[A-Z]+)+\Z")


_DASHED = re.compile(r"\d{3}-\d{2}-\d+\Z")
_SOCIAL_SECURITY = re.compile(r"(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}\Z")


def plausible(kind: str, value: str) -> bool:
    """Whether a value can be of the kind that the word in front of it says, where its form must agree."""
    if kind == "payment.bank_account" and value[:2].isalpha():
        return iban(value) > 0
    if kind == "personal.national_id" and _DASHED.match(value):
        return _SOCIAL_SECURITY.match(value) is not None
    return sum(character.isdigit() for character in value) >= 4


def stands_for_one(value: str, password: bool) -> bool:
    """Whether a value behind a key is what documentation shows in its place; passwords may look like much."""
    shown = _SHOWN.search(value)
    if shown is None:
        return not password and _NAME.match(value) is not None
    return len(value) >= 10 and (
        len(shown[0]) * 2 >= len(value) or not any(c.isdigit() for c in value) or len(set(value)) < 12
    )


def looks_random(value: str) -> bool:
    """Whether a value has the mixture of a generated secret: long, letters and digits together, few repetitions."""
    if len(value) < 12 or _UUID.fullmatch(value) or placeholder(value):
        return False
    longest = max(re.split(r"[^A-Za-z0-9]", value), key=len)
    letters = sum(character.isalpha() for character in longest)
    return (
        len(longest) >= 10
        and letters >= 2
        and len(longest) - letters >= 2
        and len(set(longest)) >= min(10, len(longest) // 2)
    )


def _random(_match: str, value: str) -> bool:
    return not placeholder(value)


def _mixed(_match: str, value: str) -> bool:
    return not placeholder(value) and mixed(value)


def _no_example(_match: str, value: str) -> bool:
    return not value.endswith("EXAMPLE") and "XXXXXX" not in value


def _card(_match: str, value: str) -> bool:
    digits = _DIGITS.sub("", value)
    return len(set(digits)) > 1 and _CARD.match(digits) is not None and luhn(digits)


def _jwt(match: str, _value: str) -> bool:
    """The header must be JSON (RFC 7519 §5): a word that begins with ``ey`` and has dots is no token."""
    parts = match.replace("\\", "").split(".")
    try:
        header = base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4))
    except (binascii.Error, ValueError):
        return False
    if not header.startswith(b'{"'):
        return False
    try:
        return isinstance(json.loads(header), dict)
    except ValueError:
        return b'"alg"' in header or b'"typ"' in header or b'"enc"' in header or b'"kid"' in header


def _user_information(_match: str, value: str) -> bool:
    password = value.partition(":")[2]
    return bool(password) and _VARIABLE.fullmatch(password) is None


_VARIABLE = re.compile(r"[*xX.]+|\$\{\w+\}?|\$(?:[A-Z_][A-Z\d_]*|[a-z_]+)|\$\(.*\)?|\{.*\}|%[({].*|%s|\[.*\]")
"""A mask, or a place for a value, not a value."""


def _curl_user(_match: str, value: str) -> bool:
    value = value.strip("\"'")
    parts = [part for part in value.split(":", 1) if part]
    if (
        not parts
        or _VARIABLE.fullmatch(parts[-1])
        or parts[-1].startswith(("$", "<", "[", "{"))
        or value.startswith("<")
    ):
        return False
    return not parts[-1].isdigit() and parts[-1].lower() not in _words()[2]


def _link(_match: str, value: str) -> bool:
    return any(character.isdigit() for character in value) and not placeholder(value)


def _email(match: str, _value: str) -> bool:
    local, _, host = match.partition("@")
    roles, labels, _ = _words()
    if local.lower() in roles or host.rpartition(".")[2].lower() in labels:
        return False
    return not local.startswith(".") and ".." not in match


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return roles and labels of e-mail addresses, and what stands for a password on command lines."""
    table = beside(__file__, "shapes.toml")
    email, line = table["email"], table["command-line"]
    return frozenset(email["roles"]), frozenset(email["labels"]), frozenset(line["placeholders"])


def _quoted_random(_match: str, value: str) -> bool:
    return looks_random(value[1:-1])


def _base58(_match: str, value: str) -> bool:
    return looks_random(value) and any(c.isupper() for c in value) and any(c.islower() for c in value)


_PHONE = re.compile(r"\+.*|\(.*|\d{3}[-. ]\d{3}[-. ]\d{4}|0\d{2,4}[ /-]\d{6,8}|0\d{1,4}(?:[ -]\d{2,4}){2,4}")


def trivial(value: str) -> bool:
    """Whether a number is one that only examples have: of one digit alone, or the digits in order."""
    digits = _DIGITS.sub("", value)
    return len(digits) > 5 and not re.search("[A-Za-z.:]", value) and (len(set(digits)) == 1 or digits in _ORDER)


_ORDER = ("0123456789", "1234567890", "123456789", "9876543210", "987654321")


def _public_address(value: str) -> bool:
    """Whether an address is of the public internet: the others say nothing about a person."""
    try:
        address = ipaddress.ip_address(value.partition("/")[0])
    except ValueError:
        return True
    return not any(address in network for network in _PRIVATE if network.version == address.version)


_PRIVATE = tuple(
    ipaddress.ip_network(text)
    for text in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "::1/128",
        "fe80::/10",
    )
)
"""Of a network's own (RFC 1918, RFC 3927, RFC 4291)."""


FORMS: dict[str, Callable[[str], bool]] = {
    "phone": lambda value: _PHONE.fullmatch(value) is not None,
    "address": _public_address,
    "marked": lambda value: not value.isdigit(),
    "upper": lambda value: value == value.upper(),
}
"""What presidio's results must look like beside, by the name that the table uses."""
CHECKS: dict[str, Check] = {
    "random": _random,
    "mixed": _mixed,
    "no-example": _no_example,
    "card": _card,
    "jwt": _jwt,
    "user-information": _user_information,
    "link": _link,
    "email": _email,
    "quoted-random": _quoted_random,
    "base58": _base58,
    "mixed-digits": lambda _match, value: not trivial(value) and len(_DIGITS.sub("", value)) > 8,
    "curl-user": _curl_user,
}
"""By the name that the table uses."""
FITS: dict[str, Callable[[str], int]] = {"iban": iban}
"""Checks of values that end before the pattern does: they say how long the value is."""
