"""Lower statements: one method a construct; branches meet in `Join` nodes, loops feed back into them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from logguard.static.index.annotations import names_in
from logguard.static.index.expressions import Expressions, const_key
from logguard.static.index.ir import (
    Bind,
    Caught,
    Class,
    ClassRef,
    Const,
    Field,
    FuncRef,
    Function,
    Imported,
    Item,
    Join,
    Param,
    Parameter,
    Put,
    Select,
    Text,
)
from logguard.static.index.scope import Scope, assigned_in

_DECLARES_OPTIONS = frozenset({"add_argument", "add_option", "option", "argument", "Option"})
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class Module:
    """What lowering a file collects besides nodes."""

    def __init__(self, package: str) -> None:
        self.package = package
        """The dotted name that relative imports start from."""
        self.functions: dict[str, Function] = {}
        self.classes: dict[str, Class] = {}
        self.imports: set[str] = set()
        self.options: list[tuple[str, int, int]] = []

    def add(self, function: Function) -> Function:
        """Register a function; a second one of the same name gets a number."""
        name, number = function.name, 2
        while function.name in self.functions:
            function.name = f"{name}#{number}"
            number += 1
        self.functions[function.name] = function
        return function


class Statements(Expressions):
    """Lowering of one function's body. Each method returns whether execution can't go on after the statement."""

    def __init__(self, module: Module, scope: Scope, cls: str | None = None) -> None:
        super().__init__(scope)
        self.module = module
        self.cls = cls
        self.prefix = f"{scope.function.name}." if scope.function.name else ""

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
        for target in node.targets:
            self.assign(target, value)
        return False

    def _annotated(self, node: ast.AnnAssign) -> bool:
        if node.value is not None:
            self.assign(node.target, self.expr(node.value), names_in(node.annotation))
        elif isinstance(node.target, ast.Name) and self.scope.function.name and self.scope.function.cls is None:
            pass
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
            for number, one in enumerate(target.elts):
                if isinstance(one, ast.Starred):
                    self.assign(one.value, value)
                else:
                    self.assign(one, scope.add(Item(value, str(number), -1, one.lineno, one.col_offset)))
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
                    value = scope.add(Item(scope.add(_one(value)), None, index, target.lineno, target.col_offset))
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
        if isinstance(test, ast.Name) and test.id == "TYPE_CHECKING":
            return self.body(node.body)
        if isinstance(test, ast.Constant):
            return self.body(node.body if test.value else node.orelse)
        return self._branches([node.body, node.orelse])

    def _branches(self, bodies: list[list[ast.stmt]]) -> bool:
        scope = self.scope
        before = scope.env
        open_ends: list[dict[str, int]] = []
        for body in bodies:
            scope.env = dict(before)
            if not self.body(body):
                open_ends.append(scope.env)
        scope.env = scope.merge(open_ends) if open_ends else before
        return not open_ends

    def _match(self, node: ast.Match) -> bool:
        subject = self.expr(node.subject)
        scope = self.scope
        before = scope.env
        open_ends: list[dict[str, int]] = [dict(before)]
        for case in node.cases:
            scope.env = dict(before)
            for part in ast.walk(case.pattern):
                name = getattr(part, "name", None) or getattr(part, "rest", None)
                if isinstance(name, str):
                    scope.env[name] = scope.add(Bind(name, subject, [], case.pattern.lineno, case.pattern.col_offset))
            if case.guard is not None:
                self.expr(case.guard)
            if not self.body(case.body):
                open_ends.append(scope.env)
        scope.env = scope.merge(open_ends)
        return False

    def _loop(self, body: list[ast.stmt], orelse: list[ast.stmt], enter: Callable[[], None], also: list[ast.AST]) -> bool:
        scope = self.scope
        # A loop's body may see what an earlier round left: such names hold a join that the end of the body feeds.
        fed: dict[str, Join] = {}
        for name in assigned_in([*also, *body]):
            if name in scope.env:
                fed[name] = Join([scope.env[name]])
                scope.env[name] = scope.add(fed[name])
        before = dict(scope.env)
        enter()
        ended = self.body(body)
        if not ended:
            for name, join in fed.items():
                last = scope.env.get(name)
                if last is not None and last not in join.values and scope.nodes[last] is not join:
                    join.values.append(last)
        scope.env = before if ended else scope.merge([before, scope.env])
        self.body(orelse)
        return False

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
                self.assign(item.optional_vars, value)
        return self.body(node.body)

    def _try(self, node: ast.Try) -> bool:
        scope = self.scope
        before = dict(scope.env)
        start = len(scope.nodes)
        ended = self.body(node.body)
        stop = len(scope.nodes)
        after = scope.env
        open_ends: list[dict[str, int]] = []
        if not ended:
            if not self.body(node.orelse):
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
        ended = self.body(node.finalbody) or not open_ends
        return ended

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
            if alias.name != "*":
                self.scope.env[alias.asname or alias.name] = self.scope.add(Imported(f"{origin}.{alias.name}"))
        return False

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.module.package.split(".")
        kept = package[: len(package) - node.level + 1]
        return ".".join([*kept, *([node.module] if node.module else [])])

    def _function(self, node: FunctionNode) -> bool:
        for default in [*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)]:
            self.expr(default)
        decorators = [names[0] for names in map(names_in, node.decorator_list) if names]
        method_of = self.cls if self.scope.function.name.endswith("<class>") else None
        name = self.lower(node.name, node.args, decorators, node.lineno, node.body, method_of)
        if method_of is not None:
            # A setter comes under the same name; the getter is what reading the attribute runs.
            if not any(word.endswith((".setter", ".deleter")) for word in decorators):
                self.module.classes[method_of].methods[node.name] = name
            return False
        self.scope.env[node.name] = self.scope.add(FuncRef(name))
        return False

    def lambda_function(self, node: ast.Lambda) -> str:
        """Lower a lambda as a function that returns its body."""
        body: list[ast.stmt] = [ast.copy_location(ast.Return(node.body), node)]
        return self.lower(f"<lambda:{node.lineno}>", node.args, [], node.lineno, body, None)

    def lower(self, name: str, args: ast.arguments, decorators: list[str], line: int, body: list[ast.stmt], cls: str | None) -> str:
        """Lower a function below this scope and return its qualified name."""
        qualified = (f"{cls}." if cls else self.prefix) + name
        function = Function(qualified, self.scope.function.name, cls or self.scope.function.cls, [], decorators, line)
        self.module.add(function)
        scope = Scope(function, self.scope)
        inner = Statements(self.module, scope, cls or self.cls)
        for argument, form in _parameters(args):
            types = names_in(argument.annotation) if argument.annotation is not None else []
            function.params.append(Parameter(argument.arg, types, form, -1, argument.lineno, argument.col_offset))
            scope.env[argument.arg] = scope.add(Param(len(function.params) - 1))
        inner.body(body)
        function.scope = scope.env
        return function.name

    def _class(self, node: ast.ClassDef) -> bool:
        name = self.prefix.replace("<class>.", "") + node.name
        bases = [names[0] for names in map(names_in, node.bases) if names]
        decorators = [names[0] for names in map(names_in, node.decorator_list) if names]
        made = Class(name, bases, decorators, [], {}, node.lineno, _options(node))
        self.module.classes[name] = made
        function = self.module.add(Function(f"{name}.<class>", self.scope.function.name, name, [], [], node.lineno))
        scope = Scope(function, self.scope)
        inner = Statements(self.module, scope, name)
        inner.body(node.body)
        function.scope = scope.env
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                made.fields.append(inner.field(statement.target, names_in(statement.annotation)))
            elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                made.fields.append(inner.field(statement.targets[0], []))
        self.scope.env[node.name] = self.scope.add(ClassRef(name))
        return False

    def field(self, target: ast.Name, types: list[str]) -> Field:
        """Return the declaration of a field in this class body."""
        return Field(target.id, types, self.scope.env.get(target.id, -1), target.lineno, target.col_offset)

    def called(self, node: ast.Call) -> None:
        """Note the command-line options that a call declares."""
        func = node.func
        name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
        if name not in _DECLARES_OPTIONS:
            return
        for argument in node.args:
            key = const_key(argument)
            if key is not None and key.lstrip("-") and (key.startswith("--") or not key.startswith("-")):
                self.module.options.append((key.lstrip("-"), node.lineno, node.col_offset))


def _one(value: int) -> Any:
    from logguard.static.index.ir import Group

    return Group("dict", [], [value], [])


def _parameters(args: ast.arguments) -> list[tuple[ast.arg, str]]:
    found = [(argument, "any") for argument in [*args.posonlyargs, *args.args]]
    if args.vararg:
        found.append((args.vararg, "*"))
    found += [(argument, "keyword") for argument in args.kwonlyargs]
    if args.kwarg:
        found.append((args.kwarg, "**"))
    return found


def _options(node: ast.ClassDef) -> dict[str, bool]:
    keywords = list(node.keywords)
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call):
            keywords += decorator.keywords
    return {
        keyword.arg: keyword.value.value
        for keyword in keywords
        if keyword.arg and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)
    }


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
    ast.FunctionDef: Statements._function,
    ast.AsyncFunctionDef: Statements._function,
    ast.ClassDef: Statements._class,
    ast.Assert: lambda self, node: bool(self.expr(node.test)) and False,
    ast.Break: lambda _self, _node: True,
    ast.Continue: lambda _self, _node: True,
}
if hasattr(ast, "TryStar"):
    _HANDLERS[ast.TryStar] = Statements._try
