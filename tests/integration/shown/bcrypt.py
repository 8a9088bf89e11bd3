"""github.com/pyca/bcrypt."""

PACKAGE, OLDEST = "bcrypt", "4.0.0"


def hides(planted):
    """The answer is yes or no."""
    import bcrypt

    return {"bcrypt.checkpw": bcrypt.checkpw(planted.encode(), bcrypt.hashpw(planted.encode(), bcrypt.gensalt(4)))}
