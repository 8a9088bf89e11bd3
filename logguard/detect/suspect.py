"""The cheap look that decides which literals are worth a thorough one."""

from __future__ import annotations

import re

SUSPECT = re.compile(
    r"(?=[\w\-/+=.]*\d)(?=[\w\-/+=.]*[A-Za-z])[\w\-/+=.]{16,}|://[^/\s]*@|-----BEGIN|(?i:pass\w*|secret|token|key)\s*[=:]\s*[^\s%{<*]{6,}"
)
"""What makes a literal worth the look: a long mixed run, user information, a PEM header, or ``password=…``."""
