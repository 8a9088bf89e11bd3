"""docs.python.org/3/library/netrc.html."""

import netrc
import os
import tempfile

PACKAGE, OLDEST = "", ""


def shows(planted):
    """The answer is a tuple with the password."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "netrc")
        with open(file, "w") as written:
            written.write(f"machine shop.example login ann password {planted}\n")
        return {"authenticators": netrc.netrc(file).authenticators("shop.example")}
