"""loguru.readthedocs.io/en/stable/api/logger.html."""

import sys

PACKAGE, OLDEST = "loguru", "0.6.0"


def sends(planted):
    """The message is printed, and what is bound to it with the sink's format."""
    from loguru import logger

    def printed(call):
        def run():
            logger.remove()
            logger.add(sys.stdout, format="{message} {extra}", level=0)
            call()

        return run

    def contextualized():
        with logger.contextualize(it=planted):
            logger.info("sold")

    return {
        "loguru.logger": printed(lambda: logger.info("it is {}", planted)),
        "trace": printed(lambda: logger.trace("it is {}", planted)),
        "success": printed(lambda: logger.success("it is {}", planted)),
        "bind": printed(lambda: logger.bind(it=planted).info("sold")),
        "opt": printed(lambda: logger.opt(depth=0).info("it is {}", planted)),
        "patch": printed(lambda: logger.patch(lambda record: record["extra"].update(it=planted)).info("sold")),
        "contextualize": printed(contextualized),
    }


def hides(planted):
    """What steers a call isn't part of the record."""
    from loguru import logger

    seen = []
    logger.remove()
    logger.add(seen.append, format="{message}", level=0)
    logger.opt(exception=False, record=False, lazy=False, colors=False, depth=0).info("sold")
    return dict.fromkeys(("exception", "record", "lazy", "colors", "depth"), seen[0])
