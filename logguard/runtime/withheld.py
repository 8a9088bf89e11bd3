"""The last resort: a record of which nothing is left but where it came from."""

from __future__ import annotations

import logging

from logguard.runtime.record.marked import STANDARD

TEXT = "<withheld: error>"


def withhold(record: logging.LogRecord) -> None:
    """Take everything out of a record that could hold a value."""
    record.msg, record.args = TEXT, None
    record.exc_info, record.exc_text, record.stack_info = None, None, None
    for key in [name for name in record.__dict__ if name not in STANDARD]:
        record.__dict__[key] = TEXT
