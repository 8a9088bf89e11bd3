"""docs.python.org/3/library/argparse.html."""

import argparse

PACKAGE, OLDEST = "", ""


def shows(planted):
    """A namespace shows its options."""
    return {"argparse.Namespace": argparse.Namespace(password=planted)}
