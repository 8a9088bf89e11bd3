"""python-jose.readthedocs.io/en/latest/jwt/api.html."""

PACKAGE, OLDEST = "python-jose", "3.3.0"


def shows(planted):
    """The token in the log is one that works."""
    from jose import jwt

    token = jwt.encode({"sub": "ann"}, planted)
    return {"jose.jwt.encode": [token, lambda text: jwt.decode(text, planted, "HS256") == {"sub": "ann"}]}
