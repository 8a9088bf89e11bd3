"""All detectors behind one gate: a text goes in, its sensitive stretches come out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from logguard.core.finding import Confidence
from logguard.core.kinds import kinds
from logguard.core.names import Vocabulary
from logguard.core.policy import Policy
from logguard.detect import echo, encoded, framed, manifest, pem, plugins, presidio
from logguard.detect.budget import Budget
from logguard.detect.compiled import KNOWN, NOBODY, Compiled, compiled
from logguard.detect.echo import Echo
from logguard.detect.framed import Framed
from logguard.detect.gate import ENGINES
from logguard.detect.keyed import Keyed
from logguard.detect.keygate import key_patterns
from logguard.detect.known import Register
from logguard.detect.manifest import Manifest
from logguard.detect.pem import Pem
from logguard.detect.scope import Scope, scope
from logguard.detect.shapes import shapes
from logguard.detect.span import Detection, merge

WITHHELD = "withheld"
"""The kind of a stretch that nobody has looked at: its detector isn't loaded yet."""
_DEEPEST = 3
"""Layers of encoding that are undone."""


class Finder(Protocol):
    """A detector."""

    def find(self, text: str, budget: Budget) -> Iterable[Detection]:
        """Yield what is found in a text; raises ``ExhaustedError``."""
        ...


class NonsenseError(Exception):
    """A detector answered with something that can't be: the text must be withheld."""


Lazy = Callable[[str, Callable[[], Finder]], Callable[[], "Finder | None"]]
"""Takes a name and a constructor; returns what answers with the detector, or with ``None`` until it is loaded."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A detector with what lets a text pass to it."""

    patterns: tuple[str, ...]
    finder: Callable[[], Finder | None] | None
    """Returns ``None`` while the detector isn't loaded; there is none for the text inside the text."""
    second: bool = False
    """Whether it is asked only about what the detectors before it have not found."""


class Scanner:
    """The detectors that one policy asks for."""

    def __init__(
        self,
        policy: Policy,
        register: Register,
        lazy: Lazy | None = None,
        engines: Sequence[type[Any]] = ENGINES,
        beside: Sequence[str] = (),
    ) -> None:
        """``lazy`` wraps what takes long to load; without it, that is loaded when it is first needed.

        ``beside`` are patterns that let a text pass for a reason of the caller's.
        """
        self.scope: Scope = scope(policy)
        self.keyed = Keyed(Vocabulary(policy))
        self.register = register
        self.beside = tuple(beside)
        self._engines = engines
        self._entries = _entries(self.keyed, self.scope, lazy or _at_once)
        self._compiled: Compiled | None = None

    @property
    def compiled(self) -> Compiled:
        """The gate of now."""
        found = self._compiled
        if found is None or found.version != self.register.version:
            patterns = [entry.patterns for entry in self._entries]
            found = self._compiled = compiled(patterns, self.beside, self.register, self._engines, found)
        return found

    @property
    def patterns(self) -> list[str]:
        """What lets a text pass, but for registered values."""
        return [pattern for entry in self._entries for pattern in entry.patterns]

    def passes(self, text: str) -> bool:
        """Whether any detector could find anything in a text."""
        return bool(self.compiled.match(text.encode("utf-8", "surrogatepass")))

    def find(self, text: str) -> list[Detection]:
        """Return the sensitive stretches of a text, in order and apart.

        Raises ``ExhaustedError`` and ``NonsenseError``; then the whole text must be withheld.
        """
        return self.find_of(text, self.compiled.owners_in(text))

    def find_of(self, text: str, owners: set[int]) -> list[Detection]:
        """Return the same where the gate was asked already: ``owners`` is its answer, ``compiled.owners_in(text)``."""
        return self._answer(text, self._search(text, owners, Budget(len(text)), 0)) if owners else []

    def find_ungated(self, text: str) -> list[Detection]:
        """Return the same by asking every detector: what the gate's answer is tested against."""
        every = {*range(len(self._entries)), KNOWN}
        return self._answer(text, self._search(text, every, Budget(len(text)), 0))

    def _answer(self, text: str, found: list[Detection]) -> list[Detection]:
        for one in found:
            if not (_is_place(one, len(text)) and (one.kind == WITHHELD or one.kind in kinds())):
                raise NonsenseError
        return merge(one for one in found if one.kind not in self.scope.kept)

    def _search(self, text: str, owners: set[int], budget: Budget, depth: int) -> list[Detection]:
        found: list[Detection] = []
        late: list[_Entry] = []
        if KNOWN in owners:
            found += self.register.find(text, budget)
        for number in sorted(owners - {NOBODY, KNOWN}):
            entry = self._entries[number]
            if entry.finder is None:
                if depth < _DEEPEST:
                    found += encoded.search(text, budget, lambda t, b: self._inner(t, b, depth + 1))
                continue
            if entry.second and found and not _open_places(text, entry, found):
                continue
            finder = entry.finder()
            if finder is None:
                late.append(entry)
            else:
                found += finder.find(text, budget)
        for entry in late:
            found += _withheld(text, entry, found)
        return found

    def _inner(self, text: str, budget: Budget, depth: int) -> list[Detection]:
        return self._search(text, self.compiled.owners_in(text), budget, depth)


def _entries(keyed: Keyed, wanted: Scope, lazy: Lazy) -> list[_Entry]:
    blocks, manifests, echoes, frames = Pem(), Manifest(), Echo(), Framed(keyed)
    entries = [
        _Entry(key_patterns(keyed), lambda: keyed),
        _Entry((pem.BEGIN,), lambda: blocks),
        _Entry((manifest.KIND,), lambda: manifests),
        _Entry((echo.GATE,), lambda: echoes),
        _Entry(framed.GATES, lambda: frames),
        _Entry((encoded.PERCENT, encoded.BASE64, encoded.ESCAPES), None),
    ]
    for shape in shapes():
        searched = shape.kind in wanted.shapes or (shape.always and shape.kind not in wanted.kept)
        if searched and (wanted.everything or not shape.everything):
            entries.append(_Entry((shape.gate,), lambda shape=shape: shape))  # type: ignore[misc] # binds now
    for row in plugins.rows():
        made = lazy(f"detect-secrets.{row.name}", lambda row=row: plugins.Plugin(row))  # type: ignore[misc] # binds now
        entries.append(_Entry((row.gate,), made, second=True))
    chosen = presidio.rows(wanted.shapes, wanted.regions)
    if chosen:
        whole = lazy("presidio", lambda: presidio.Presidio(chosen, wanted.regions))
        entries.append(_Entry(presidio.gate_patterns(), whole))
    return entries


def _at_once(_name: str, construct: Callable[[], Finder]) -> Callable[[], Finder | None]:
    made: list[Finder] = []

    def finder() -> Finder:
        if not made:
            made.append(construct())
        return made[0]

    return finder


def _open_places(text: str, entry: _Entry, found: list[Detection]) -> list[re.Match[str]]:
    """Return where an entry's patterns occur outside of what was found."""
    return [
        match
        for pattern in entry.patterns
        for match in re.finditer(pattern, text, re.ASCII)
        if not any(one.start < match.end() and match.start() < one.end for one in found)
    ]


def _withheld(text: str, entry: _Entry, found: list[Detection]) -> list[Detection]:
    """Cover what an absent detector would be asked about, but for what another has found already."""
    covered: list[Detection] = []
    for match in _open_places(text, entry, found):
        start, end = match.span()
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        covered.append(Detection(start, end, WITHHELD, "loading", Confidence.LOW))
    return covered


def _is_place(one: Detection, size: int) -> bool:
    return isinstance(one.start, int) and isinstance(one.end, int) and 0 <= one.start < one.end <= size
