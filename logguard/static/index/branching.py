"""Lower branches and loops: branches meet in `Join` nodes, loops feed back into them."""

from __future__ import annotations

import ast
from collections.abc import Callable

from logguard.static.index.absent import absent
from logguard.static.index.annotations import names_in
from logguard.static.index.definitions import Definitions
from logguard.static.index.filtering import filtered
from logguard.static.index.ir import Bind, Caught, Const, Item, Join
from logguard.static.index.keys import const_key
from logguard.static.index.lowering import Loop
from logguard.static.index.narrowing import failing, narrowings, replaced_if_there
from logguard.static.index.scope import assigned_in


class Branching(Definitions):
    """What runs under a condition, again and again, or when something was raised."""

    def _if(self, node: ast.If) -> bool:
        self.expr(node.test)
        test = node.test
        if isinstance(test, ast.Constant):
            return self.body(node.body if test.value else node.orelse)
        selected = (filtered(self.scope, test, True), filtered(self.scope, test, False)) if self.loops else ({}, {})
        lacking = absent(self.scope, test, True), absent(self.scope, test, False)
        settled, failed = replaced_if_there(node), failing(test)
        return self._branches([node.body, node.orelse], narrowings(test), selected, lacking, settled, failed)

    def _branches(
        self,
        bodies: list[list[ast.stmt]],
        empty: tuple[frozenset[str], ...],
        selected: tuple[dict[str, int], ...],
        lacking: tuple[dict[str, int], ...],
        settled: str | None = None,
        failed: bool | None = None,
    ) -> bool:
        """Lower two branches; ``empty`` are the names that each knows to hold nothing that could leak.

        ``selected`` is what names of a loop hold in each, ``lacking`` what mappings without some entry do; ``settled``
        is a name that the first branch leaves as both do. ``failed`` is true where the first is for what went wrong,
        false where the second is.
        """
        scope = self.scope
        before = scope.env
        open_ends: list[dict[str, int]] = []
        for first, body, names, entries, without in zip((True, False), bodies, empty, selected, lacking, strict=True):
            scope.env = {**before, **without, **entries}
            nothing = {name: scope.add(Const("none")) for name in names}
            scope.env |= nothing
            outer, scope.failed = scope.failed, scope.failed or failed is first
            if not self.body(body):
                # What a name of an outer scope holds behind the branch, any call in it may have set.
                outside = {name for name, held in nothing.items() if name not in before and scope.env.get(name) == held}
                open_ends.append({name: held for name, held in scope.env.items() if name not in outside})
            scope.failed = outer
        if len(open_ends) == 2:
            for env, without in zip(open_ends, lacking, strict=True):
                # What lacked an entry, and wasn't changed there, is behind both branches what it was before them.
                env.update({name: before[name] for name, held in without.items() if env.get(name) == held})
        if settled is not None and len(open_ends) == 2 and settled in open_ends[0]:
            open_ends[1][settled] = open_ends[0][settled]
        scope.env = scope.merge(open_ends) if open_ends else before
        return not open_ends

    def _match(self, node: ast.Match) -> bool:
        subject = self.expr(node.subject)
        scope = self.scope
        before = scope.env
        open_ends: list[dict[str, int]] = [dict(before)]
        for case in node.cases:
            scope.env = dict(before)
            taken = self._mapping_patterns(case.pattern, subject)
            for part in ast.walk(case.pattern):
                name = getattr(part, "name", None) or getattr(part, "rest", None)
                if isinstance(name, str) and name not in taken:
                    scope.env[name] = scope.add(Bind(name, subject, [], case.pattern.lineno, case.pattern.col_offset))
            if case.guard is not None:
                self.expr(case.guard)
            if not self.body(case.body):
                open_ends.append(scope.env)
        scope.env = scope.merge(open_ends)
        return False

    def _loop(
        self, body: list[ast.stmt], orelse: list[ast.stmt], enter: Callable[[], None], also: list[ast.AST]
    ) -> bool:
        scope = self.scope
        # A loop's body may see what an earlier round left: such names hold a join that the end of the body feeds.
        fed: dict[str, Join] = {}
        changed = assigned_in([*also, *body])
        for name in [name for name in scope.env if name in changed]:
            fed[name] = Join([scope.env[name]])
            scope.env[name] = scope.add(fed[name])
        before = dict(scope.env)
        enter()
        self.loops.append(Loop())
        if not self.body(body):
            self.loops[-1].continued.append(scope.env)
        loop = self.loops.pop()
        for env in loop.continued:
            for name, join in fed.items():
                last = env.get(name)
                if last is not None and last not in join.values and scope.nodes[last] is not join:
                    join.values.append(last)
        scope.env = scope.merge([before, *loop.continued])
        ends = [] if self.body(orelse) else [scope.env]
        if ends or loop.broken:
            scope.env = scope.merge([*ends, *loop.broken])
        return not ends and not loop.broken

    def _break(self, _node: ast.Break) -> bool:
        if self.loops:
            self.loops[-1].broken.append(dict(self.scope.env))
        return True

    def _continue(self, _node: ast.Continue) -> bool:
        if self.loops:
            self.loops[-1].continued.append(dict(self.scope.env))
        return True

    def _mapping_patterns(self, pattern: ast.pattern, subject: int) -> set[str]:
        """Bind the names of ``case {"password": p}`` to the entries that they take, and return them."""
        taken: set[str] = set()
        if not isinstance(pattern, ast.MatchMapping):
            return taken
        for key, part in zip(pattern.keys, pattern.patterns, strict=True):
            name = const_key(key)
            if name is not None and isinstance(part, ast.MatchAs) and part.name:
                at = (part.lineno, part.col_offset)
                entry = self.scope.add(Item(subject, name, -1, *at))
                self.scope.env[part.name] = self.scope.add(Bind(part.name, entry, [], *at))
                taken.add(part.name)
        return taken

    def _for(self, node: ast.For | ast.AsyncFor) -> bool:
        return self._loop(node.body, node.orelse, lambda: self.iterate(node.target, node.iter), [node.target])

    def _while(self, node: ast.While) -> bool:
        def enter() -> None:
            self.expr(node.test)

        return self._loop(node.body, node.orelse, enter, [node.test])

    def _try(self, node: ast.Try) -> bool:
        scope = self.scope
        before = dict(scope.env)
        start = len(scope.nodes)
        ended = self.body(node.body)
        stop = len(scope.nodes)
        after = scope.env
        open_ends: list[dict[str, int]] = []
        if not ended and not self.body(node.orelse):
            open_ends.append(scope.env)
        for handler in node.handlers:
            scope.env = scope.merge([dict(before), dict(after)])
            types = names_in(handler.type) if handler.type is not None else []
            caught = scope.add(Caught(start, stop, types))
            if handler.name:
                scope.env[handler.name] = caught
            scope.caught.append(caught)
            if not self.body(handler.body):
                open_ends.append(scope.env)
            scope.caught.pop()
        scope.env = scope.merge(open_ends) if open_ends else after
        return self.body(node.finalbody) or not open_ends
