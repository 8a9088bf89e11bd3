"""The closer look at a record that may hold something: each part gets its cleaned copy."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Mapping
from typing import Any

from logguard.core.names import Meaning
from logguard.detect.checks import looks_random
from logguard.runtime.record.exceptions import Exceptions
from logguard.runtime.record.marked import STANDARD
from logguard.runtime.record.template import Slot, Template, loosened
from logguard.runtime.redact.objects import Objects
from logguard.runtime.redact.proxy import Shown
from logguard.runtime.redact.text import TextRedactor
from logguard.runtime.redact.walk import PLAIN, Rendered

_NUMBERS = (int, float, bool, type(None))
_SIMPLE = (str, int, float, type(None))
_CONTAINERS = (dict, list, tuple, set, frozenset)


class CloserLook:
    """Cleans the parts of records; every method says that it looked."""

    def __init__(self, texts: TextRedactor, objects: Objects, exceptions: Exceptions, observe: bool) -> None:
        self.scanner = texts.scanner
        self.observe = observe
        self._texts = texts
        self._objects = objects
        self._exceptions = exceptions

    def plain(self, record: logging.LogRecord, message: str) -> bool:
        """Clean a message without arguments."""
        record.msg = self._texts.clean(message)
        return True

    def arguments(self, record: logging.LogRecord, message: str, args: Any, template: Template) -> bool:
        """Clean each argument; where one can't stay in its slot, the finished message takes their place."""
        if template.whole or (template.tight and self.observe):
            return self.finished(record)
        if isinstance(args, Mapping):
            return self._fill(record, message, self._named(args, template))
        if not isinstance(args, tuple) or len(args) != len(template.slots):
            return self.finished(record)
        before = (None, *args)
        cleaned = (
            self._argument(arg, slot, self._key(key, arg, slot))
            for key, arg, slot in zip(before, args, template.slots, strict=False)
        )
        alone = not (template.tight or template.blank) and all(map(self._is_alone, args, template.slots))
        return self._fill(record, message, tuple(cleaned), alone)

    def _is_alone(self, arg: object, slot: Slot) -> bool:
        """Whether an argument says nothing of what stands behind it: there is no key in it."""
        if type(arg) is not str:
            return type(arg) in _NUMBERS
        return slot.meaning is not None or not self.scanner.passes(f"{arg}=")

    def _key(self, before: object, arg: object, slot: Slot) -> Meaning | None:
        """Return what the argument before says of this one: as its key (``%s=%s``), as an option (``%s %s``).

        Behind a credential's name, what looks generated is one, whatever the words between (``set %s to %s``).
        """
        if type(before) is not str:
            return None
        name = before.strip("-=:> \t\"'")
        if slot.gap is not None and (
            before.startswith("-") or any(mark in slot.gap or before.endswith(mark) for mark in "=:>")
        ):
            return self._objects.meaning(name)
        found = self._objects.meaning(name) if type(arg) is str and looks_random(arg) else None
        return found if found is not None and found.kind.startswith("credential.") else None

    def finished(self, record: logging.LogRecord) -> bool:
        """Clean the finished message, and put it in the place of template and arguments."""
        if type(record.msg) in _CONTAINERS and not record.args and self._stays(record):
            return True
        cleaned = self._texts.clean(self._finished_text(record))
        if not self.observe:
            record.msg, record.args = cleaned, None
        return True

    def _stays(self, record: logging.LogRecord) -> bool:
        """Clean a container that is the message, for formatters that take one; whether its text is clean too."""
        copied = self._objects.data(record.msg)
        if self._texts.clean(str(copied), lines=True) != str(copied):
            return False
        if not self.observe:
            record.msg = copied
        return True

    def extras(self, record: logging.LogRecord) -> bool:
        """Clean the fields that came with ``extra``; objects that handlers work with stay, but show cleaned text."""
        for key in [name for name in record.__dict__ if name not in STANDARD]:
            value = record.__dict__[key]
            cleaned = self._under(key, value)
            shown = self._texts.clean(key)
            if not self.observe:
                del record.__dict__[key]
                record.__dict__[shown] = cleaned
        return True

    def name(self, name: object) -> object:
        """Clean the name of a logger, thread or process."""
        return self._texts.clean(name) if isinstance(name, str) else name

    def _under(self, name: str, value: Any) -> Any:
        """Clean what stands under a name; an object that isn't text or a container still answers as itself."""
        try:
            cleaned = self._objects.under(name, value)
        except Exception:
            cleaned = Rendered(*[self._texts.withhold("", "error")] * 2)
        return (
            Shown(value, cleaned, self._under) if type(cleaned) is Rendered and type(value) is not Rendered else cleaned
        )

    def trace(self, record: logging.LogRecord) -> bool:
        """Clean exception, its text and the stack."""
        info = record.exc_info
        if isinstance(info, tuple) and info[1] is not None:
            clean = self._exceptions.stand_in((info[0], info[1], info[2]))
            if not (isinstance(clean, tuple) and len(clean) == 3 and isinstance(clean[1], BaseException)):
                raise TypeError("no exception stands in")
            record.exc_info = info if self.observe else clean
        for name in ("exc_text", "stack_info"):
            text = getattr(record, name)
            if text:
                setattr(record, name, self._texts.clean(text, lines=True))
        return True

    def _named(self, args: Mapping[Any, Any], template: Template) -> dict[Any, Any]:
        slots = {slot.key: slot for slot in template.slots}
        cleaned = {}
        for key, value in args.items():
            slot = slots.get(key)
            if slot is not None and slot.meaning is not None:
                cleaned[key] = self._argument(value, slot)
            else:
                cleaned[key] = self._objects.under(key, value) if isinstance(key, str) else self._objects.data(value)
        return cleaned

    def _fill(self, record: logging.LogRecord, message: str, cleaned: Any, alone: bool = False) -> bool:
        if self.observe:
            return True
        try:
            finished = message % cleaned
        except (TypeError, ValueError, KeyError):
            record.msg, record.args = self._loosely(message, cleaned), None
            return True
        again = finished if alone else self._texts.clean(finished, lines=True)
        record.msg, record.args = (message, cleaned) if again == finished else (again, None)
        return True

    def _argument(self, arg: Any, slot: Slot, key: Meaning | None = None) -> Any:
        kind = type(arg)
        meaning = slot.meaning or key
        if meaning is not None:
            cleaned = self._objects.filled(arg, meaning)
            if cleaned is not arg:
                return cleaned
        if kind is str:
            return self._texts.clean(arg)
        if kind is bool or arg is None:
            return arg
        if slot.numeric or kind is int or kind is float or kind in _CONTAINERS:
            return self._objects.data(arg)
        how: Callable[[Any], str] = repr
        if slot.conversion in "sa":
            how = str if slot.conversion == "s" else ascii
        return self._rendered(arg, how)

    def _rendered(self, arg: Any, how: Callable[[Any], str]) -> Rendered:
        shown = self._objects.render(arg, how)
        return Rendered(shown, shown)

    def _finished_text(self, record: logging.LogRecord) -> str:
        """Return the message, each object in it rendered once."""
        message, args = record.msg, record.args
        if type(message) is not str and not args:
            return str(self._objects.data(message)) if type(message) in _CONTAINERS else self._objects.render(message)
        copied = copy.copy(record)
        if isinstance(args, tuple):
            copied.args = tuple(arg if isinstance(arg, _SIMPLE) else self._once(arg) for arg in args)
        try:
            return copied.getMessage()
        except Exception:
            return self._mistaken(str(message), args)

    def _once(self, arg: Any) -> Any:
        if type(arg) in _CONTAINERS or isinstance(arg, PLAIN):
            return self._objects.data(arg)
        return self._rendered(arg, str)

    def _loosely(self, message: str, cleaned: Any) -> str:
        """Return a message whose slots can't take what stands for a value: they all become ``%s``."""
        try:
            return self._texts.clean(loosened(message) % cleaned)
        except (TypeError, ValueError, KeyError):
            return self._mistaken(message, cleaned)

    def _mistaken(self, message: str, args: object) -> str:
        """Return what shows that the application's template and arguments don't fit; the record goes on."""
        return f"{self._texts.clean(message)} {self._objects.data(args)!r}"
