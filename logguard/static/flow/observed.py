"""What an entry is read of, where somebody reads one: the whole that holds it, in another form as well."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.static.flow.anchors import Anchor, anchor_of, containers, unwrapped
from logguard.static.flow.frame import Frame, last_name, roots
from logguard.static.habits import habits
from logguard.static.index import ir
from logguard.static.verbs import verbs


def holding(frame: Frame, base: int) -> Iterator[Anchor]:
    """Yield the values that hold what is read of a node: the node, its containers, the address whose query it is."""
    for inner in containers(frame, base):
        anchor = anchor_of(frame, inner)
        if anchor is None:
            continue
        yield anchor
        if anchor[-1] in habits().request_queries:
            yield from ((*anchor[:-1], address) for address in habits().request_addresses)


def is_query(frame: Frame, number: int) -> bool:
    """Whether a node is the query of an address, taken apart."""
    for one in unwrapped(frame, number):
        node = frame.node(one)
        if isinstance(node, ir.Call) and last_name(frame, node.func) in habits().query_parsers:
            return True
    return False


def read_as_attributes(frame: Frame, number: int, node: ir.Call) -> Iterator[tuple[int, ir.Attr]]:
    """Yield (whole, attribute) of what is made into an object and read of it.

    ``Token.from_json(answer).token`` and ``Token(**answer).token`` read the key of the answer.
    """
    func = frame.node(node.func)
    named = last_name(frame, node.func) or ""
    if isinstance(func, ir.Attr) and verbs().makes(func.name):
        named = last_name(frame, func.base) or ""
    elif not node.doubles:
        return
    if not named[:1].isupper() or not (node.args or node.doubles):
        return
    given = node.doubles[0] if node.doubles else node.args[0]
    read = [(place, one) for place, one in frame.of_kind(ir.Attr) if number in roots(frame, one.base)]
    called = {call.func for _, call in frame.of_kind(ir.Call)} if read else set()
    yield from ((given, one) for place, one in read if place not in called)
