"""www.structlog.org/en/stable/api.html."""

import asyncio

PACKAGE, OLDEST = "structlog", "22.2.0"


def sends(planted):
    """The event and all that is bound to it are printed."""
    import logging

    import structlog
    from structlog.contextvars import bind_contextvars, bound_contextvars, clear_contextvars

    class Prints(logging.Handler):
        def emit(self, record):
            print(self.format(record))

    logging.basicConfig(level="DEBUG", handlers=[Prints()])

    def printed(get):
        return lambda: get(structlog.PrintLogger()).info("sold", it=planted)

    def bound():
        clear_contextvars()
        bind_contextvars(it=planted)
        structlog.get_logger().info("sold")
        clear_contextvars()

    def within():
        with bound_contextvars(it=planted):
            structlog.get_logger().info("sold")

    async def later(name):
        processors = [structlog.processors.KeyValueRenderer()]
        logger = structlog.stdlib.AsyncBoundLogger(logging.getLogger("a"), processors, {})
        given = (logging.INFO, "sold") if name == "log" else ("sold",)
        await getattr(logger, name)(*given, it=planted)

    made = {
        "structlog.wrap_logger": printed(lambda one: structlog.wrap_logger(one)),
        "structlog.get_logger": printed(lambda _: structlog.get_logger()),
        "structlog.getLogger": printed(lambda _: structlog.getLogger()),
        "structlog.stdlib.get_logger": printed(lambda _: structlog.stdlib.get_logger()),
        "bind": lambda: structlog.get_logger().bind(it=planted).info("sold"),
        "new": lambda: structlog.get_logger().new(it=planted).info("sold"),
        "try_unbind": lambda: structlog.get_logger().try_unbind("other").info("sold", it=planted),
        "structlog.contextvars.bind_contextvars": bound,
        "structlog.contextvars.bound_contextvars": within,
        "msg": lambda: structlog.PrintLogger().msg(planted),
        "failure": lambda: structlog.PrintLogger().failure(planted),
        "BoundLogger": printed(lambda one: structlog.wrap_logger(one, wrapper_class=structlog.BoundLogger)),
        "FilteringBoundLogger": printed(
            lambda one: structlog.wrap_logger(one, wrapper_class=structlog.make_filtering_bound_logger(0))
        ),
    }
    for name in ("adebug", "ainfo", "awarning", "aerror", "acritical", "aexception", "alog"):
        made[name] = lambda name=name: asyncio.run(later(name[1:]))
    return made
