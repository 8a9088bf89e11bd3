"""Log what a library's file makes, and print which rows showed the planted value: ``python show.py FILE``."""

from __future__ import annotations

import importlib.util
import io
import json
import logging
import sys

PLANTED = "pl4nted-" + "V" * 24


def main() -> None:
    """Print a JSON object: for each row whether its log line holds the value."""
    sys.path.pop(0)  # this folder, whose files are called like the libraries
    spec = importlib.util.spec_from_file_location("shown", sys.argv[1])
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = {"shows": {}, "hides": {}}
    for table, seen in made.items():
        for row, thing in getattr(module, table, lambda _: {})(PLANTED).items():
            seen[row] = _logged(thing)
    print(json.dumps(made))


def _logged(thing: object) -> bool:
    """Whether a log line holds the value; of a pair in a list, the second tells whether its last word works as one."""
    thing, works = thing if isinstance(thing, list) else (thing, None)
    stream = io.StringIO()
    logger = logging.Logger("shown")
    logger.addHandler(logging.StreamHandler(stream))
    logger.info("it is %s", thing)
    if works is not None:
        return bool(works(stream.getvalue().split()[-1]))
    return PLANTED in stream.getvalue() or _base64(PLANTED) in stream.getvalue()


def _base64(text: str) -> str:
    import base64

    return base64.b64encode(text.encode()).decode()


if __name__ == "__main__":
    main()
