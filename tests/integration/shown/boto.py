"""botocore/credentials.py."""

PACKAGE, OLDEST = "botocore", "1.20.0"


def shows(planted):
    """The frozen copy is a named tuple."""
    from botocore.credentials import Credentials

    return {"get_frozen_credentials": Credentials("id", planted).get_frozen_credentials()}


def hides(planted):
    """The live object has no text of its own."""
    from botocore.credentials import Credentials

    return {"Credentials": Credentials("id", planted)}
