"""docs.python.org/3/library/subprocess.html."""

import subprocess
import sys

from __main__ import failure

PACKAGE, OLDEST = "", ""


def shows(planted):
    """The command is quoted with all of its arguments."""
    fails = [sys.executable, "-c", "raise SystemExit(1)", planted]
    ends = [sys.executable, "-c", "", planted]
    process = subprocess.Popen(["true", planted])  # its text is cut after 80 characters
    process.wait()
    return {
        "subprocess.run raises": failure(subprocess.run, fails, check=True),
        "subprocess.check_call raises": failure(subprocess.check_call, fails),
        "subprocess.check_output raises": failure(subprocess.check_output, fails),
        "cmd": failure(subprocess.check_call, fails).cmd,
        "subprocess.run": subprocess.run(ends),
        "subprocess.Popen": process,
    }
