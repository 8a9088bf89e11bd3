"""Values to plant in logs: made up from a seed, one of every kind, none of them live."""

from __future__ import annotations

import base64
import json
import random
import string
from dataclasses import dataclass

_BASE62 = string.ascii_letters + string.digits


@dataclass(frozen=True, slots=True)
class Plant:
    """A value with what it is."""

    kind: str
    """Its kind."""
    key: str
    """A key that says so."""
    value: str
    """The value."""
    self_evident: bool
    """Whether the preset ``default`` knows it alone."""
    everything: bool
    """Whether the preset ``everything`` does."""


class Garden:
    """Draws values from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - test data

    def text(self, count: int, of: str = _BASE62) -> str:
        """Return ``count`` characters, with a digit and a letter among them where there can be."""
        while True:
            made = "".join(self._random.choice(of) for _ in range(count))
            if of != _BASE62 or (any(c.isdigit() for c in made) and any(c.isalpha() for c in made)):
                return made

    def digits(self, count: int) -> str:
        """Return ``count`` digits, the first not 0."""
        return self._random.choice("123456789") + self.text(count - 1, string.digits)

    def card(self) -> str:
        """Return a card number of Visa's range with its check digit."""
        body = "4" + self.text(14, string.digits)
        total = sum(int(d) if place % 2 else sum(divmod(2 * int(d), 10)) for place, d in enumerate(body))
        return body + str(-total % 10)

    def iban(self) -> str:
        """Return a German account number with its check digits."""
        body = self.text(18, string.digits)
        check = 98 - int(body + "131400") % 97
        return f"DE{check:02d}{body}"

    def nif(self) -> str:
        """Return a Spanish number: eight digits and the letter that checks them, by their remainder of 23."""
        body = self.digits(8)
        return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]

    def pesel(self) -> str:
        """Return a Polish number: a birth date, a serial number and the digit that checks them."""
        day = f"{self._random.randint(50, 99)}{self._random.randint(1, 12):02d}{self._random.randint(1, 28):02d}"
        body = day + self.text(4, string.digits)
        total = sum(int(digit) * weight for digit, weight in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True))
        return body + str(-total % 10)

    def mac(self) -> str:
        """Return a network interface's address."""
        return ":".join(["3c", *(self.text(2, "0123456789abcdef") for _ in range(5))])

    def jwt(self) -> str:
        """Return a token in the form of RFC 7519, signed by nobody."""

        def part(data: object) -> str:
            return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")

        return ".".join((part({"alg": "HS256", "typ": "JWT"}), part({"sub": self.text(8)}), self.text(43)))

    def pem(self) -> str:
        """Return a block of a private key, over several lines."""
        lines = "\n".join(self.text(64) for _ in range(4))
        return f"-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----"

    def plants(self) -> list[Plant]:
        """Return one value of every kind, or several where a kind has several forms."""
        t, d = self.text, self.digits

        def keyed(kind: str, key: str, value: str) -> Plant:
            return Plant(kind, key, value, self_evident=False, everything=False)

        def shaped(kind: str, key: str, value: str, default: bool = True) -> Plant:
            return Plant(kind, key, value, self_evident=default, everything=True)

        c, p = "credential.", "personal."
        return [
            keyed(c + "password", "password", t(12)),
            keyed(c + "password", "db_password", f"{t(5)} {t(4)}-{t(3)}!{t(2)}"),
            keyed(c + "passphrase", "passphrase", f"{t(5)} {t(6)} {t(4)} {t(5)}"),
            keyed(c + "pin", "pin_code", d(6)),
            keyed(c + "otp", "otp_code", d(6)),
            keyed(c + "totp_seed", "totp_secret", t(16, string.ascii_uppercase + "234567")),
            keyed(c + "recovery_code", "recovery_code", f"{t(5)}-{t(5)}"),
            keyed(c + "api_key", "api_key", t(24)),
            shaped(c + "api_key", "aws_access_key_id", "AKIA" + t(16, string.ascii_uppercase + "234567")),
            shaped(c + "api_key", "stripe_key", "sk_live_" + t(24)),
            shaped(c + "api_key", "google_key", "AIza" + t(35)),
            shaped(c + "access_token", "github_token", "ghp_" + t(36)),
            shaped(c + "access_token", "slack_token", f"xoxb-{d(12)}-{d(12)}-{t(24)}"),
            shaped(c + "access_token", "gitlab_token", "glpat-" + t(20)),
            shaped(c + "access_token", "id_token", self.jwt()),
            keyed(c + "refresh_token", "refresh_token", t(40)),
            keyed(c + "session_id", "session_key", t(32)),
            keyed(c + "cookie", "cookie", f"sid={t(24)}"),
            keyed(c + "authorization", "authorization", f"Bearer {t(40)}"),
            shaped(c + "private_key", "private_key", self.pem()),
            keyed(c + "encryption_key", "encryption_key", t(32)),
            keyed(c + "webhook_secret", "webhook_secret", t(32)),
            shaped(c + "webhook_secret", "webhook_url", f"https://hooks.slack.com/services/T{d(8)}/B{d(8)}/{t(24)}"),
            shaped(c + "connection_string", "database_url", f"postgres://app:{t(14)}@db-1/shop"),
            keyed(c + "signed_url", "signed_url", f"https://s3.example.com/file?X-Amz-Signature={t(64)}"),
            shaped(c + "reset_link", "reset_link", f"https://shop.example.com/password-reset/{t(32)}"),
            keyed(c + "security_answer", "security_answer", f"{t(6)} {t(5)}"),
            keyed(c + "generic", "client_secret", t(30)),
            keyed("payment.last_four", "last_four", d(4)),
            shaped("payment.card_number", "card_number", self.card()),
            keyed("payment.card_security_code", "cvv", d(3)),
            shaped("payment.bank_account", "iban", self.iban()),
            shaped(p + "phone", "phone_number", f"+49 151 {d(8)}", default=False),
            keyed(p + "date_of_birth", "date_of_birth", f"19{d(2)}-0{self._random.randint(1, 9)}-{d(2)}"),
            shaped(p + "email", "email", f"{t(8).lower()}@{t(6).lower()}.com"),
            keyed(p + "name", "full_name", f"{t(6)} {t(8)}"),
            keyed(p + "address", "home_address", f"{d(2)} {t(7)} Street, {t(6)}"),
            keyed(p + "location", "gps_location", f"52.{d(5)} 13.{d(5)}"),
            shaped(
                p + "ip",
                "client_ip",
                f"93.184.{self._random.randint(1, 254)}.{self._random.randint(1, 254)}",
                default=False,
            ),
            keyed(p + "national_id", "national_id", d(11)),
            shaped(p + "national_id", "ssn", f"{self._random.randint(310, 660)}-{d(2)}-{d(4)}", default=False),
            shaped(p + "national_id", "dni", self.nif(), default=False),
            shaped(p + "national_id", "pesel", self.pesel(), default=False),
            keyed(p + "passport", "passport_number", t(9, string.ascii_uppercase + string.digits)),
            keyed(p + "drivers_license", "drivers_license", t(12, string.ascii_uppercase + string.digits)),
            keyed(p + "tax_id", "tax_id", d(11)),
            keyed(p + "vehicle", "license_plate", f"B-{t(2, string.ascii_uppercase)} {d(4)}"),
            keyed(p + "device_id", "imei", d(15)),
            shaped(p + "device_id", "mac_address", self.mac(), default=False),
            keyed(p + "username", "username", t(9)),
            keyed(p + "minor", "childs_name", f"{t(6)} {t(7)}"),
            keyed("health.record", "diagnosis", f"{t(7)} type {d(1)}"),
            keyed("health.identifier", "patient_id", d(9)),
            keyed("health.biometric", "fingerprint_template", t(40)),
            keyed("health.genetic", "genotype_data", t(30, "ACGT")),
            keyed("special.category", "religion", t(8)),
        ]
