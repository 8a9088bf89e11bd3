"""Every part of a log record that a value can stand in, and every way in which text can hold one."""

from __future__ import annotations

import base64
import builtins
import collections
import dataclasses
import enum
import json
import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from benchmarks.planted import Plant

Log = Callable[[logging.Logger, Plant], None]
"""Logs a plant in one way."""


def _raised(make: Callable[[], BaseException]) -> BaseException:
    try:
        raise make()
    except BaseException as error:
        return error


def _chained(first: str, then: str, cause: bool) -> BaseException:
    try:
        try:
            raise ValueError(first)
        except ValueError as error:
            if cause:
                raise RuntimeError(then) from error
            raise RuntimeError(then)  # noqa: B904 - the context is what is tested
    except RuntimeError as error:
        return error


def _noted(text: str) -> BaseException:
    error = _raised(lambda: ValueError("plain"))
    error.__dict__["__notes__"] = [text]  # what `add_note` does from Python 3.11 on
    return error


def _grouped(text: str) -> BaseException:
    group = getattr(builtins, "ExceptionGroup", None)
    if group is None:
        return _raised(lambda: ValueError(text))
    return _raised(lambda: group("several", [ValueError(text), KeyError("x")]))


class _Shows:
    """An object whose text is what it was given."""

    def __init__(self, text: str) -> None:
        self.shown = text

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"<Shows {self.shown}>"


class _Holder:
    """An object that shows a field's value, but not its name."""

    __slots__ = ("__dict__",)

    def __init__(self, key: str, value: object) -> None:
        setattr(self, key, value)

    def __str__(self) -> str:
        return "holder of " + " and ".join(map(str, vars(self).values()))

    __repr__ = __str__


def _data(plant: Plant) -> object:
    return dataclasses.make_dataclass("Config", [(plant.key, str), ("port", int)])(plant.value, 5432)


def _tuple(plant: Plant) -> object:
    make: Any = collections.namedtuple
    made = make("Row", [plant.key, "port"])
    return made(plant.value, 5432)


def _enum(plant: Plant) -> object:
    make: Any = enum.Enum
    made = make("Setting", {plant.key: plant.value})
    return made[plant.key]


def _filtered(logger: logging.Logger, plant: Plant) -> None:
    """Log through handlers whose own filter adds the value."""

    def add(record: logging.LogRecord) -> bool:
        setattr(record, plant.key, plant.value)
        return True

    own: logging.Logger = getattr(logger, "logger", logger)  # of an adapter
    handlers = [*own.handlers, *logging.root.handlers]
    for handler in handlers:
        handler.addFilter(add)
    try:
        logger.info("done")
    finally:
        for handler in handlers:
            handler.removeFilter(add)


def in_parts(text: Callable[[Plant], str]) -> dict[str, Log]:
    """Return every part of a record, each given the text that ``text`` makes of a plant."""

    def failing(make: Callable[[str], BaseException]) -> Log:
        def log(logger: logging.Logger, plant: Plant) -> None:
            logger.error("failed", exc_info=make(text(plant)))

        return log

    return {
        "message": lambda log, p: log.info(text(p)),
        "argument %s": lambda log, p: log.info("value: <%s> of %d", text(p), 3),
        "argument %r": lambda log, p: log.info("value: <%r>", text(p)),
        "argument %a": lambda log, p: log.info("value: <%a>", text(p)),
        "argument %(name)s": lambda log, p: log.info("value: <%(it)s>", {"it": text(p), "n": 1}),
        "bytes": lambda log, p: log.info("value: %s", text(p).encode()),
        "list": lambda log, p: log.info("values: %s", [1, [text(p)]]),
        "dict value": lambda log, p: log.info("values: %s", {"it": {"deep": (text(p),)}}),
        "set": lambda log, p: log.info("values: %r", {text(p)}),
        "object": lambda log, p: log.info("object %s", _Shows(text(p))),
        "object %r": lambda log, p: log.info("object %r", _Shows(text(p))),
        "object as message": lambda log, p: log.info(_Shows(text(p))),
        "list as message": lambda log, p: log.info([text(p)]),
        "extra": lambda log, p: log.info("done", extra={"detail": text(p)}),
        "extra, nested": lambda log, p: log.info("done", extra={"detail": {"a": [text(p)]}}),
        "extra, object": lambda log, p: log.info("done", extra={"detail": _Shows(text(p))}),
        "exception": failing(lambda t: _raised(lambda: ValueError(t))),
        "exception, cause": failing(lambda t: _chained(t, "then", cause=True)),
        "exception, context": failing(lambda t: _chained(t, "then", cause=False)),
        "exception, note": failing(_noted),
        "exception, group": failing(_grouped),
        "exception, key error": failing(lambda t: _raised(lambda: KeyError(t))),
        "exception as message": lambda log, p: log.error(_raised(lambda: ValueError(text(p)))),
        "exception as argument": lambda log, p: log.error("failed: %s", _raised(lambda: ValueError(text(p)))),
        "exception as %r": lambda log, p: log.error("failed: %r", _raised(lambda: ValueError(text(p)))),
        "JSON text": lambda log, p: log.info("body %s", json.dumps({"it": text(p)})),
        "URL-encoded": lambda log, p: log.info("query %s", quote(text(p), safe="")),
        "base64": lambda log, p: log.info("payload %s", base64.b64encode(text(p).encode()).decode()),
    }


def in_keys() -> dict[str, Log]:
    """Return the parts that give a value its key: slots, fields, keys of mappings, markup."""
    return {
        "slot": lambda log, p: log.info(f"{p.key}=%s", p.value),
        "slot in a sentence": lambda log, p: log.info(f"using {p.key}: %s for %d", p.value, 3),
        "slot %r": lambda log, p: log.info(f"{p.key}=%r", p.value),
        "slot by name": lambda log, p: log.info(f"{p.key}=%({p.key})s", {p.key: p.value}),
        "key in an argument": lambda log, p: log.info("%s=%s", p.key, p.value),
        "key in an argument before": lambda log, p: log.info("%s %s", f"--{p.key}", p.value),
        "key by name": lambda log, p: log.info("%(key)s=%(held)s", {"key": p.key, "held": p.value}),
        "pair in extra": lambda log, p: log.info("done", extra={"pairs": [(p.key, p.value)]}),
        "pair of names in extra": lambda log, p: log.info("done", extra={"env": [{"name": p.key, "value": p.value}]}),
        "argument list in extra": lambda log, p: log.info("done", extra={"argv": ["run", f"--{p.key}", p.value]}),
        "objects in a field": lambda log, p: log.info("%s", _Holder("all", [_Holder(p.key, p.value)])),
        "added by a filter": _filtered,
        "dict": lambda log, p: log.info("config %s", {p.key: p.value, "port": 1}),
        "dict, nested": lambda log, p: log.info("config %r", [{"a": {p.key: p.value}}]),
        "dict as message": lambda log, p: log.info({p.key: p.value}),
        "JSON": lambda log, p: log.info("body " + json.dumps({p.key: p.value, "port": 1})),
        "JSON in JSON": lambda log, p: log.info("body " + json.dumps({"x": json.dumps({p.key: p.value})})),
        "XML": lambda log, p: log.info(f"<a><{p.key}>%s</{p.key}></a>", p.value),
        "header": lambda log, p: log.info(f"{p.key.replace('_', '-').title()}: {p.value}"),
        "query": lambda log, p: log.info(f"GET /x?a=1&{p.key}={quote(p.value, safe='')}&b=2"),
        "quoted": lambda log, p: log.info(f'connect({p.key}="{p.value}", port=1)'),
        "extra": lambda log, p: log.info("done", extra={p.key: p.value}),
        "extra, nested": lambda log, p: log.info("done", extra={"ctx": {"deep": {p.key: p.value}}}),
        "dataclass": lambda log, p: log.info("config %s", _data(p)),
        "named tuple": lambda log, p: log.info("row %s", _tuple(p)),
        "enum": lambda log, p: log.info("setting %r", _enum(p)),
        "field shown without its name": lambda log, p: log.info("%s", _Holder(p.key, p.value)),
        "object in extra": lambda log, p: log.info("done", extra={"holder": _Holder(p.key, p.value)}),
    }
