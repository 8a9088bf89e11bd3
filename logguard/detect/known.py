"""Values that the application declared: found wherever they occur, also encoded. One register a process."""

from __future__ import annotations

import base64
import html
import json
import re
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import quote, quote_plus

from logguard.core.finding import Confidence
from logguard.core.tables import beside
from logguard.detect.budget import Budget
from logguard.detect.span import Detection

SHORTEST = 6
"""Characters: what is shorter would mask ordinary text."""
PREFIX = 6
"""Characters of a value that the gate looks for."""
RUNS = (r"(?:[A-Za-z0-9_-]{10}){2}", r"(?:[A-Za-z0-9+/]{12}){2}")
"""Patterns that occur in nearly all generated values, in whatever encoding, and in few lines of a log."""
_RUN = re.compile("|".join(RUNS))
_LOWER = re.compile(r"%[0-9A-F]{2}")
_DIFFERENT = 4
_LONGEST_NUMBER = 40
"""Digits of a value that an integer may be."""
_FEW = 32
"""Registrations that don't make the gate be compiled anew."""


class Register:
    """Declared values with their kinds, and every encoding of them that logs show."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: dict[str, str] = {}
        self._forms: dict[str, dict[str, str]] = {}
        """First `PREFIX` characters -> whole form -> kind."""
        self.version = 0
        """Changes with every registration: what was clean before it must be looked at again."""
        self._added: dict[str, int] = {}
        """First `PREFIX` characters of a form -> version that brought them."""
        self.numbers: set[int] = set()
        """Those of the values that an integer is written as."""
        self._shrunk = 0
        """The last version in which a value was forgotten."""

    def __len__(self) -> int:
        return len(self._values)

    def add(self, value: str, kind: str) -> bool:
        """Register a value; ``False`` if it is too short or too common to be looked for."""
        if not worth(value):
            return False
        with self._lock:
            if self._values.get(value) == kind:
                return True
            self._values[value] = kind
            self.numbers.update(_number(value))
            for form in encodings(value):
                # A reader in another thread sees the old entry or the new one, never a half.
                self._forms[form[:PREFIX]] = {**self._forms.get(form[:PREFIX], {}), form: kind}
                self._added.setdefault(form[:PREFIX], self.version + 1)
            self.version += 1
        return True

    def discard(self, value: str) -> bool:
        """Forget a value; ``False`` if it wasn't registered."""
        with self._lock:
            if self._values.pop(value, None) is None:
                return False
            forms: dict[str, dict[str, str]] = {}
            for kept, kind in self._values.items():
                for form in encodings(kept):
                    forms.setdefault(form[:PREFIX], {})[form] = kind
            self._forms = forms
            self.numbers = {number for one in self._values for number in _number(one)}
            self._added = {prefix: version for prefix, version in self._added.items() if prefix in forms}
            self.version += 1
            self._shrunk = self.version
        return True

    def pattern_since(self, version: int) -> str | None:
        """Return a pattern for what was registered after ``version``, empty if older ones find it too.

        ``None`` if that is much, or a value was forgotten since.
        """
        with self._lock:
            if self.version - version > _FEW or self._shrunk > version:
                return None
            late = [prefix for prefix, added in self._added.items() if added > version]
        return _any_of(late) or ""

    def pattern(self) -> str | None:
        """Return a pattern for the gate that occurs in every text with a registered value; ``None`` without any."""
        with self._lock:
            return _any_of(self._forms)

    def patterns(self) -> tuple[str | None, str | None]:
        """Return two such patterns: for the values in which one of `RUNS` occurs, and for the others."""
        with self._lock:
            running = [prefix for prefix, forms in self._forms.items() if any(map(_RUN.search, forms))]
            others = [prefix for prefix, forms in self._forms.items() if not all(map(_RUN.search, forms))]
        return _any_of(running), _any_of(others)

    def find(self, text: str, budget: Budget) -> Iterator[Detection]:
        """Yield every occurrence of a registered value; raises ``ExhaustedError``."""
        budget.spend(len(text))
        forms = self._forms
        if not forms:
            return
        for at in range(len(text) - PREFIX + 1):
            candidates = forms.get(text[at : at + PREFIX])
            if candidates is None:
                continue
            for form, kind in candidates.items():
                budget.spend(len(form))
                if text.startswith(form, at):
                    yield Detection(at, at + len(form), kind, "known", Confidence.HIGH)


def _any_of(prefixes: Iterable[str]) -> str | None:
    found = "|".join(re.escape(prefix) for prefix in sorted(prefixes))
    return f"(?:{found})" if found else None


def _number(value: str) -> tuple[int, ...]:
    written = value.isdecimal() and value.isascii() and value[0] != "0" and len(value) <= _LONGEST_NUMBER
    return (int(value),) if written else ()


def worth(value: str) -> bool:
    """Whether a value is long and rare enough to be looked for in every text."""
    bare = value.strip()
    return len(bare) >= SHORTEST and len(set(bare)) >= _DIFFERENT and bare.lower() not in _common()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(beside(__file__, "known.toml")["common"]["words"])


def encodings(value: str) -> set[str]:
    """Return a value as logs show it: itself, in base64 at each of three offsets, URL-, JSON-, HTML-, hex-encoded."""
    data = value.encode("utf-8", "surrogatepass")
    escaped = html.escape(value)
    spelled = json.dumps(value)[1:-1]
    quoted = [quote(data, safe=safe) for safe in ("", "/", "!'()*")] + [quote_plus(data)]
    forms = {
        value,
        *quoted,
        *(_LOWER.sub(lambda code: code[0].lower(), form) for form in quoted),
        quote(quoted[0], safe=""),
        spelled,
        spelled.replace("/", "\\/"),
        json.dumps(spelled)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        escaped,
        escaped.replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
        escaped.replace("&#x27;", "&apos;"),
        html.escape(value, quote=False),
        repr(value)[1:-1],
        repr(data)[2:-1],
        data.hex(),
        data.hex().upper(),
    }
    for offset in range(3):
        # The characters of base64 that hold bits of the value alone: those at either end depend on its neighbours.
        for alphabet in (base64.b64encode, base64.urlsafe_b64encode):
            encoded = alphabet(b"\0" * offset + data).decode().rstrip("=")
            whole = (len(data) + offset) % 3 == 0
            forms.add(encoded[(0, 2, 3)[offset] : len(encoded) if whole else len(encoded) - 1])
    if '"' in value[:1] + value[-1:] or "'" in value[:1] + value[-1:]:
        forms.add(value.strip("\"'"))
    return {form for form in forms if len(form) >= SHORTEST}
