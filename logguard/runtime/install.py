"""Putting the guard in its place: one choke point before all handlers, and the hooks that the policy asks for."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from logguard.runtime.guard import AlreadyInstalled, Guard, Mode
from logguard.runtime.record.marked import CLEAN, unmark
from logguard.runtime.settings import MODE, PRESETS, chosen, policy_for

if TYPE_CHECKING:
    from logguard.core.policy import Policy

_LOCK = threading.Lock()
_INSTALLED: list[Guard] = []
"""The process's guard, if there is one."""


def install(
    policy: Policy | str | os.PathLike[str] | None = None, *, mode: Mode = "redact", wait: bool = False
) -> Guard:
    """Clean every log record of this process before a handler sees it, from now on.

    ``policy`` is a policy, a path, a package resource (``pkg:mypkg/logguard.toml``) or a preset's name; without it the
    environment's ``LOGGUARD_CONFIG`` names it, else it is ``default``. ``observe`` counts and changes nothing; the
    environment's ``LOGGUARD_MODE`` overrides ``mode``. With ``wait``, all detectors are loaded on return. Raises
    ``PolicyError``, and ``AlreadyInstalled`` if a guard with another policy or mode is there.
    """
    wanted = chosen(policy)
    mode = _mode(mode)
    with _LOCK:
        if _INSTALLED:
            guard = _INSTALLED[0]
            if guard.mode != mode or (guard.chosen != wanted and guard.policy != policy_for(wanted)):
                raise AlreadyInstalled("a guard with another policy or mode is installed: uninstall it first")
        else:
            if wanted != "default":
                from logguard.runtime.engine import check

                check(policy_for(wanted))
            guard = Guard(wanted, mode)
            _wrap(guard)
            _INSTALLED.append(guard)
            guard.undo.append(lambda: _forget(guard))
    if wait:
        guard.wait()
    else:
        guard.begin()
    return guard


def installed() -> Guard | None:
    """Return the process's guard."""
    return _INSTALLED[0] if _INSTALLED else None


def _forget(guard: Guard) -> None:
    with _LOCK:
        if guard in _INSTALLED:
            _INSTALLED.remove(guard)


def _wrap(guard: Guard) -> None:
    _replace(guard, "handle", _cleaning_handle(guard, logging.Handler.handle))
    if guard.chosen in PRESETS:
        return
    from logguard.runtime import hooks

    for name in guard.policy.runtime.hooks:
        guard.undo.append(hooks.HOOKS[name](guard))


def _cleaning_handle(guard: Guard, original: Callable[..., Any]) -> Callable[..., Any]:
    def handle(self: logging.Handler, record: logging.LogRecord) -> Any:
        if type(record) not in CLEAN:
            guard.clean(record)
        if self.filters and not guard.filtering:
            guard.filtering = True
            _replace(guard, "filter", _cleaning_filter(guard, logging.Handler.filter))
        return original(self, record)

    return handle


def _cleaning_filter(guard: Guard, original: Callable[..., Any]) -> Callable[..., Any]:
    """Clean a record again after filters of the handler's own that changed it: they run after the choke point."""

    def kept_clean(self: logging.Handler, record: logging.LogRecord) -> Any:
        if not self.filters:
            return original(self, record)
        before = dict(record.__dict__)
        answer = original(self, record)
        passed = answer if isinstance(answer, logging.LogRecord) else record
        if answer and type(passed) in CLEAN and not _same(passed.__dict__, before):
            unmark(passed)
            guard.clean(passed)
        return answer

    return kept_clean


def _same(fields: dict[str, Any], before: dict[str, Any]) -> bool:
    return len(fields) == len(before) and all(fields[name] is before.get(name, fields) for name in fields)


def _replace(guard: Guard, name: str, replaced: Callable[..., Any]) -> None:
    """Put a method of ours in the place of one of `logging.Handler`, until the guard is taken out."""
    own = logging.Handler.__dict__.get(name)
    original = getattr(logging.Handler, name)
    replaced.__doc__, replaced.__name__, replaced.__qualname__ = original.__doc__, name, original.__qualname__
    setattr(logging.Handler, name, replaced)

    def undo() -> None:
        if logging.Handler.__dict__.get(name) is not replaced:
            return  # somebody wrapped it after us: their wrapper stays, and ours does nothing any more
        if own is None:
            delattr(logging.Handler, name)
        else:
            setattr(logging.Handler, name, own)

    guard.undo.append(undo)


def _mode(mode: Mode) -> Mode:
    wanted = os.environ.get(MODE)
    for given, name in ((mode, "mode"), (wanted or mode, MODE)):
        if given not in ("redact", "observe"):
            from logguard.core.errors import PolicyError

            raise PolicyError(f"{name} is neither 'redact' nor 'observe'")
    if wanted is None or wanted == mode:
        return mode
    print(f"logguard: {MODE}={wanted} overrides the mode '{mode}'", file=sys.stderr)  # noqa: T201 - announced
    return wanted  # type: ignore[return-value]  # one of the two
