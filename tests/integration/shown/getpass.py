"""docs.python.org/3/library/getpass.html."""

import getpass
import io
import os
import sys
import warnings

PACKAGE, OLDEST = "", ""


def shows(planted):
    """What is typed is plain text, and so is who runs the program."""
    warnings.simplefilter("ignore")  # that the terminal, which there is none of, would show it
    sys.stdin = io.StringIO(f"{planted}\n")
    os.environ["LOGNAME"] = planted
    return {"getpass.getpass": getpass.getpass(stream=sys.stderr), "getpass.getuser": getpass.getuser()}
