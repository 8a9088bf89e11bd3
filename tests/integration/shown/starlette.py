"""www.starlette.io/config."""

PACKAGE, OLDEST = "starlette", "0.25.0"


def shows(planted):
    """Its type for secrets gives them away as text."""
    from starlette.datastructures import Secret

    return {"starlette.datastructures.Secret": Secret(planted)}


def hides(planted):
    """Only its repr hides them."""
    from starlette.datastructures import Secret

    return {"repr": repr(Secret(planted))}
