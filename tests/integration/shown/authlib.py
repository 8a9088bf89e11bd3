"""docs.authlib.org/en/latest/jose/jwt.html."""

PACKAGE, OLDEST = "authlib", "1.2.0"


def shows(planted):
    """The token in the log is one that works."""
    from authlib.jose import jwt

    token = jwt.encode({"alg": "HS256"}, {"sub": "ann"}, planted).decode()
    return {"authlib.jose.jwt.encode": [token, lambda text: jwt.decode(text, planted)["sub"] == "ann"]}
