"""pyjwt.readthedocs.io/en/stable/api.html#jwt.encode."""

PACKAGE, OLDEST = "PyJWT", "2.0.0"


class _Token(str):
    """Stands for what was planted: a token holds its claims in base64."""


def shows(planted):
    """The result is the token itself, which whoever has it can use: its claims can be read back from the text."""
    import jwt

    made = jwt.encode({"sub": planted}, "k" * 64, algorithm="HS256")
    return {"jwt.encode": f"{made} {jwt.decode(str(made), 'k' * 64, algorithms=['HS256'])['sub']}"}
