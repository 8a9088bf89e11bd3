"""The way of every record: nearly all are found clean here, by one look at what is not constant in them.

One function with its state in its closure, and few calls in it: it runs for every record, and what it costs decides
whether people keep the guard on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

from logguard.runtime.record.closer import CloserLook
from logguard.runtime.record.marked import OF, mark
from logguard.runtime.record.template import Template, read
from logguard.runtime.withheld import withhold

Clean = Callable[[logging.LogRecord], None]
"""Cleans a record in place. Never raises, and leaves nothing raw when it fails."""
Account = Callable[[logging.LogRecord, object], None]
"""Is told of a record that took a closer look, and of the template that it came with."""

_MOST_TEMPLATES = 4_096
_MOST_SEEN = 8_192
_LONGEST_SEEN = 200
_LONGEST_KEY = 60
_SHORTEST_NUMBER = 10**8
_SHORTEST_WORD = 6
"""Shorter alphabetic strings can't be a registered value, nor have any shape."""


def cleaner(closer: CloserLook, account: Account) -> Clean:
    """Return a function that cleans records: their fields get cleaned copies, the application's objects stay."""
    scanner = closer.scanner
    register = scanner.register
    templates: dict[str, Template] = {}
    seen: dict[str, None] = {}
    """Texts that were found clean since the last registration."""
    names: dict[tuple[object, ...], None] = {}
    """Names of logger, thread and process that were found clean together since the last registration."""
    usual = logging.LogRecord
    fields = len(logging.LogRecord("", 0, "", 0, "", (), None).__dict__)
    clean_classes = OF
    has_digit = re.compile("[0-9]").search
    means = scanner.keyed.meaning
    match: Callable[[bytes], object] = bool
    numbers: set[int] = set()
    version = -1

    def clean(record: logging.LogRecord) -> None:
        nonlocal match, numbers, version
        closely = False
        args: Any = None
        message: Any = None
        try:
            if version != register.version:  # values were registered: what was clean may hold one of them
                version = register.version
                match, numbers = scanner.compiled.match, register.numbers
                seen.clear()
                names.clear()
                templates.clear()
            held = record.__dict__
            message = held["msg"]
            args = held["args"]
            if type(message) is not str:
                closely = closer.finished(record)
            elif args:
                template = templates.get(message)
                if template is None:
                    if len(templates) >= _MOST_TEMPLATES:
                        templates.clear()
                    template = templates[message] = read(message, scanner)
                if template.closely or type(args) is not tuple or len(args) != template.size:
                    closely = closer.arguments(record, message, args, template)
                else:
                    # Small numbers, short words and texts that were clean before need no look; the others one in all.
                    fresh = ""
                    for arg in args:
                        kind = type(arg)
                        if kind is str:
                            if arg not in seen and (len(arg) >= _SHORTEST_WORD or not arg.isalpha()):
                                fresh = f"{fresh}\t{arg}" if fresh else arg
                        elif kind is int:
                            if not -_SHORTEST_NUMBER < arg < _SHORTEST_NUMBER or (numbers and abs(arg) in numbers):
                                break
                        elif kind is float:
                            if numbers and abs(arg) in numbers:
                                break
                        elif kind is not bool and arg is not None:
                            break
                    else:
                        if template.tight or (fresh and template.blank):
                            fresh = finished(message, args)
                        if not fresh or not match(fresh.encode("utf-8", "surrogatepass")):
                            if fresh:
                                remember((fresh,) if template.tight else args)
                            kind = None
                    if kind is not None:
                        closely = closer.arguments(record, message, args, template)
            elif message not in seen:
                if match(message.encode("utf-8", "surrogatepass")):
                    closely = closer.plain(record, message)
                elif len(message) <= _LONGEST_SEEN:
                    if len(seen) >= _MOST_SEEN:
                        seen.clear()
                    seen[message] = None
            if len(held) > fields or type(record) is not usual:
                closely = closer.extras(record) or closely
            get = held.get  # a class of records may do without some
            if (get("name"), get("threadName"), get("processName")) not in names:
                named(record)
            if held["exc_info"] or held["exc_text"] or held["stack_info"]:
                closely = closer.trace(record) or closely
        except Exception:
            closely = True
            if not closer.observe:
                withhold(record)
        made = clean_classes.get(type(record))
        if made is None:
            mark(record)
        else:
            record.__class__ = made
        if closely:
            account(record, message if args else None)

    def named(record: logging.LogRecord) -> None:
        """Clean the names in a record that are text of the application, too."""
        if len(names) >= _MOST_SEEN:
            names.clear()
        held, changed = record.__dict__, False
        for field in ("name", "threadName", "processName", "taskName"):
            if held.get(field) is not None:
                cleaned = closer.name(held[field])
                changed = changed or cleaned != held[field]
                if not closer.observe:
                    held[field] = cleaned
        if not changed:
            names[held.get("name"), held.get("threadName"), held.get("processName")] = None

    def finished(message: str, args: tuple[Any, ...]) -> str:
        """Return the message where it wasn't seen yet; of one that can't be formatted, what a look at it needs."""
        try:
            text = message % args
        except (TypeError, ValueError):
            text = "\t".join(map(str, args))
        return "" if text in seen else text

    def remember(args: tuple[Any, ...]) -> None:
        for arg in args:
            if type(arg) is not str or len(arg) > _LONGEST_SEEN or arg.startswith("-"):
                continue
            # A key says something of the next argument, whenever it comes; few have digits, and other words come again.
            if has_digit(arg) or means(arg[-_LONGEST_KEY:]) is None:
                if len(seen) >= _MOST_SEEN:
                    seen.clear()
                seen[arg] = None

    return clean
