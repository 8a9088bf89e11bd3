"""The intermediate representation: what a function does with values, as a list of small nodes.

A node is referred to by its place in the list of its function. The order is that of evaluation, and names are already
resolved to the nodes that they hold (static single assignment), so a node's meaning never depends on where it is read.
Nodes hold no text but keys, names and formats: never the text of another literal.

Lines count from 1; columns are those of ``ast``: from 0, in UTF-8 bytes.
"""

from __future__ import annotations

import msgspec

FEW = 4
"""Characters that a mask may leave of a secret."""


class Node(msgspec.Struct, frozen=True, array_like=True, gc=False, tag_field="op"):
    """Base of all nodes."""


class Const(Node, frozen=True, array_like=True, gc=False, tag="c"):
    """A literal, or an expression whose value tells nothing: a comparison, a length."""

    type: str
    """``str``, ``bytes``, ``num``, ``bool`` or ``none``."""
    text: str | None = None
    """The literal's text where it may be a key, a name or a part of an address, else ``None``."""
    masked: bool = False
    """Whether it stands in for a value: ``***``, ``<redacted>``."""
    secret: str | None = None
    """The kind of value that the literal itself looks like."""
    address: bool = False
    """Whether it is a part of a URL."""
    opaque: bool = False
    """Whether it looks like a value, not like a word: under the name of a credential, it is one."""


class Template(Node, frozen=True, array_like=True, gc=False, tag="t"):
    """A string literal with slots, ``"user=%s"`` or ``"user={}"``."""

    names: list[str]
    """The slots in order: their names, or their positions as text."""
    keys: list[str | None]
    """The word right in front of each slot, if any: ``user``."""
    secret: str | None = None
    """The kind of value that the literal itself looks like."""
    address: bool = False
    """Whether it is a URL."""
    words: str = ""
    """The path of the URL, where it says what is asked for: ``/oauth2/token``."""
    quoted: list[int] = []
    """The slots that show a `repr` or a number, by position."""


class Param(Node, frozen=True, array_like=True, gc=False, tag="p"):
    """A parameter of this function."""

    index: int


class Free(Node, frozen=True, array_like=True, gc=False, tag="f"):
    """A name of an enclosing function, of the module, or a built-in."""

    name: str
    line: int
    column: int


class Imported(Node, frozen=True, array_like=True, gc=False, tag="i"):
    """An imported name, by its full dotted name."""

    name: str


class FuncRef(Node, frozen=True, array_like=True, gc=False, tag="r"):
    """A function defined in this module, by its qualified name."""

    name: str


class ClassRef(Node, frozen=True, array_like=True, gc=False, tag="R"):
    """A class defined in this module, by its qualified name."""

    name: str


class Bind(Node, frozen=True, array_like=True, gc=False, tag="b"):
    """A name is given a value: ``name = value``."""

    name: str
    value: int
    types: list[str]
    """The dotted names in its annotation."""
    line: int
    column: int


class Attr(Node, frozen=True, array_like=True, gc=False, tag="a"):
    """``base.name``."""

    base: int
    name: str
    line: int
    column: int


class Item(Node, frozen=True, array_like=True, gc=False, tag="k"):
    """``base[key]``; ``key`` is ``None`` where it isn't a constant."""

    base: int
    key: str | None
    index: int
    """The node of the key, or -1."""
    line: int
    column: int


class Slice(Node, frozen=True, array_like=True, gc=False, tag="s"):
    """``base[start:stop]``; bounds that are not constants, or are missing, are ``None``."""

    base: int
    start: int | None
    stop: int | None
    line: int
    column: int


class Elem(Node, frozen=True, array_like=True, gc=False, tag="e"):
    """An element met when iterating; of a mapping, its values if ``values``, else its keys."""

    base: int
    values: bool


class Key(Node, frozen=True, array_like=True, gc=False, tag="y"):
    """A key met when iterating over the items of a mapping; it tells nothing."""

    base: int


class Text(Node, frozen=True, array_like=True, gc=False, tag="x"):
    """Parts put together: f-string, ``+``, ``%``, ``format``; also joined lists."""

    parts: list[int]
    keys: list[str | None]
    """The word right in front of each part, if any."""
    address: bool = False
    """Whether a URL is put together."""
    quoted: list[int] = []
    """The parts that show as a `repr` or a number."""


class Group(Node, frozen=True, array_like=True, gc=False, tag="g"):
    """A container made in place."""

    type: str
    """``dict``, ``list``, ``tuple`` or ``set``."""
    entries: list[tuple[str, int]]
    """Entries with a constant key or index."""
    rest: list[int]
    """Entries with an unknown key."""
    spread: list[int]
    """Containers whose entries are taken over: ``*xs``, ``**kw``."""


class Put(Node, frozen=True, array_like=True, gc=False, tag="u"):
    """``base`` with ``key`` (an item or an attribute) set to ``value``; ``None`` is an unknown key."""

    base: int
    key: str | None
    value: int
    line: int
    column: int
    attribute: bool = False
    """Whether an attribute is set, which only shows where ``repr`` shows it."""
    index: int = -1
    """The node of an unknown key, or -1."""


class Select(Node, frozen=True, array_like=True, gc=False, tag="d"):
    """A copy of ``base`` without ``keys`` (or, if ``only``, with them alone)."""

    base: int
    keys: list[str]
    names: list[str]
    """Names of constants that hold further keys."""
    only: bool
    absent: bool = False
    """Whether it is ``base`` itself, where a test has told that the keys aren't in it."""
    lowered: bool = False
    """Whether the keys are compared in lower case."""


class Join(Node, frozen=True, array_like=True, gc=False, tag="j"):
    """One of several values, by the path that execution took."""

    values: list[int]


class Call(Node, frozen=True, array_like=True, gc=False, tag="C"):
    """A call."""

    func: int
    args: list[int]
    kwargs: list[tuple[str, int]]
    stars: list[int]
    """Nodes behind ``*``."""
    doubles: list[int]
    """Nodes behind ``**``."""
    line: int
    column: int
    end_line: int
    end_column: int
    fixed: int = -1
    """How many of ``args`` come before the first ``*``; -1 is all."""


class Caught(Node, frozen=True, array_like=True, gc=False, tag="E"):
    """The exception of an ``except`` clause: raised by the nodes from ``start`` up to ``stop``."""

    start: int
    stop: int
    types: list[str]


AnyNode = (
    Const
    | Template
    | Param
    | Free
    | Imported
    | FuncRef
    | ClassRef
    | Bind
    | Attr
    | Item
    | Slice
    | Elem
    | Key
    | Text
    | Group
    | Put
    | Select
    | Join
    | Call
    | Caught
)
