"""The guard's smaller promise: a filter for the one handler or logger that it hangs on."""

from __future__ import annotations

import logging
import os

from logguard.core.policy import Policy
from logguard.runtime.engine import check
from logguard.runtime.guard import Guard, is_clean
from logguard.runtime.settings import policy_for


class RedactingFilter(logging.Filter):
    """Cleans every record that passes it, in place; handlers after it see it cleaned, handlers before it raw.

    On a logger it sees only what is logged with that very logger, not with its children; on a handler only what that
    handler gets. :func:`logguard.install` has neither hole. Raises ``PolicyError`` when it is made, nothing after that.
    """

    def __init__(self, policy: Policy | str | os.PathLike[str] | None = None) -> None:
        super().__init__()
        chosen = policy_for(policy)
        check(chosen)
        self.guard = Guard(chosen, "redact")
        self.guard.begin()

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean a record and let it pass."""
        if not is_clean(record):
            self.guard.clean(record)
        return True
