"""What a call hands over for the parameters of a function."""

from __future__ import annotations

from msgspec.structs import replace

from logguard.static.flow.evaluate import Ask, Evaluator
from logguard.static.flow.frame import NUMBER, Frame, root_of
from logguard.static.flow.objects.carriers import answered
from logguard.static.flow.resolve import Callee
from logguard.static.flow.values import (
    ANSWER,
    NONE,
    UNKNOWN,
    Hole,
    Path,
    State,
    Value,
    cut,
    doubted,
    is_unknown,
    passed,
    union,
)
from logguard.static.index import ir


def filled(ev: Evaluator, frame: Frame, call: ir.Call, callee: Callee, value: Value, shift: int = 0) -> Value:
    """Return a callee's value with its parameters replaced by what this call hands over."""
    if callee.frame is None or not value.holes:
        return value
    parts = [Value(value.taints, value.state)]
    for hole in value.holes:
        if hole.function != callee.frame.key:
            given_above = _through_super(ev, callee, hole) if callee.cls is not None else None
            if given_above is None:
                parts.append(Value((hole,), State.UNKNOWN))
            else:
                parts.append(filled(ev, frame, call, callee, given_above, shift))
            continue
        given = argument(ev, frame, call, callee, hole, shift)
        if hole.kept:
            given = cut(given, hole.kept)
        name = NUMBER.sub("", callee.frame.function.name.rpartition(".")[2])
        step = ev.mark(frame, call.line, call.column, f"through `{name}`")._replace(through=True)
        given = passed(given, step, hole.carrier or None)
        parts.append(given)
    made = union(parts)
    return Value(made.shown, max(made.state, value.state) if made.shown else made.state)


def _through_super(ev: Evaluator, callee: Callee, hole: Hole) -> Value | None:
    """Return what a class's constructor hands over to that of a base class, for a parameter of that."""
    assert callee.frame is not None
    above = callee.frame.module.program.frame(hole.function)
    if above is None or above is callee.frame or not above.function.name.endswith("__init__"):
        return None
    for number, node in callee.frame.of_kind(ir.Call):
        for target in ev.callees(callee.frame, number, node):
            if target.frame is above and target.cls is None:
                given = argument(ev, callee.frame, node, target, hole)
                return Value(tuple(one for one in given.shown if one != hole), given.state)
    return None


def argument(ev: Evaluator, frame: Frame, call: ir.Call, callee: Callee, hole: Hole, shift: int = 0) -> Value:
    """Return what a call hands over for the part of a parameter that a hole names."""
    if callee.frame is None:
        return UNKNOWN
    if hole.path[:1] == (ANSWER,):
        given = argument(ev, frame, call, callee, replace(hole, path=hole.path[1:]), shift)
        return answered(given, ev.place(frame, call.line, call.column))
    params = callee.frame.function.params
    parameter = params[hole.index]
    offset = callee.offset
    positional = call.args[shift:] if shift >= 0 else []
    path, minus = _spelled(frame, call, callee, hole.path), hole.minus
    if path != hole.path and path and not is_unknown(path[0]) and is_unknown(hole.path[0]):
        known = argument(ev, frame, call, callee, replace(hole, path=path), shift)
        return known if len(path) > 1 else ev.named(frame, path[0], known, (call.line, call.column), [])
    if shift < 0:
        return _thread_arguments(ev, frame, call, hole, parameter.name, offset)
    if parameter.form == "*":
        extra = positional[max(0, hole.index - offset) :]
        if path and path[0].isdigit():
            number = int(path[0]) - max(0, offset - hole.index)
            return ev.value(frame, extra[number], path[1:]) if 0 <= number < len(extra) else UNKNOWN
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
        return _taken_as(
            ev, frame, positional[position], parameter.name, ev.value(frame, positional[position], path, minus)
        )
    for name, one in call.kwargs:
        if name == parameter.name:
            return _taken_as(ev, frame, one, name, ev.value(frame, one, path, minus))
    # Of one star behind all other arguments, it is known which of its items a parameter gets.
    counted = len(call.stars) == 1 and call.fixed == len(call.args) and not shift and position >= call.fixed
    step = str(position - call.fixed) if counted and parameter.form == "any" else "*"
    spread = [ev.value(frame, star, (step, *path)) for star in call.stars]
    # Behind a star, nobody knows which parameter an argument is for.
    spread += [ev.value(frame, one, path, minus) for one in positional[certain:]]
    spread += [ev.value(frame, double, (parameter.name, *path)) for double in call.doubles]
    return union([*spread, _default(ev, callee.frame, hole)])


def _taken_as(ev: Evaluator, frame: Frame, number: int, name: str, value: Value) -> Value:
    """Weigh what a parameter is given: a credential that is handed over as a ``secret_name`` is hardly one.

    A text that is put together may well be a ``path`` and have one in it.
    """
    if isinstance(frame.node(root_of(frame, number)), ir.Text):
        return value
    if ev.vocabulary.elsewhere(name):
        value = doubted(value, "personal.")
    return doubted(value, "credential.") if ev.vocabulary.otherwise(name) else value


def _spelled(frame: Frame, call: ir.Call, callee: Callee, path: Path) -> Path:
    """Return a path in which the key that a parameter names is the constant that this call gives for it."""
    if not any(step.startswith("?") for step in path):
        return path
    return tuple(_key(frame, call, callee, int(step[1:])) if step[:1] == "?" and step[1:] else step for step in path)


def _key(frame: Frame, call: ir.Call, callee: Callee, number: int) -> str:
    """Return the constant that a call gives for a parameter, or that is its default; ``?`` where it isn't known."""
    assert callee.frame is not None
    parameter, at = callee.frame.function.params[number], number - callee.offset
    given = dict(call.kwargs).get(parameter.name, -1)
    if 0 <= at < len(call.args) and call.fixed < 0:
        given = call.args[at]
    node = frame.node(root_of(frame, given)) if given >= 0 else None
    outer = callee.frame.module.frames.get(callee.frame.function.parent or "")
    if given < 0 and parameter.default >= 0 and outer is not None and not (call.stars or call.doubles):
        node = outer.node(parameter.default)
    return node.text if isinstance(node, ir.Const) and node.text else "?"


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
