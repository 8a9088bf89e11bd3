"""A class of the program, with its module."""

from __future__ import annotations

from logguard.static.flow.module import Module

Owner = tuple[Module, str]
"""The module and the class's qualified name in it."""
