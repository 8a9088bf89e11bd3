"""How programs name what they do: the table ``habits.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from logguard.core.tables import beside


@dataclass(frozen=True, slots=True)
class Habits:
    """Words and names, by what they are taken for; the table says more of each."""

    loggers: frozenset[str]
    logger_factories: frozenset[str]
    failures: frozenset[str]
    """Methods of a logger that tell of a failure."""
    logs: frozenset[str]
    """Words of functions that log, those for failures among them."""
    messages: frozenset[str]
    wrappers: frozenset[str]
    """All words that a function around a log call is named by."""
    sends: frozenset[str]
    request_words: frozenset[str]
    request_ends: frozenset[str]
    payload: frozenset[str]
    address: frozenset[str]
    requests: frozenset[str]
    """Words of classes that describe a request."""
    signs_in: frozenset[str]
    """Kinds for which a credential is given."""
    body: frozenset[str]
    response_parts: frozenset[str]
    """What the answer to a request is read by, its body among it."""
    conversions: frozenset[str]
    parsers: frozenset[str]
    address_parsers: frozenset[str]
    queries: frozenset[str]
    query_parsers: frozenset[str]
    codes: frozenset[str]
    request_names: frozenset[str]
    request_queries: frozenset[str]
    request_addresses: frozenset[str]
    models: frozenset[str]
    asked_for: frozenset[str]
    truths: frozenset[str]
    statuses: frozenset[str]
    redactors: frozenset[str]
    """First words of functions that redact."""
    redacting: frozenset[str]
    """Last words of such functions, the first ones among them."""
    whole: frozenset[str]
    whole_exceptions: frozenset[str]
    starts_process: frozenset[str]
    command_lines: frozenset[str]
    web: frozenset[str]


@lru_cache(maxsize=1)
def habits() -> Habits:
    """Return the table, read."""
    table: dict[str, Any] = beside(__file__, "habits.toml")

    def some(*places: str) -> frozenset[str]:
        return frozenset(word for place in places for word in table[place.partition(".")[0]][place.partition(".")[2]])

    logs = some("wrapper.failures", "wrapper.levels")
    return Habits(
        loggers=some("logger.names"),
        logger_factories=some("logger.factories"),
        failures=some("wrapper.failures"),
        logs=logs,
        messages=some("wrapper.messages"),
        wrappers=logs | some("wrapper.messages", "wrapper.shown"),
        sends=some("request.sends"),
        request_words=some("request.words"),
        request_ends=some("request.ends"),
        payload=some("request.payload"),
        address=some("request.address"),
        requests=some("request.classes"),
        signs_in=some("request.signs-in"),
        body=some("answer.body"),
        response_parts=some("answer.body", "answer.parts"),
        conversions=some("answer.conversions"),
        parsers=some("answer.parsers", "address.query-parsers"),
        address_parsers=some("address.parsers"),
        queries=some("address.queries"),
        query_parsers=some("address.query-parsers"),
        codes=some("address.codes"),
        request_names=some("address.requests"),
        request_queries=some("address.of-requests"),
        request_addresses=some("address.shown-by"),
        models=some("answer.models"),
        asked_for=some("answer.asked-for"),
        truths=some("answer.truths"),
        statuses=some("answer.statuses"),
        redactors=some("redactor.words"),
        redacting=some("redactor.words", "redactor.ends"),
        whole=some("whole.attributes"),
        whole_exceptions=some("whole.of-exceptions"),
        starts_process=some("process.starts"),
        command_lines=some("command-line.topics"),
        web=some("web.topics"),
    )
