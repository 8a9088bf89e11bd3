"""www.attrs.org/en/stable/api.html."""

PACKAGE, OLDEST = "attrs", "21.3.0"


def shows(planted):
    """A generated repr shows the fields, and so does what is made of them."""
    import attr
    import attrs

    def made(decorator):
        class Account:
            password: str = ""

        return decorator(Account)(planted)

    old = made(lambda cls: attr.s(these={"password": attr.ib()})(cls))
    return {
        "attr.s": old,
        "attr.attrs": made(lambda cls: attr.attrs(these={"password": attr.ib()})(cls)),
        "attr.dataclass": made(attr.dataclass),
        "attr.asdict": attr.asdict(old),
        "attr.astuple": attr.astuple(old),
        "attrs.asdict": attrs.asdict(old),
        "attrs.astuple": attrs.astuple(old),
        **{f"attr.{name}": made(getattr(attr, name)) for name in ("define", "frozen")},
        **{f"attrs.{name}": made(getattr(attrs, name)) for name in ("define", "frozen", "mutable")},
    }


def hides(planted):
    """But not those that are left out of it."""
    import attr

    return {"repr=False": attr.make_class("Account", {"password": attr.ib(repr=False)})(planted)}
