"""What a call hands over for the parameters of a function."""

from __future__ import annotations

from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.program import Frame
from logguard.static.flow.resolve import Callee
from logguard.static.flow.values import NONE, UNKNOWN, Hole, State, Value, cut, passed, union
from logguard.static.index import ir


def filled(ev: Evaluator, frame: Frame, call: ir.Call, callee: Callee, value: Value, shift: int = 0) -> Value:
    """Return a callee's value with its parameters replaced by what this call hands over."""
    if callee.frame is None or not value.holes:
        return value
    parts = [Value(value.taints, value.state)]
    for hole in value.holes:
        if hole.function != callee.frame.key:
            parts.append(Value((hole,), State.UNKNOWN))
            continue
        given = argument(ev, frame, call, callee, hole, shift)
        if hole.kept:
            given = cut(given, hole.kept)
        given = passed(
            given,
            ev.mark(frame, call.line, call.column, f"through `{callee.frame.function.name.rpartition('.')[2]}`"),
            hole.carrier or None,
        )
        parts.append(given)
    made = union(parts)
    return Value(made.shown, max(made.state, value.state) if made.shown else made.state)


def argument(ev: Evaluator, frame: Frame, call: ir.Call, callee: Callee, hole: Hole, shift: int = 0) -> Value:
    """Return what a call hands over for the part of a parameter that a hole names."""
    if callee.frame is None:
        return UNKNOWN
    params = callee.frame.function.params
    parameter = params[hole.index]
    offset = 1 if callee.bound else 0
    positional = call.args[shift:] if shift >= 0 else []
    path, minus = hole.path, hole.minus
    if shift < 0:
        return _thread_arguments(ev, frame, call, hole, parameter.name, offset)
    if parameter.form == "*":
        extra = positional[max(0, hole.index - offset) :]
        if path and path[0].isdigit():
            number = int(path[0])
            return ev.value(frame, extra[number], path[1:]) if number < len(extra) else UNKNOWN
        rest = path[1:] if path else ()
        return union(
            [ev.value(frame, one, rest) for one in extra] + [ev.value(frame, star, path) for star in call.stars]
        )
    if parameter.form == "**":
        taken = {other.name for other in params if other.form in ("any", "keyword")}
        extra_kwargs = [(name, one) for name, one in call.kwargs if name not in taken]
        made = ir.Group("dict", extra_kwargs, [], call.doubles)
        from logguard.static.flow.nodes.containers import group

        return group(ev, made, Ask(frame, -1, path, minus)) if extra_kwargs or call.doubles else NONE
    position = hole.index - offset
    certain = len(positional) if call.fixed < 0 else max(0, call.fixed - shift)
    if parameter.form == "any" and 0 <= position < certain:
        return ev.value(frame, positional[position], path, minus)
    for name, one in call.kwargs:
        if name == parameter.name:
            return ev.value(frame, one, path, minus)
    spread = [ev.value(frame, star, ("*", *path)) for star in call.stars]
    # Behind a star, nobody knows which parameter an argument is for.
    spread += [ev.value(frame, one, path, minus) for one in positional[certain:]]
    spread += [ev.value(frame, double, (parameter.name, *path)) for double in call.doubles]
    return union([*spread, _default(ev, callee.frame, hole)])


def _default(ev: Evaluator, callee: Frame, hole: Hole) -> Value:
    """Return what a parameter holds that is not given."""
    default = callee.function.params[hole.index].default
    outer = callee.module.frames.get(callee.function.parent or "")
    if default < 0 or outer is None:
        return NONE
    return ev.value(outer, default, hole.path, hole.minus)


def _thread_arguments(ev: Evaluator, frame: Frame, call: ir.Call, hole: Hole, name: str, offset: int) -> Value:
    """``Thread(target=f, args=(x,), kwargs={…})``."""
    given = dict(call.kwargs)
    found: list[Value] = []
    if "args" in given:
        found.append(ev.value(frame, given["args"], (str(hole.index - offset), *hole.path)))
    if "kwargs" in given:
        found.append(ev.value(frame, given["kwargs"], (name, *hole.path)))
    return union(found) if found else UNKNOWN
