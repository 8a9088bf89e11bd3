"""What an entry is read of, where somebody reads one: the whole that holds it, in another form as well."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.core.names import words
from logguard.static.flow.anchors import Anchor, anchor_of, containers, unwrapped
from logguard.static.flow.frame import Frame, last_name, owner_name, root_of, roots
from logguard.static.habits import habits
from logguard.static.index import ir
from logguard.static.verbs import verbs

_BEHIND = {"split": ("1", "-1"), "partition": ("2", "-1")}
"""Methods that cut an address at its query, and the pieces that hold that."""


def holding(frame: Frame, base: int) -> Iterator[tuple[Anchor, bool]]:
    """Yield the values that hold what is read of a node, and whether each is the address whose query the node is."""
    for inner in containers(frame, base):
        anchor = anchor_of(frame, inner)
        if anchor is not None:
            yield anchor, False
            if _is_query_of_request(frame, inner):
                yield from (((*anchor[:-1], address), True) for address in habits().request_addresses)
        for address in _addresses(frame, inner):
            whole = anchor_of(frame, address)
            if whole is not None:
                yield whole, True


def _is_query_of_request(frame: Frame, number: int) -> bool:
    node = frame.node(root_of(frame, number))
    if not isinstance(node, ir.Attr) or node.name not in habits().request_queries:
        return False
    return not habits().request_names.isdisjoint(words(owner_name(frame, node.base))[-1:])


def _addresses(frame: Frame, number: int) -> Iterator[int]:
    """Yield the address that a text is the query of: ``urlparse(url).query``, ``url.split("?")[1]``."""
    part = frame.node(root_of(frame, number))
    call = frame.node(root_of(frame, part.base)) if isinstance(part, (ir.Attr, ir.Item)) else None
    if not isinstance(call, ir.Call) or not call.args:
        return
    if isinstance(part, ir.Attr):
        if part.name in habits().queries and last_name(frame, call.func) in habits().address_parsers:
            yield call.args[0]
        return
    func, mark = frame.node(call.func), frame.node(call.args[0])
    marked = isinstance(mark, ir.Const) and mark.text in ("?", "#")
    if marked and isinstance(func, ir.Attr) and isinstance(part, ir.Item) and part.key in _BEHIND.get(func.name, ()):
        yield func.base


def is_query(frame: Frame, number: int) -> bool:
    """Whether a node is the query of an address, taken apart."""
    for one in unwrapped(frame, number):
        node = frame.node(one)
        if isinstance(node, ir.Call) and node.args and last_name(frame, node.func) in habits().query_parsers:
            return any(True for _ in _addresses(frame, node.args[0]))
    return False


def read_as_attributes(frame: Frame) -> Iterator[tuple[int, ir.Attr]]:
    """Yield (whole, attribute) of what is made into an object and read of it.

    ``Token.from_json(answer).token`` and ``Token(**answer).token`` read the key of the answer.
    """
    made = {number: given for number, call in frame.of_kind(ir.Call) if (given := _made_of(frame, call)) is not None}
    if not made:
        return
    called = {call.func for _, call in frame.of_kind(ir.Call)}
    for place, one in frame.of_kind(ir.Attr):
        for root in roots(frame, one.base) if place not in called else ():
            call = frame.node(root) if root in made else None
            if isinstance(call, ir.Call) and one.name not in dict(call.kwargs):
                yield made[root], one


def _made_of(frame: Frame, call: ir.Call) -> int | None:
    """Return the mapping or text that a call makes an object of its class of."""
    if call.doubles:
        return call.doubles[0] if (last_name(frame, call.func) or "")[:1].isupper() else None
    func = frame.node(call.func)
    if not isinstance(func, ir.Attr) or not call.args or not verbs().makes(func.name):
        return None
    made = not habits().models.isdisjoint(words(func.name)) and (last_name(frame, func.base) or "")[:1].isupper()
    return call.args[0] if made else None


def joined(frame: Frame, number: int) -> Iterator[int]:
    """Yield what a mapping is put together from: ``own`` of ``os.environ | own`` and of ``{**os.environ, **own}``."""
    for root in roots(frame, number):
        node = frame.node(root)
        parts = node.parts if isinstance(node, ir.Text) else node.spread if isinstance(node, ir.Group) else [root]
        for part in parts:
            yield from roots(frame, part)
