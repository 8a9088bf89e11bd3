"""pyjwt.readthedocs.io/en/stable/api.html#jwt.encode."""

PACKAGE, OLDEST = "PyJWT", "2.0.0"


def shows(planted):
    """What stands in the log is accepted as a token."""
    import jwt

    def works(text):
        return jwt.decode(text, "k" * 64, algorithms=["HS256"]) == {"sub": planted}

    return {"jwt.encode": [jwt.encode({"sub": planted}, "k" * 64, algorithm="HS256"), works]}
