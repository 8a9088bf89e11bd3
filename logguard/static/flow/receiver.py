"""Of which class the object is that a method runs on, on the way from a method to its callers.

A method of a base class calls what any of its heirs may define; once a way has gone through one heir, it can't go on
through another.
"""

from __future__ import annotations

from logguard.static.flow.frame import CallSite, Frame
from logguard.static.flow.module import Module
from logguard.static.flow.naming import qualified
from logguard.static.flow.resolve import Callee, class_of, is_self
from logguard.static.index import ir

Receiver = tuple[Module, str] | tuple[()]
"""A class, or nothing where it isn't known."""


def receiver_of(frame: Frame) -> Receiver:
    """Return the class whose method a function is."""
    return (frame.module, frame.function.cls) if frame.function.cls else ()


def related(one: Receiver, other: Receiver) -> bool:
    """Whether an object can be of both classes, because one inherits from the other."""
    return not one or not other or _inherits(one, other) or _inherits(other, one)


def nearer(one: Receiver, other: Receiver) -> Receiver:
    """Return the class that says more of the same object."""
    return other if not one or (other and _inherits(other, one)) else one


def receiver_before(site: CallSite, callee: Callee, receiver: Receiver) -> Receiver | None:
    """Return the class of the caller's own object; ``None`` if the call can't run a method on such an object."""
    own = receiver_of(site.frame)
    if callee.cls is not None:
        return own if not receiver or _inherits(callee.cls, receiver) else None
    func = site.frame.node(site.call.func)
    if not isinstance(func, ir.Attr) or not receiver:
        return own
    if _on_itself(site, func):
        if not related(own, receiver):
            return None
        return receiver if own and _inherits(receiver, own) else own
    held = class_of(site.frame, func.base)
    return own if held is None or related(held, receiver) else None


def _on_itself(site: CallSite, func: ir.Attr) -> bool:
    """Whether a method is called on the caller's own object: ``self.f()``, ``super().f()``, ``Base.f(self)``."""
    frame = site.frame
    base = frame.node(func.base)
    if is_self(frame, func.base) or (isinstance(base, ir.Call) and qualified(frame, base.func) == "super"):
        return True
    return bool(site.call.args) and is_self(frame, site.call.args[0])


def _inherits(one: tuple[Module, str], other: tuple[Module, str]) -> bool:
    return any((home, cls.name) == other for home, cls in one[0].lineage(one[1]))
