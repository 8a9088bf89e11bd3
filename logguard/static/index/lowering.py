"""What every part of lowering builds on."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod

from logguard.static.index.scope import Scope


class Loop:
    """What names hold where a loop is left or goes into its next round."""

    def __init__(self) -> None:
        self.broken: list[dict[str, int]] = []
        self.continued: list[dict[str, int]] = []


class Lowering(ABC):
    """Lowers one function; its parts come in the classes below it."""

    def __init__(self, scope: Scope, sinks: frozenset[str]) -> None:
        self.scope = scope
        self.sinks = sinks
        """Last words of the calls that may log."""
        self.statement: ast.stmt | None = None
        """The statement being lowered."""
        self.loops: list[Loop] = []
        """The loops around it in this function, innermost last."""

    @abstractmethod
    def expr(self, node: ast.expr) -> int:
        """Lower an expression and return its node."""

    @abstractmethod
    def assign(self, target: ast.expr, value: int, types: list[str] | None = None) -> None:
        """Bind a target."""

    @abstractmethod
    def lambda_function(self, node: ast.Lambda) -> str:
        """Lower a lambda's body and return its qualified name."""

    @abstractmethod
    def called(self, node: ast.Call) -> None:
        """Note a call that declares something."""
