"""Find and read policy files; every mistake in one is reported with its line and a suggestion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import msgspec

from logguard.core import policy as types
from logguard.core.errors import PolicyError, did_you_mean
from logguard.core.kinds import kinds
from logguard.core.policy import Policy
from logguard.core.tables import parse

OWN_FILE = "logguard.toml"
SHARED_FILE = "pyproject.toml"
DEFAULT = Policy()
"""What applies where no policy file is found; one value, so that all such files share one vocabulary."""
VCS_FOLDERS = (".git", ".hg", ".svn", ".jj")

_PATH = re.compile(r" - at `(?:key in )?\$(.*)`$")
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")
_UNKNOWN = re.compile(r"unknown field `([^`]+)`")
_ENUM = re.compile(r"Invalid enum value '([^']*)'")


@dataclass(frozen=True, slots=True)
class Rooted:
    """A policy together with the folder that its patterns are relative to."""

    policy: Policy
    root: Path
    """The policy's folder, else the VCS root, else the given path."""
    file: Path | None
    """The file it came from, or ``None`` where no policy file was found."""


def rooted_here(folder: Path) -> Rooted | None:
    """Return the policy that starts in a folder: of the file in it, or the default where it is a VCS root."""
    found = policy_file(folder)
    if found is not None:
        return Rooted(load(found), folder, found)
    return Rooted(DEFAULT, folder, None) if any((folder / name).exists() for name in VCS_FOLDERS) else None


def policy_file(folder: Path) -> Path | None:
    """Return the policy file in ``folder``, if any; raises ``PolicyError`` if it has two."""
    own, shared = folder / OWN_FILE, folder / SHARED_FILE
    if own.is_symlink():
        # Links of a scanned tree are not followed: they may lead out of it.
        raise PolicyError("is a link: put the file itself there, or name it with --config", own)
    has_shared = (
        shared.is_file()
        and not shared.is_symlink()
        and "tool.logguard" in shared.read_text(encoding="utf-8", errors="replace")
    )
    if own.is_file() and has_shared and _table(shared) is not None:
        raise PolicyError(f"{folder} has two policies, {OWN_FILE} and [tool.logguard] in {SHARED_FILE}: keep one")
    if own.is_file():
        return own
    return shared if has_shared and _table(shared) is not None else None


def load(path: Path) -> Policy:
    """Read the policy in ``path``; raises ``PolicyError`` that names file, line and what to do."""
    table = _table(path)
    if table is None:
        raise PolicyError(f"no [tool.logguard] table in it: add one, or use a {OWN_FILE}", path)
    prefix = ("tool", "logguard") if path.name == SHARED_FILE else ()
    try:
        policy = msgspec.convert(table, Policy)
    except msgspec.ValidationError as error:
        steps = _steps(str(error))
        raise PolicyError(_explain(str(error)), path, _line(path, (*prefix, *steps))) from None
    for steps, message in _dangling(policy):
        raise PolicyError(message, path, _line(path, (*prefix, *steps)))
    return policy


def validate(policy: Policy) -> None:
    """Raise ``PolicyError`` if a policy that was made in code says what a file can't."""
    try:
        msgspec.convert(msgspec.to_builtins(policy), Policy)
    except msgspec.ValidationError as error:
        raise PolicyError(_explain(str(error))) from None
    for _, message in _dangling(policy):
        raise PolicyError(message)


def refuse_plugins(policy: Policy, path: Path | None = None) -> None:
    """Raise ``PolicyError`` if a policy asks for plugins: none can be loaded yet, and none is left out silently."""
    for name in policy.plugins.load:
        prefix = ("tool", "logguard") if path is not None and path.name == SHARED_FILE else ()
        line = _line(path, (*prefix, "plugins", "load")) if path is not None else None
        raise PolicyError(f"plugin '{name}' can't be loaded: this version loads none", path, line)


def _dangling(policy: Policy) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (key path, message) for each word that should name something and doesn't."""
    for steps, word, known, what in _references(policy):
        if word not in known:
            yield steps, f"unknown {what} '{word}'{did_you_mean(word, known)}"


def _table(path: Path) -> dict[str, Any] | None:
    try:
        whole = parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PolicyError(f"can't be read: {error.strerror or error}", path) from None
    except UnicodeDecodeError:
        raise PolicyError("is not UTF-8: save it as UTF-8", path) from None
    except RecursionError:
        raise PolicyError("is nested too deeply", path) from None
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        raise PolicyError(f"is not TOML: {error}", path, int(line[1]) if line else None) from None
    if path.name != SHARED_FILE:
        return whole
    tool = whole.get("tool", {})
    table = tool.get("logguard") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _references(policy: Policy) -> list[tuple[tuple[str, ...], str, list[str], str]]:
    """Return (key path, word, known words, what) for every word of the policy that must exist."""
    known = list(kinds())
    rows: list[tuple[tuple[str, ...], str, list[str], str]] = []
    rows += [(("kinds", kind), kind, known, "kind") for kind in policy.kinds]
    rows += [(("names", name), kind, known, "kind") for name, kind in policy.names.items()]
    rows += [(("fields", name), kind, known, "kind") for name, kind in policy.fields.items()]
    rows += [(("source", "kind", row.kind), row.kind, known, "kind") for row in policy.source]
    rows += [(("sanitizer", "cleans", kind), kind, known, "kind") for row in policy.sanitizer for kind in row.cleans]
    for pattern, override in policy.overrides.items():
        rows += [(("overrides", pattern, "kinds", kind), kind, known, "kind") for kind in override.kinds]
    return rows


def _explain(error: str) -> str:
    message = _PATH.sub("", error)
    unknown = _UNKNOWN.search(message)
    if unknown is not None:
        fields = {field.encode_name for table in types.TABLES for field in msgspec.structs.fields(table)}
        if unknown[1] in fields:
            return f"the key '{unknown[1]}' doesn't belong in this table; see docs/policy.md"
        return f"unknown key '{unknown[1]}'{did_you_mean(unknown[1], fields) or '; see docs/policy.md for the keys'}"
    enum = _ENUM.search(message)
    if enum is not None:
        path = _PATH.search(error)
        key = path[1].rpartition(".")[2] if path else ""
        choices = _CHOICES.get(key) or tuple(word for some in _CHOICES.values() for word in some)
        listed = f"; use one of {', '.join(choices)}" if key in _CHOICES else "; see docs/policy.md"
        at = f" for '{path[1].lstrip('.')}'" if path else ""
        return f"unknown value '{enum[1]}'{at}{did_you_mean(enum[1], choices) or listed}"
    path = _PATH.search(error)
    for word, plain in _PLAIN.items():
        message = message.replace(word, plain)
    return f"{message}{f' for {path[1].lstrip(chr(46))!r}' if path else ''}; see docs/policy.md"


_PLAIN = {
    "`object`": "a table",
    "`array`": "a list",
    "`str`": "text",
    "`bool`": "true or false",
    "text matching regex '^[A-Za-z]{2}$'": "a country's code of two letters",
}
"""What people call what msgspec expects."""
_CHOICES: dict[str, tuple[str, ...]] = {
    "severity": get_args(types.Severity),
    "fail-on": get_args(types.Level),
    "persona": get_args(types.Persona),
    "action": get_args(types.Action),
    "audit": get_args(types.AuditAction),
    "preset": ("default", "everything"),
    "newlines": ("escape", "keep"),
}
"""The words that a key takes."""


def _steps(error: str) -> tuple[str, ...]:
    """Turn the ``$.kinds[...].severity`` of a msgspec error into keys; ``[...]`` is any key whose value is at fault."""
    path = _PATH.search(error)
    steps = [name or index for name, index in _STEP.findall(path[1])] if path else []
    last = _UNKNOWN.search(error) or _ENUM.search(error)
    resolved = [step for step in steps if step and not step.isdigit() and step != "..."]
    return (*resolved, last[1]) if last else tuple(resolved)


def _line(path: Path, steps: tuple[str, ...]) -> int | None:
    """Return the line (from 1) where the last of ``steps`` stands, searching below the earlier ones."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at: int | None = None
    row = 0
    for step in steps:
        word = re.compile(rf"(?<![\w-]){re.escape(step)}(?![\w-])")
        hit = next((i for i in range(row, len(lines)) if word.search(lines[i].split(" #")[0])), None)
        if hit is not None:
            at, row = hit + 1, hit
    return at
