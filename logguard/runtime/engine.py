"""Everything that one policy needs to clean texts, objects and records, put together."""

from __future__ import annotations

import logging

from logguard.core.errors import PolicyError
from logguard.core.policy import Policy
from logguard.core.policy_file import refuse_plugins
from logguard.detect import presidio
from logguard.detect.known import Register
from logguard.detect.scanner import Lazy, Scanner
from logguard.detect.scope import scope
from logguard.runtime.record.cleaner import Account, cleaner
from logguard.runtime.record.closer import CloserLook
from logguard.runtime.record.exceptions import Exceptions
from logguard.runtime.redact.fields import Fields
from logguard.runtime.redact.forging import GATE
from logguard.runtime.redact.markers import markers
from logguard.runtime.redact.objects import Objects
from logguard.runtime.redact.text import Escaping, Hits, TextRedactor
from logguard.runtime.settings import pseudonym_key


class Engine:
    """One policy's redactors; ``lazy`` says how slow detectors are loaded, at once without it."""

    def __init__(
        self,
        policy: Policy,
        register: Register,
        lazy: Lazy | None = None,
        *,
        observe: bool = False,
        escaping: Escaping | None = None,
        account: Account | None = None,
    ) -> None:
        self.policy = policy
        self.hits = Hits()
        escaping = escaping or policy.runtime.newlines
        self.scanner = Scanner(policy, register, lazy, beside=() if escaping == "nothing" else GATE)
        self.texts = TextRedactor(self.scanner, markers(policy, pseudonym_key(policy)), escaping, self.hits, observe)
        self.objects = Objects(self.texts, Fields(policy, self.scanner.keyed))
        self.exceptions = Exceptions(self.texts, self.objects)
        closer = CloserLook(self.texts, self.objects, self.exceptions, observe)
        self.clean = cleaner(closer, account or self._nobody)

    def _nobody(self, _record: logging.LogRecord, _message: object) -> None:
        self.hits.taken()


def check(policy: Policy) -> None:
    """Raise ``PolicyError`` if the policy asks for what isn't there: a key, or a package."""
    refuse_plugins(policy)
    pseudonym_key(policy)
    found = scope(policy)
    if presidio.rows(found.shapes, found.regions) and not presidio.installed():
        raise PolicyError(
            "this policy searches for national numbers, phones or addresses by shape, which needs presidio:"
            " pip install 'logguard-security[runtime]'"
        )
