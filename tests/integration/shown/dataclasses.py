"""docs.python.org/3/library/dataclasses.html, docs.python.org/3/library/typing.html#typing.NamedTuple."""

import dataclasses
import typing

PACKAGE, OLDEST = "", ""


def shows(planted):
    """A generated repr shows the fields, and so does what is made of them."""

    @dataclasses.dataclass
    class Account:
        password: str

    class Pair(typing.NamedTuple):
        password: str

    made = Account(planted)
    return {
        "dataclass": made,
        "NamedTuple": Pair(planted),
        "dataclasses.asdict": dataclasses.asdict(made),
        "dataclasses.astuple": dataclasses.astuple(made),
        "dataclasses.replace": dataclasses.replace(made),
        "vars": vars(made),
        "_asdict": Pair(planted)._asdict(),
    }


def hides(planted):
    """But not those that are left out of it."""
    account = dataclasses.make_dataclass("Account", [("password", str, dataclasses.field(repr=False))])
    return {"repr=False": account(planted)}
