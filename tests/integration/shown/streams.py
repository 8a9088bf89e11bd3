"""docs.python.org/3/library/functions.html#print, docs.python.org/3/library/pprint.html."""

import pprint
import sys

PACKAGE, OLDEST = "", ""


def sends(planted):
    """All of them write to a standard stream, looked up when they are called."""
    made = {"print": lambda: print(planted), "pprint.pprint": lambda: pprint.pprint(planted)}
    for name in ("stdout", "stderr"):
        made[f"sys.{name}.write"] = lambda name=name: getattr(sys, name).write(planted) and None
        made[f"sys.{name}.writelines"] = lambda name=name: getattr(sys, name).writelines([planted])
    return {
        **made,
        "pprint.pp": lambda: pprint.pp(planted),
        "write": made["sys.stdout.write"],
        "writelines": made["sys.stdout.writelines"],
    }
