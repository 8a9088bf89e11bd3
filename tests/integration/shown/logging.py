"""docs.python.org/3/library/logging.html."""

import logging
import sys
import traceback

PACKAGE, OLDEST = "", ""
METHODS = ("debug", "info", "warn", "warning", "error", "critical", "fatal", "exception")


class _Prints(logging.Handler):
    def emit(self, record):
        print(self.format(record))


def _raised(planted, call):
    try:
        raise ValueError(planted)
    except ValueError:
        return call()


def sends(planted):
    """Whatever logs, prints here; and so does what it is called on, by whichever way it was got."""
    logging.basicConfig(level="DEBUG", handlers=[_Prints()])
    own = logging.getLoggerClass()("own")
    own.addHandler(_Prints())
    loggers = {
        "logging.getLogger": logging.getLogger("a"),
        "logging.LoggerAdapter": logging.LoggerAdapter(logging.getLogger("a"), {}),
        "logging.Logger": own,
        "logging.getLoggerClass": own,
        "logging.root": logging.root,
        "Logger": own,
        "LoggerAdapter": logging.LoggerAdapter(own, {}),
        "logging": logging,
        "getChild": logging.getLogger("a").getChild("b"),
    }
    made = {name: lambda logger=logger: logger.error("it is %s", planted) for name, logger in loggers.items()}
    for name in METHODS:
        made[name] = lambda name=name: getattr(logging.getLogger("a"), name, logging.error)("it is %s", planted)
    return {
        **made,
        "log": lambda: logging.getLogger("a").log(logging.INFO, "it is %s", planted),
        "exc_info": lambda: _raised(planted, lambda: logging.getLogger("a").error("no", exc_info=True)),
        "traceback.print_exc": lambda: _raised(planted, lambda: traceback.print_exc(file=sys.stderr)),
    }


def hides(planted):
    """What steers a call isn't part of the record."""
    record = logging.getLogger("a").makeRecord("a", logging.INFO, "app.py", 1, "hello", (), None)
    return {"stacklevel": record.getMessage(), "stack_info": record.stack_info}
