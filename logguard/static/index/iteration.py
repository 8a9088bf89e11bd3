"""Loops and comprehensions: what their targets hold, and copies of mappings made by them."""

from __future__ import annotations

import ast

from logguard.static.index.filtering import filtered
from logguard.static.index.hiding import hides, is_mask
from logguard.static.index.ir import Group, Join, Key
from logguard.static.index.keys import KeyTest, items_of, key_test, tested_key
from logguard.static.index.lowering import Lowering

_UNTOLD = KeyTest([], ["?"], False)
"""Keys that are hidden: which, is for the project to know."""


class Iterations(Lowering):
    """Lowering of what iterates."""

    def comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> int:
        before = dict(self.scope.env)
        selected = self._selection(node) if isinstance(node, ast.DictComp) else None
        if selected is not None:
            self.scope.env = before
            return selected
        for generator in node.generators:
            if _is_key(generator, node):
                self.assign(generator.target, self.scope.add(Key(self.expr(generator.iter))))
            else:
                self.iterate(generator.target, generator.iter)
            bound = frozenset(one.id for one in ast.walk(generator.target) if isinstance(one, ast.Name))
            for test in generator.ifs:
                self.expr(test)
                self.scope.env.update(filtered(self.scope, test, True, bound))
        if isinstance(node, ast.DictComp):
            self.expr(node.key)
            made = Group("dict", [], [self.expr(node.value)], [])
        else:
            made = Group("list", [], [self.expr(node.elt)], [])
        after = self.scope.env
        self.scope.env = before
        for part in ast.walk(node):
            # `:=` in a comprehension binds a name of the function around it.
            if isinstance(part, ast.NamedExpr) and part.target.id in after:
                self.scope.env[part.target.id] = after[part.target.id]
        return self.scope.add(made)

    def _selection(self, node: ast.DictComp) -> int | None:
        """Lower ``{k: v for k, v in d.items() if k != "password"}``: a copy without, or with, named keys."""
        generator = node.generators[0]
        target, source = generator.target, generator.iter
        if len(node.generators) != 1 or not (isinstance(target, ast.Tuple) and len(target.elts) == 2):
            return None
        key, value = target.elts
        if not (isinstance(key, ast.Name) and isinstance(value, ast.Name) and isinstance(node.key, ast.Name)):
            return None
        base = items_of(source)
        if node.key.id != key.id or base is None:
            return None
        tests = list(generator.ifs)
        shown = node.value
        masked: list[KeyTest] = []
        made: ast.expr | None = None
        if isinstance(shown, ast.IfExp):
            kept = isinstance(shown.body, ast.Name) and shown.body.id == value.id
            plain, other = (shown.body, shown.orelse) if kept else (shown.orelse, shown.body)
            when = key_test(shown.test, key.id)
            about = tested_key(shown.test, {key.id}) is not None
            if when is None and about and is_mask(other) and (_says(other) or hides(shown.test, key.id) is not None):
                when = _UNTOLD
            if when is None:
                return self._mapped(base, key, value, shown)
            # Those for which the test holds are shown, or the others.
            masked, shown = [when._replace(only=when.only == kept)], plain
            made = None if isinstance(other, ast.Constant) else other
        if not (isinstance(shown, ast.Name) and shown.id == value.id):
            return None
        for test in tests:
            told = key_test(test, key.id)
            if told is not None or hides(test, key.id) is False:
                masked.append(told or _UNTOLD)
        copy = self.expr(base)
        for one in masked:
            copy = self.scope.add(one.selected(copy, one.only))
        if made is None:
            return copy
        self.assign(key, self.scope.add(Key(copy)))
        self.assign(value, self.scope.element(self.expr(base), values=True))
        return self.scope.add(Join([copy, self.scope.add(Group("dict", [], [self.expr(made)], []))]))

    def _mapped(self, base: ast.expr, key: ast.Name, value: ast.Name, shown: ast.IfExp) -> int | None:
        """Lower ``{k: default if … else v for k, v in d.items()}``: a copy in which some entries are something else."""
        branches = [shown.body, shown.orelse]
        others = [one for one in branches if not (isinstance(one, ast.Name) and one.id == value.id)]
        if len(others) != 1:
            return None
        copy = self.expr(base)
        self.assign(key, self.scope.add(Key(copy)))
        self.assign(value, self.scope.element(copy, values=True))
        return self.scope.add(Join([copy, self.scope.add(Group("dict", [], [self.expr(others[0])], []))]))

    def iterate(self, target: ast.expr, source: ast.expr) -> None:
        """Bind a loop's target to an element of what it loops over."""
        base = items_of(source)
        if base is not None:
            mapping = self.expr(base)
            element = self.scope.element(mapping, values=True)
            if isinstance(target, ast.Tuple) and len(target.elts) == 2:
                self.assign(target.elts[0], self.scope.add(Key(mapping)))
                self.assign(target.elts[1], element)
            else:
                self.assign(target, element)
            return None
        if isinstance(source, ast.Call) and isinstance(source.func, ast.Name) and source.args:
            name = source.func.id
            if name == "enumerate" and isinstance(target, ast.Tuple) and len(target.elts) == 2:
                self.assign(target.elts[0], self.scope.flag())
                return self.assign(target.elts[1], self.scope.element(self.expr(source.args[0])))
            if name == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(source.args):
                for one, part in zip(target.elts, source.args, strict=True):
                    self.assign(one, self.scope.element(self.expr(part)))
                return None
        if (
            isinstance(source, ast.Call)
            and isinstance(source.func, ast.Attribute)
            and source.func.attr in ("values", "itervalues")
        ):
            return self.assign(target, self.scope.element(self.expr(source.func.value), values=True))
        return self.assign(target, self.scope.element(self.expr(source)))


def _says(node: ast.expr) -> bool:
    """Whether a literal says something: an empty one may as well stand where nothing is known."""
    return isinstance(node, ast.Constant) and bool(node.value)


def _is_key(generator: ast.comprehension, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> bool:
    """Whether what a comprehension runs through are the keys of a mapping: ``d[k] for k in d``."""
    target, mapping = generator.target, generator.iter
    if not isinstance(target, ast.Name) or not isinstance(mapping, (ast.Name, ast.Attribute)):
        return False
    read = (part for part in ast.walk(node) if isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Name))
    return any(ast.dump(one.value) == ast.dump(mapping) and ast.unparse(one.slice) == target.id for one in read)
