"""rich.readthedocs.io/en/stable."""

import io
import sys
import warnings

PACKAGE, OLDEST = "rich", "12.0.0"


def shows(planted):
    """What is typed is plain text."""
    from rich.prompt import Prompt

    warnings.simplefilter("ignore")  # that the terminal, which there is none of, would show it
    sys.stdin = io.StringIO(f"{planted}\n")
    return {"rich.prompt.Prompt.ask": Prompt.ask("pin", password=True)}


def sends(planted):
    """Both print."""
    import rich
    from rich.console import Console

    return {"rich.print": lambda: rich.print(planted, file=sys.stdout), "print": lambda: Console().print(planted)}
