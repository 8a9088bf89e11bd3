"""Which calls run a function of the program: by its name, through classes, callbacks and decorators."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from logguard.static.flow.delegates import delegating
from logguard.static.flow.frame import HANDED_AS, CallSite, Frame, roots
from logguard.static.flow.resolve import Callee, functions_of, is_method, named_function
from logguard.static.index import ir

if TYPE_CHECKING:
    from logguard.static.flow.evaluate import Evaluator
    from logguard.static.flow.program import Program

_MOST_CALLERS = 200
_TEST = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:test_[^/]*|[^/]*_tests?|conftest)\.py$")


class Calling:
    """Answers for one program; each question is answered once."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._by_word: dict[str, dict[Frame, list[tuple[CallSite, Callee | None]]]] = {}
        self._tests: dict[str, bool] = {}
        self._sites: dict[Frame, list[tuple[CallSite, Callee]]] = {}

    def of(self, target: Frame) -> list[tuple[CallSite, Callee]]:
        """Return the calls that run a function, with how they do; a test's calls only of what is a test itself."""
        if target not in self._sites:
            self._sites[target] = list(self._calling(target))
        return self._sites[target]

    def _calling(self, target: Frame) -> Iterator[tuple[CallSite, Callee]]:
        """Yield the calls that run a function, with how they do; what tests hand to what isn't one leaks nothing."""
        program = target.module.program
        names = {target.function.name.rpartition(".")[2].partition("#")[0]}
        if "__init__" in names and target.function.cls:
            heirs = program.heirs(target.module, target.function.cls)
            classes = [target.function.cls, *(heir.name for _, heir in heirs)]
            names |= {cls.rpartition(".")[2].partition("#")[0] for cls in classes}
            names.add("cls")
        if (target.function.parent or "").endswith(".__getattr__"):
            # A method that is made when it is asked for has any name: also `login`, which others define.
            names |= set(program.undefined) | {one for one in program.words if self._evaluator.verbs.is_login(one)}
        if "__call__" in names and target.function.cls:
            names |= set(program.names_of_callable(target.function.cls.rpartition(".")[2]))
        names |= delegating(self._evaluator.catalog, target)
        tested = self._is_test(target)
        count = 0
        for word in sorted(names):
            for site, callee in self._resolved(program, word).get(target, ()):
                if not tested and self._is_test(site.frame):
                    continue
                if callee is None:
                    for calling in self._taking(site) or [site]:
                        yield calling, Callee(target, bound=is_method(target))
                    continue
                count += 1
                yield site, callee
                if count > _MOST_CALLERS:
                    return
        yield from ((site, Callee(target)) for site in self._decorating(target))

    def _decorating(self, target: Frame) -> Iterator[CallSite]:
        """Yield the calls that the project's decorators of a function make of it."""
        for decorator in target.function.decorators:
            for callee in named_function(target.module.body, decorator):
                made = callee.frame
                if made is None:
                    continue
                inner = [
                    one for one in made.module.frames.values() if one.function.name.startswith(f"{made.function.name}.")
                ]
                given = {one.function.params[0].name for one in (made, *inner) if one.function.params}
                for frame in inner:
                    for number, node in frame.of_kind(ir.Call):
                        func = frame.node(node.func)
                        if isinstance(func, ir.Free) and func.name in given:
                            yield CallSite(frame, number, node)

    def _resolved(self, program: Program, word: str) -> dict[Frame, list[tuple[CallSite, Callee | None]]]:
        """Return the calls under a name by what they run; without a callee, those that take it as a callback."""
        if word not in self._by_word:
            found = self._by_word[word] = {}
            for site in program.call_sites(word):
                for frame, callee in self._runs(site).items():
                    found.setdefault(frame, []).append((site, callee))
        return self._by_word[word]

    def _runs(self, site: CallSite) -> dict[Frame, Callee | None]:
        if site.shift:
            handed = site.call.args[site.shift - 1] if site.shift > 0 else _target_of(site.call)
            return {one.frame: None for one in functions_of(site.frame, handed) if one.frame is not None}
        run: dict[Frame, Callee | None] = {}
        for callee in self._evaluator.callees(site.frame, site.node, site.call):
            if callee.frame is not None:
                run.setdefault(callee.frame, callee)
        return run

    def _is_test(self, frame: Frame) -> bool:
        path = frame.module.summary.path
        if path not in self._tests:
            self._tests[path] = _TEST.search(path) is not None
        return self._tests[path]

    def _taking(self, site: CallSite) -> list[CallSite]:
        """Return the calls that a function of the program makes of a function that it is handed."""
        found: list[CallSite] = []
        for callee in self._evaluator.callees(site.frame, site.node, site.call) if site.shift > 0 else ():
            inner = callee.frame
            index = site.shift - 1 + (1 if callee.bound else 0)
            if inner is None or index >= len(inner.function.params):
                continue
            name = inner.function.params[index].name
            nested = (one for one in inner.module.frames.values() if one.function.parent == inner.function.name)
            for frame in (inner, *nested):
                for number, node in frame.of_kind(ir.Call):
                    if _is_parameter(frame, node.func, index if frame is inner else name):
                        # ``f(*args)`` hands over what comes with `f` in each call, not what comes with another `f`.
                        forwards = node.stars and not node.args and not node.kwargs
                        found.append(site if forwards else CallSite(frame, number, node))
        return list({(one.frame, one.node): one for one in found}.values())


def _is_parameter(frame: Frame, number: int, wanted: int | str) -> bool:
    """Whether a node is a parameter: by its number in its own function, by its name in one that is nested in it."""
    for root in roots(frame, number):
        node = frame.node(root)
        if (isinstance(node, ir.Param) and node.index == wanted) or (isinstance(node, ir.Free) and node.name == wanted):
            return True
    return False


def _target_of(call: ir.Call) -> int:
    """Return the function that ``Thread(target=f)`` hands over."""
    return next(value for name, value in call.kwargs if name in HANDED_AS)
