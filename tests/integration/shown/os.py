"""docs.python.org/3/library/os.html."""

import io
import os
import pathlib

PACKAGE, OLDEST = "", ""


def shows(planted):
    """The environment is a mapping."""
    os.environ["SHOP_TOKEN"] = planted
    return {"os.environ": os.environ, "os.environb": os.environb, "environ": os.environ}


def hides(planted):
    """What takes a path takes a name, not what the file holds."""
    folder = pathlib.Path(os.environ.get("TMPDIR", "/tmp"))
    made = {name: getattr(os.path, name)(str(folder)) for name in ("exists", "isfile", "isdir", "islink", "abspath")}
    made |= {name: getattr(os.path, name)(str(folder)) for name in ("realpath", "dirname", "basename", "expanduser")}
    made |= {"open": io.open, "Path": folder, "PurePath": pathlib.PurePath(folder)}
    file = folder / f"logguard-{os.getpid()}"
    file.write_text(planted)
    made |= {"getsize": os.path.getsize(file), "stat": os.stat(file), "access": os.access(file, os.R_OK)}
    made |= {"chmod": os.chmod(file, 0o600), "makedirs": os.makedirs(folder, exist_ok=True), "unlink": os.unlink(file)}
    file.write_text(planted)
    return {**made, "remove": os.remove(file)}
