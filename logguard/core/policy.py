"""The policy: one typed, immutable value that says what is sensitive and what to do about it.

Field names in the file are these in kebab-case. ``docs/policy.schema.json`` is generated from the types.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Any, Literal

import msgspec

Severity = Literal["error", "warning", "note", "off"]
"""How bad a finding is; ``off`` drops findings of a kind."""
Level = Literal["error", "warning", "note"]
"""From which severity on ``scan`` fails."""
Persona = Literal["regular", "pedantic", "auditor"]
"""Who reads the findings: each persona sees all that the ones before it see."""
Action = Literal["mask", "pseudonym", "remove", "keep"]
"""What the runtime guard does with a value."""
AuditAction = Literal["store", "encrypt", "action_only", "omit"]
"""What the audit trail does with a value."""

NOT_HASHED = ("include", "exclude", "not-python", "fail-on", "persona", "overrides", "plugins")
"""Keys that say where to look and how to report, not what is sensitive: outside the policy's hash."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=False):
    """A table of the policy file; unknown keys are errors."""


class KindPolicy(_Table, frozen=True):
    """``[kinds."personal.ip"]``: what to do with one kind; absent means the preset's choice."""

    severity: Severity | None = None
    action: Action | None = None
    audit: AuditAction | None = None


class NotSensitive(_Table, frozen=True):
    """``[not-sensitive]``: names and fields that only look sensitive."""

    names: list[str] = []
    fields: list[str] = []


class SourceRow(_Table, frozen=True):
    """``[[source]]``: what ``function`` returns is of ``kind``."""

    function: str
    kind: str


class SinkRow(_Table, frozen=True):
    """``[[sink]]``: ``function`` logs the arguments named by ``slots`` (names, positions, ``*`` or ``**``)."""

    function: str
    slots: list[str | int] = msgspec.field(default_factory=lambda: ["*", "**"])


class SanitizerRow(_Table, frozen=True):
    """``[[sanitizer]]``: what ``function`` returns is clean of the kinds in ``cleans`` (all when empty)."""

    function: str
    cleans: list[str] = []


class Override(_Table, frozen=True):
    """``[overrides."tests/**"]``: other reporting for the files that match the pattern."""

    fail_on: Level | None = None
    persona: Persona | None = None
    kinds: dict[str, KindPolicy] = {}


class Runtime(_Table, frozen=True):
    """``[runtime]``: the guard's settings."""

    regions: list[Annotated[str, msgspec.Meta(pattern="^[A-Za-z]{2}$")]] = []
    pseudonym_key: list[str] = []
    newlines: Literal["escape", "keep"] = "escape"
    known: list[str] = []
    hits: str | None = None
    build: str | None = None
    hooks: list[Literal["excepthook", "threading", "streams"]] = []


class Plugins(_Table, frozen=True):
    """``[plugins]``: which installed plugins join in."""

    load: list[str] = []
    autoload: bool = False


class AuditRequired(_Table, frozen=True):
    """``[[audit.required]]``: ``function`` must record ``action``."""

    function: str
    action: str


class Audit(_Table, frozen=True):
    """``[audit]``: what the audit trail must hold."""

    required: list[AuditRequired] = []


class Policy(_Table, frozen=True):
    """Everything that is configurable, with the preset not yet expanded."""

    preset: Literal["default", "everything"] = "default"
    include: list[str] = []
    exclude: list[str] = []
    not_python: list[str] = []
    fail_on: Level = "warning"
    persona: Persona = "regular"
    kinds: dict[str, KindPolicy] = {}
    names: dict[str, str] = {}
    fields: dict[str, str] = {}
    not_sensitive: NotSensitive = NotSensitive()
    source: list[SourceRow] = []
    sink: list[SinkRow] = []
    sanitizer: list[SanitizerRow] = []
    overrides: dict[str, Override] = {}
    runtime: Runtime = Runtime()
    plugins: Plugins = Plugins()
    audit: Audit = Audit()

    def digest(self) -> str:
        """Return ``sha256:…`` over what decides about sensitivity, as the contract defines it."""
        from logguard.core.kinds import kinds

        resolved: dict[str, Any] = msgspec.to_builtins(self)
        for key in NOT_HASHED:
            del resolved[key]
        chosen = resolved["kinds"]
        resolved["kinds"] = {
            kind.id: {**chosen.get(kind.id, {}), "severity": self.severity(kind.id)} for kind in kinds().values()
        }
        return "sha256:" + hashlib.sha256(msgspec.json.encode(resolved, order="sorted")).hexdigest()

    def severity(self, kind: str, path_overrides: tuple[Override, ...] = ()) -> Severity:
        """Return the severity of ``kind``; of several matching overrides the last one wins."""
        from logguard.core.kinds import kinds

        for override in reversed(path_overrides):
            if kind in override.kinds and override.kinds[kind].severity is not None:
                return override.kinds[kind].severity or "off"
        own = self.kinds.get(kind)
        if own is not None and own.severity is not None:
            return own.severity
        return "error" if kinds()[kind].severity == "error" else "warning"


def preset(name: str) -> Policy:
    """Return the policy that is nothing but a preset."""
    return Policy(preset="everything" if name == "everything" else "default")


TABLES: tuple[type[msgspec.Struct], ...] = (
    Policy,
    KindPolicy,
    NotSensitive,
    SourceRow,
    SinkRow,
    SanitizerRow,
    Override,
    Runtime,
    Plugins,
    Audit,
    AuditRequired,
)
"""Every table of the file, for suggestions and the schema."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the policy file (without the ``tool.logguard`` prefix)."""
    made = msgspec.json.schema(Policy)
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    made["title"] = "logguard policy"
    return made
