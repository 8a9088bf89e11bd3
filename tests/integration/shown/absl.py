"""abseil.io/docs/python/guides/logging."""

PACKAGE, OLDEST = "absl-py", "1.0.0"


def sends(planted):
    """The module logs."""
    from absl import logging

    return {"absl.logging": lambda: logging.error("it is %s", planted)}
