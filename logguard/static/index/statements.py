"""Lower statements: one method a construct; branches meet in `Join` nodes, loops feed back into them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from logguard.static.index.absent import absent
from logguard.static.index.annotations import names_in
from logguard.static.index.definitions import Definitions, last_word
from logguard.static.index.filtering import filtered
from logguard.static.index.ir import (
    Attr,
    Bind,
    Call,
    Caught,
    Const,
    Free,
    Group,
    Imported,
    Item,
    Join,
    Put,
    Select,
    Text,
)
from logguard.static.index.keys import const_key
from logguard.static.index.lowering import Loop
from logguard.static.index.narrowing import failing, narrowings, replaced_if_there
from logguard.static.index.scope import assigned_in


class Statements(Definitions):
    """Lowering of one function's body. Each method returns whether execution can't go on after the statement."""

    def body(self, statements: Sequence[ast.stmt]) -> bool:
        """Lower statements in order; returns True if the end can't be reached."""
        for statement in statements:
            handler = _HANDLERS.get(type(statement))
            if handler is None:
                continue
            before, self.statement = self.statement, statement
            ended = handler(self, statement)
            self.statement = before
            if ended:
                return True
        return False

    def _expression(self, node: ast.Expr) -> bool:
        if not isinstance(node.value, ast.Constant):
            self.expr(node.value)
        return False

    def _assign(self, node: ast.Assign) -> bool:
        value = self.expr(node.value)
        self.module.words.add(last_word(node.value))
        for target in node.targets:
            self.assign(target, value)
        return False

    def _annotated(self, node: ast.AnnAssign) -> bool:
        if node.value is not None:
            self.assign(node.target, self.expr(node.value), names_in(node.annotation))
        return False

    def _augmented(self, node: ast.AugAssign) -> bool:
        extra = self.expr(node.value)
        target = node.target
        if not isinstance(node.op, ast.Add | ast.BitOr | ast.Mod):
            return False
        if isinstance(target, ast.Name):
            old = self.scope.read(target.id, target.lineno, target.col_offset)
            self.assign(target, self.scope.add(Text([old, extra], [None, None])))
        else:
            self.put_back(target, lambda old: self.scope.add(Text([old, extra], [None, None])))
        return False

    def assign(self, target: ast.expr, value: int, types: list[str] | None = None) -> None:
        """Bind a target: a name, an attribute, an item, or several at once."""
        scope = self.scope
        if isinstance(target, ast.Name):
            bound = scope.add(Bind(target.id, value, types or [], target.lineno, target.col_offset))
            if target.id in scope.declared_outer:
                scope.function.global_stores.append((target.id, bound))
            scope.env[target.id] = bound
        elif isinstance(target, ast.Tuple | ast.List):
            starred = next((n for n, one in enumerate(target.elts) if isinstance(one, ast.Starred)), len(target.elts))
            for number, one in enumerate(target.elts):
                if isinstance(one, ast.Starred):
                    self.assign(one.value, value)
                    continue
                # Behind a star, places count from the end.
                place = str(number if number < starred else number - len(target.elts))
                self.assign(one, scope.add(Item(value, place, -1, one.lineno, one.col_offset)))
        elif isinstance(target, ast.Attribute):
            name = target.attr
            base = self.expr(target.value)
            scope.function.stores.append((base, name, value))
            self._put(target.value, base, name, value, target)
        elif isinstance(target, ast.Subscript):
            key, index = const_key(target.slice), -1
            if key is None and isinstance(target.slice, ast.Name | ast.Attribute):
                index = self.expr(target.slice)
                name = target.slice.id if isinstance(target.slice, ast.Name) else target.slice.attr
                if name.isupper():
                    # d[CONF_PASSWORD] = x: the constant's name tells what stands there.
                    value = scope.add(
                        Item(scope.add(Group("dict", [], [value], [])), None, index, target.lineno, target.col_offset)
                    )
            base = self.expr(target.value)
            self._put(target.value, base, key, value, target, index)

    def _put(self, place: ast.expr, base: int, key: str | None, value: int, target: ast.expr, index: int = -1) -> None:
        scope = self.scope
        attribute = isinstance(target, ast.Attribute)
        new = scope.add(Put(base, key, value, target.lineno, target.col_offset, attribute, index))
        if isinstance(place, ast.Name):
            if place.id not in scope.env and scope.function.name:
                scope.function.global_stores.append((place.id, new))
            scope.replace(base, new)
            scope.env[place.id] = new
        elif isinstance(place, ast.Attribute | ast.Subscript):
            self.put_back(place, lambda _old: new)

    def _return(self, node: ast.Return) -> bool:
        if node.value is not None:
            self.scope.function.returns.append(self.expr(node.value))
        return True

    def _raise(self, node: ast.Raise) -> bool:
        if node.exc is not None:
            value = self.expr(node.exc)
            self.scope.function.raises.append((value, len(self.scope.nodes)))
        elif self.scope.caught:
            self.scope.function.raises.append((self.scope.caught[-1], len(self.scope.nodes)))
        if node.cause is not None:
            self.expr(node.cause)
        return True

    def _assert(self, node: ast.Assert) -> bool:
        self.expr(node.test)
        if node.msg is not None:
            message = self.expr(node.msg)
            scope = self.scope
            func = scope.add(Free("AssertionError", node.lineno, node.col_offset))
            end = (node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)
            error = scope.add(Call(func, [message], [], [], [], node.lineno, node.col_offset, *end))
            scope.function.raises.append((error, len(scope.nodes)))
        return False

    def _delete(self, node: ast.Delete) -> bool:
        for target in node.targets:
            if isinstance(target, ast.Subscript) and (key := const_key(target.slice)) is not None:
                self.put_back(target.value, lambda base, key=key: self.scope.add(Select(base, [key], [], False)))  # type: ignore[misc]  # a default binds the loop's key
            elif isinstance(target, ast.Name):
                self.scope.env.pop(target.id, None)
        return False

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
            for name in names:
                scope.env[name] = scope.add(Const("none"))
            outer, scope.failed = scope.failed, scope.failed or failed is first
            if not self.body(body):
                open_ends.append(scope.env)
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
        for name in assigned_in([*also, *body]):
            if name in scope.env:
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

    def _with(self, node: ast.With | ast.AsyncWith) -> bool:
        for item in node.items:
            value = self.expr(item.context_expr)
            if item.optional_vars is not None:
                self.assign(item.optional_vars, self._entered(item.context_expr, value))
        return self.body(node.body)

    def _entered(self, context: ast.expr, value: int) -> int:
        """Return what ``with`` binds: what the object of a class enters with, or the value itself."""
        name = last_word(context.func) if isinstance(context, ast.Call) else ""
        if not name[:1].isupper():
            return value
        scope, line, column = self.scope, context.lineno, context.col_offset
        end_line, end_column = context.end_lineno or line, context.end_col_offset or column
        enter = scope.add(Attr(value, "__enter__", line, column))
        return scope.join([scope.add(Call(enter, [], [], [], [], line, column, end_line, end_column)), value])

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

    def _scope_words(self, node: ast.Global | ast.Nonlocal) -> bool:
        self.scope.declared_outer.update(node.names)
        return False

    def _import(self, node: ast.Import) -> bool:
        for alias in node.names:
            self.module.imports.add(alias.name)
            held = alias.name if alias.asname else alias.name.split(".")[0]
            self.scope.env[alias.asname or held] = self.scope.add(Imported(held))
        return False

    def _import_from(self, node: ast.ImportFrom) -> bool:
        origin = self._absolute(node)
        self.module.imports.add(origin)
        for alias in node.names:
            if alias.name == "*":
                self.module.stars.append(origin)
            else:
                self.module.words.add(alias.name)
                self.scope.env[alias.asname or alias.name] = self.scope.add(Imported(f"{origin}.{alias.name}"))
        return False

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.module.package.split(".")
        kept = package[: len(package) - node.level + 1]
        return ".".join([*kept, *([node.module] if node.module else [])])


_HANDLERS: dict[type[ast.AST], Callable[[Any, Any], bool]] = {
    ast.Expr: Statements._expression,
    ast.Assign: Statements._assign,
    ast.AnnAssign: Statements._annotated,
    ast.AugAssign: Statements._augmented,
    ast.Return: Statements._return,
    ast.Raise: Statements._raise,
    ast.Delete: Statements._delete,
    ast.If: Statements._if,
    ast.Match: Statements._match,
    ast.For: Statements._for,
    ast.AsyncFor: Statements._for,
    ast.While: Statements._while,
    ast.With: Statements._with,
    ast.AsyncWith: Statements._with,
    ast.Try: Statements._try,
    ast.Global: Statements._scope_words,
    ast.Nonlocal: Statements._scope_words,
    ast.Import: Statements._import,
    ast.ImportFrom: Statements._import_from,
    ast.FunctionDef: Statements.function,
    ast.AsyncFunctionDef: Statements.function,
    ast.ClassDef: Statements.class_,
    ast.Assert: Statements._assert,
    ast.Break: Statements._break,
    ast.Continue: Statements._continue,
}
if hasattr(ast, "TryStar"):
    _HANDLERS[ast.TryStar] = Statements._try
