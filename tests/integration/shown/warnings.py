"""docs.python.org/3/library/warnings.html."""

import warnings

PACKAGE, OLDEST = "", ""


def sends(planted):
    """A warning is printed."""
    warnings.simplefilter("always")
    return {
        "warnings.warn": lambda: warnings.warn(planted, stacklevel=1),
        "warnings.warn_explicit": lambda: warnings.warn_explicit(planted, UserWarning, "app.py", 1),
    }
