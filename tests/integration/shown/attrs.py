"""www.attrs.org/en/stable/api.html."""

PACKAGE, OLDEST = "attrs", "20.3.0"


def shows(planted):
    """A generated repr shows the fields."""
    import attr

    made = attr.make_class("Account", ["password"])(planted)
    return {"attr.s": made, "attr.asdict": attr.asdict(made)}


def hides(planted):
    """But not those that are left out of it."""
    import attr

    return {"repr=False": attr.make_class("Account", {"password": attr.ib(repr=False)})(planted)}
