"""docs.twisted.org/en/stable/core/howto/logger.html."""

PACKAGE, OLDEST = "twisted", "22.8.0"


def sends(planted):
    """Observers get the event."""
    from twisted.logger import Logger, eventAsText, globalLogPublisher
    from twisted.python import log

    def seen(call):
        def run():
            events = []
            globalLogPublisher.addObserver(events.append)
            call()
            globalLogPublisher.removeObserver(events.append)
            return [eventAsText(event) for event in events]

        return run

    def failed():
        try:
            raise ValueError(planted)
        except ValueError:
            Logger("shop").failure("it broke")

    return {
        "failure": seen(failed),
        "twisted.python.log": seen(lambda: log.msg(planted)),
        "twisted.logger.Logger": seen(lambda: Logger("shop").info("it is {it}", it=planted)),
    }
