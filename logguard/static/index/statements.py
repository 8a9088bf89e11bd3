"""Lower statements: one method a construct."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from logguard.static.index.annotations import names_in
from logguard.static.index.branching import Branching
from logguard.static.index.definitions import last_word
from logguard.static.index.ir import Attr, Bind, Call, Free, Group, Imported, Item, Put, Select, Text
from logguard.static.index.keys import const_key


class Statements(Branching):
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
        if not isinstance(node.op, (ast.Add, ast.BitOr, ast.Mod)):
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
        elif isinstance(target, (ast.Tuple, ast.List)):
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
            if key is None and isinstance(target.slice, (ast.Name, ast.Attribute)):
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
        elif isinstance(place, (ast.Attribute, ast.Subscript)):
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
