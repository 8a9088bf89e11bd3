"""Carriers: header sets, bodies, and the answers of endpoints that hand out credentials."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from logguard.core.catalog import AttributeEntry, holds_within
from logguard.core.finding import Confidence
from logguard.core.kinds import title
from logguard.core.names import words
from logguard.static.flow.evaluate import Evaluator
from logguard.static.flow.frame import Frame, last_name, owner_name, roots, stripped
from logguard.static.flow.naming import qualified
from logguard.static.flow.resolve import is_self
from logguard.static.flow.values import ANSWER, Path, Place, Shown, State, Taint, Value, union
from logguard.static.habits import habits
from logguard.static.index import ir


def carrier_attribute(ev: Evaluator, frame: Frame, node: ir.Attr, place: tuple[int, int]) -> Value | None:
    """Return the carrier that an attribute is by its name and the name of its object: ``request.headers``."""
    rows = ev.catalog.attributes.get(node.name)
    if not rows:
        return None
    base = owner_name(frame, node.base) or ("self" if is_self(frame, node.base) else "")
    found = words(base)
    row = next((row for row in rows if _applies(row, found, frame.module.topics)), None)
    if row is None:
        return None
    confidence = Confidence.of(row.confidence)
    if not row.within and not frame.module.topics & habits().web and found[-1:] not in (("request",), ("req",)):
        confidence = Confidence.LOW
    signs_in = ev.verbs.signs_in(frame.function.name.rpartition(".")[2])
    if row.doubtful((*found, *words(node.name)), frame.module.path_words) and not signs_in:
        confidence = Confidence.LOW
    why = f"`.{node.name}` is {row.note}"
    return Value((Taint(row.kind, row.carrier, confidence, ev.place(frame, *place), why),))


def with_headers(ev: Evaluator, frame: Frame, name: str, value: Value, place: tuple[int, int]) -> Value:
    """Return the value with what a name such as ``headers`` says: that it is a header set, as sure as the module is."""
    carrier = ev.evidence(frame.module).carrier_named(name)
    if carrier is None or value.state is not State.UNKNOWN or value.taints:
        return value
    kind, what, confidence = carrier
    taint = Taint(kind, "headers", confidence, ev.place(frame, *place), f"`{name}` holds {what}")
    return union([value, Value((taint,))])


def keyword_headers(ev: Evaluator, frame: Frame, base: int, key: str, value: Value, place: tuple[int, int]) -> Value:
    """``kwargs["headers"]`` is the parameter of that name, as a caller hands it over."""
    given = frame.node(stripped(frame, base))
    if not isinstance(given, ir.Param) or frame.function.params[given.index].form != "**":
        return value
    return with_headers(ev, frame, key, value, place)


def without_credentials(ev: Evaluator, minus: frozenset[str]) -> bool:
    """Whether what signs in is left out of a header set, and not what a proxy asks for or another key alone."""
    found = (ev.vocabulary.value(key) for key in minus if "proxy" not in words(key))
    return any(meaning is not None and meaning.kind == "credential.authorization" for meaning in found)


def _applies(row: AttributeEntry, found: tuple[str, ...], topics: frozenset[str]) -> bool:
    """Whether a row is about an object whose name has these words, in a module about these topics."""
    named = not row.of or (bool(found) and (found[-1] in row.of or found[0] in row.of))
    return named and holds_within(row, topics)


def response_part(
    ev: Evaluator, frame: Frame, base: int, name: str, path: Path, place: tuple[int, int]
) -> Value | None:
    """Return what the body of a response shows, if the request asked for credentials."""
    if name not in habits().response_parts or path:
        return None
    for root in roots(frame, base):
        node = frame.node(root)
        if isinstance(node, ir.Call) and _sends(ev, frame, node):
            return response_of(ev, frame, node, place)
    return None


def sends(name: str) -> bool:
    """Whether a function of this name sends a request, and returns the answer."""
    found, known = words(name), habits()
    named = not known.request_words.isdisjoint(found) and found[-1] in known.request_ends
    return named or name.strip("_") in known.sends


def _sends(ev: Evaluator, frame: Frame, call: ir.Call) -> bool:
    dotted = qualified(frame, call.func)
    given = bool(call.args or call.kwargs)
    return dotted in ev.catalog.http or (given and sends(last_name(frame, call.func) or ""))


def response_of(ev: Evaluator, frame: Frame, call: ir.Call, place: tuple[int, int]) -> Value | None:
    """Return the credentials in the answer to a request, where address, payload or function say that it has some."""
    credentials = list(_credentials_in(ev, frame, call, place))
    found: list[Shown] = [*credentials, *_person_in(ev, frame, place)]
    if not credentials:
        found += answered(union(ev.value(frame, one) for one in _payload(call)), ev.place(frame, *place)).shown
    return Value(tuple(found)) if found else None


def answered(payload: Value, place: Place) -> Value:
    """Return what shows of the answer to a request: who hands over a password gets a credential for it."""
    given = next((taint for taint in payload.taints if taint.kind in habits().signs_in), None)
    # The way of what is handed over ends here: how far the answer went says how sure it is.
    holes = [replace(hole, path=(ANSWER, *hole.path), marks=()) for hole in payload.holes if ANSWER not in hole.path]
    if given is None:
        return Value(tuple(holes))
    why = f"it is the answer to a request that hands over {title(given.kind)}"
    return Value((Taint("credential.access_token", "body", Confidence.MEDIUM, place, why, answered=True), *holes))


def _person_in(ev: Evaluator, frame: Frame, place: tuple[int, int]) -> Iterator[Taint]:
    """Yield what the function's name says of the answer: `get_location`."""
    function = frame.function.name.rpartition(".")[2]
    result = ev.verbs.result(ev.vocabulary, function)
    of_a_person = result is not None and not (result.kind == "personal.address" and result.confidence is Confidence.LOW)
    if result is not None and of_a_person and result.kind in habits().asked_for:
        why = f"it is the answer to a request in `{function}`"
        yield Taint(result.kind, "body", Confidence.MEDIUM, ev.place(frame, *place), why, answered=True)


def _credentials_in(ev: Evaluator, frame: Frame, call: ir.Call, place: tuple[int, int]) -> Iterator[Taint]:
    """Yield what the function's name or the address says of the answer: ``get_token``, ``/oauth/token``."""
    why = _asks_for_credentials(ev, frame, call)
    if why is not None:
        yield Taint("credential.access_token", "body", Confidence.MEDIUM, ev.place(frame, *place), why, answered=True)


def _asks_for_credentials(ev: Evaluator, frame: Frame, call: ir.Call) -> str | None:
    function = frame.function.name.rpartition(".")[2]
    result = ev.verbs.result(ev.vocabulary, function)
    if result is not None and result.kind in ("credential.access_token", "credential.refresh_token"):
        return f"it is the answer to a request in `{function}`"
    address = call.args[:2] + [value for name, value in call.kwargs if name in habits().address]
    for number in address:
        for text in _texts(frame, number, 0):
            if ev.verbs.signs_in(text, address=True):
                return "it is the answer of an address that hands out credentials"
    if ev.verbs.signs_in(function):
        return f"it is the answer to a request in `{function}`"
    return None


def _payload(call: ir.Call) -> list[int]:
    """Return what a request hands over."""
    return [*call.args[1:], *(value for name, value in call.kwargs if name in habits().payload)]


def _texts(frame: Frame, number: int, depth: int) -> list[str]:
    """Return the constant words of an address: its literals, and the names of its parts."""
    node = frame.node(number)
    if depth > 4:
        return []
    if isinstance(node, ir.Const):
        return [node.text] if node.text and "/" in node.text else []
    if isinstance(node, ir.Template):
        return [node.words]
    if isinstance(node, ir.Text):
        return [text for part in node.parts for text in _texts(frame, part, depth + 1)]
    if isinstance(node, ir.Bind):
        named = [node.name] if words(node.name)[-1:] in (("url",), ("uri",), ("endpoint",)) else []
        return named + _texts(frame, node.value, depth + 1)
    if isinstance(node, (ir.Attr, ir.Free)):
        return [node.name] if words(node.name)[-1:] in (("url",), ("uri",), ("endpoint",)) else []
    if isinstance(node, ir.Join):
        return [text for value in node.values for text in _texts(frame, value, depth + 1)]
    return []
