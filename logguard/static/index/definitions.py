"""Lower definitions: functions, lambdas and classes, and the options that calls declare."""

from __future__ import annotations

import ast
from abc import abstractmethod
from collections.abc import Sequence

from logguard.static.index.annotations import names_in
from logguard.static.index.expressions import Expressions
from logguard.static.index.ir import ClassRef, FuncRef, Param
from logguard.static.index.keys import const_key
from logguard.static.index.options import HIDDEN_INPUT, hidden_options
from logguard.static.index.scope import Scope
from logguard.static.index.summary import Class, Field, Function, Parameter

_DECLARES_OPTIONS = frozenset({"add_argument", "add_option", "option", "argument", "Option"})
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


class Module:
    """What lowering a file collects besides nodes."""

    def __init__(self, package: str, sinks: frozenset[str]) -> None:
        self.package = package
        """The dotted name that relative imports start from."""
        self.sinks = sinks
        """Last words of the calls that may log."""
        self.functions: dict[str, Function] = {}
        self.classes: dict[str, Class] = {}
        self.imports: set[str] = set()
        self.options: list[tuple[str, int, int]] = []
        self.stars: list[str] = []
        """Modules of which all names are imported."""
        self.words: set[str] = set()
        """Last words of what is called, handed over or given another name."""

    def add(self, function: Function) -> Function:
        """Register a function; a second one of the same name gets a number."""
        name, number = function.name, 2
        while function.name in self.functions:
            function.name = f"{name}#{number}"
            number += 1
        self.functions[function.name] = function
        return function


class Definitions(Expressions):
    """Lowering of definitions; ``Statements`` completes it."""

    def __init__(self, module: Module, scope: Scope, cls: str | None = None) -> None:
        super().__init__(scope, module.sinks)
        self.module = module
        self.cls = cls
        self.prefix = f"{scope.function.name}." if scope.function.name else ""

    @abstractmethod
    def body(self, statements: Sequence[ast.stmt]) -> bool:
        """Lower statements in order; returns True if the end can't be reached."""

    def function(self, node: FunctionNode) -> bool:
        for decorator in node.decorator_list:
            self.expr(decorator)
        decorators = [names[0] for names in map(names_in, node.decorator_list) if names]
        method_of = self.cls if self.scope.function.name.endswith("<class>") else None
        name = self.lower(node.name, node.args, decorators, node.lineno, node.body, method_of)
        hidden = hidden_options(node.decorator_list, _defaults(node.args), _parameters(node.args))
        for parameter in self.module.functions[name].params:
            if parameter.name in hidden:
                parameter.types.append(f"kind:{HIDDEN_INPUT}")
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
        self.module.words.add("<lambda>")
        return self.lower("<lambda>", node.args, [], node.lineno, body, None)

    def lower(
        self, name: str, args: ast.arguments, decorators: list[str], line: int, body: list[ast.stmt], cls: str | None
    ) -> str:
        """Lower a function below this scope and return its qualified name."""
        qualified = (f"{cls}." if cls else self.prefix) + name
        function = Function(qualified, self.scope.function.name, cls or self.scope.function.cls, [], decorators, line)
        self.module.add(function)
        scope = Scope(function, self.scope)
        inner = type(self)(self.module, scope, cls or self.cls)
        defaults = {argument.arg: self.expr(default) for argument, default in _defaults(args)}
        for argument, form in _parameters(args):
            types = names_in(argument.annotation) if argument.annotation is not None else []
            default = defaults.get(argument.arg, -1)
            function.params.append(Parameter(argument.arg, types, form, default, argument.lineno, argument.col_offset))
            scope.env[argument.arg] = scope.add(Param(len(function.params) - 1))
        inner.body(body)
        function.scope = scope.env
        function.stub = all(map(_declares_only, body))
        return function.name

    def class_(self, node: ast.ClassDef) -> bool:
        name = self._unused(self.prefix.replace("<class>.", "") + node.name)
        bases = [names[0] for names in map(names_in, node.bases) if names]
        decorators = [names[0] for names in map(names_in, node.decorator_list) if names]
        made = Class(name, bases, decorators, [], {}, node.lineno, _options(node))
        self.module.classes[name] = made
        function = self.module.add(Function(f"{name}.<class>", self.scope.function.name, name, [], [], node.lineno))
        scope = Scope(function, self.scope)
        inner = type(self)(self.module, scope, name)
        inner.body(node.body)
        function.scope = scope.env
        for statement in node.body:
            if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                made.fields.append(inner.field(statement.target, names_in(statement.annotation)))
            elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                made.fields.append(inner.field(statement.targets[0], []))
        self.scope.env[node.name] = self.scope.add(ClassRef(name))
        return False

    def _unused(self, name: str) -> str:
        """Return a class's name, with a number if there is one of that name already."""
        number, made = 2, name
        while made in self.module.classes:
            made = f"{name}#{number}"
            number += 1
        return made

    def field(self, target: ast.Name, types: list[str]) -> Field:
        """Return the declaration of a field in this class body."""
        return Field(target.id, types, self.scope.env.get(target.id, -1), target.lineno, target.col_offset)

    def called(self, node: ast.Call) -> None:
        """Note what is called and handed over, and the command-line options that a call declares."""
        name = last_word(node.func)
        words = self.module.words
        words.add(name)
        words.update(map(last_word, node.args))
        words.update(last_word(keyword.value) for keyword in node.keywords)
        if name not in _DECLARES_OPTIONS:
            return
        for argument in node.args:
            key = const_key(argument)
            if key is not None and key.lstrip("-") and (key.startswith("--") or not key.startswith("-")):
                self.module.options.append((key.lstrip("-"), node.lineno, node.col_offset))


def last_word(node: ast.expr) -> str:
    """Return the last word of a dotted name; empty for anything else."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _declares_only(statement: ast.stmt) -> bool:
    """Whether a statement leaves it to heirs what a function does."""
    if isinstance(statement, ast.Raise):
        error = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(error, ast.Name) and error.id == "NotImplementedError"
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _defaults(args: ast.arguments) -> list[tuple[ast.arg, ast.expr]]:
    """Return the parameters that have a default, with it."""
    positional = [*args.posonlyargs, *args.args]
    found = list(zip(positional[len(positional) - len(args.defaults) :], args.defaults, strict=True))
    return found + [(a, d) for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True) if d is not None]


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
