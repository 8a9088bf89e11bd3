"""What a free name may hold, and the full dotted name of what a node names."""

from __future__ import annotations

from collections.abc import Iterator

from logguard.static.flow.frame import Frame, stripped
from logguard.static.index.ir import Attr, Free, Imported

_DEEPEST_NAME = 8


def lookup(frame: Frame, name: str) -> Iterator[tuple[Frame, int]]:
    """Yield (frame, node) of what a free name may hold: in the enclosing functions, then in the module."""
    module = frame.module
    parent = frame.function.parent
    while parent is not None:
        outer = module.frames.get(parent)
        if outer is None:
            break
        visible = not parent.endswith("<class>") or (
            parent == frame.function.parent and frame.function.name.endswith("<class>")
        )
        if visible and name in outer.function.scope:
            yield outer, outer.function.scope[name]
            yield from module.global_stores.get(name, ())
            return
        parent = outer.function.parent
    yield from module.global_stores.get(name, ())
    for star in module.summary.stars:
        yield from module.program.constant(f"{star}.{name}", module)


def qualified(frame: Frame, number: int, depth: int = 0) -> str | None:
    """Return the full dotted name of what a node names: ``os.environ``; built-ins by their bare name."""
    if number in frame.known_names:
        return frame.known_names[number]
    if depth > _DEEPEST_NAME:
        return None
    found = _qualified(frame, number, depth)
    if depth == 0:  # further in, the depth may have been spent
        frame.known_names[number] = found
    return found


def _qualified(frame: Frame, number: int, depth: int) -> str | None:
    node = frame.node(stripped(frame, number))
    if isinstance(node, Imported):
        return node.name
    if isinstance(node, Attr):
        base = qualified(frame, node.base, depth + 1)
        return f"{base}.{node.name}" if base else None
    if isinstance(node, Free):
        held = list(lookup(frame, node.name))
        if not held:
            return node.name
        outer, inner = held[0]
        target = outer.node(stripped(outer, inner))
        if isinstance(target, Imported):
            return target.name
        return qualified(outer, inner, depth + 1) if isinstance(target, Attr) else None
    return None
