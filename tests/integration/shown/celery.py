"""docs.celeryq.dev/en/stable/userguide."""

import logging

PACKAGE, OLDEST = "celery", "5.3.0"


class _Prints(logging.Handler):
    def emit(self, record):
        print(record.getMessage())


def _app(planted):
    import celery

    return celery.Celery(broker=f"amqp://ann:{planted}@localhost//")


def shows(planted):
    """The request of a task shows its arguments, and the settings are a mapping."""
    from celery.app.task import Context

    return {"request": Context(args=(planted,)), "conf": _app(planted).conf}


def sends(planted):
    """What a factory returns logs."""
    from celery.utils.log import get_logger, get_task_logger

    logging.basicConfig(level="INFO", handlers=[_Prints()])
    made = {"celery.utils.log.get_task_logger": get_task_logger, "celery.utils.log.get_logger": get_logger}
    return {name: lambda get=get: get("shop").warning("it is %s", planted) for name, get in made.items()}


def hides(planted):
    """Made for reading, the settings are masked, and so is a connection."""
    app = _app(planted)
    return {"humanize": app.conf.humanize(), "table": app.conf.table(), "as_uri": app.connection().as_uri()}
