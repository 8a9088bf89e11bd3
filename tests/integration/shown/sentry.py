"""docs.sentry.io/platforms/python/enriching-events."""

PACKAGE, OLDEST = "sentry-sdk", "2.0.0"


def sends(planted):
    """What is set goes out with the next event."""
    import sentry_sdk

    sent = []

    def keep(event, _hint):
        sent.append(event)

    sentry_sdk.init("http://key@127.0.0.1:9/1", before_send=keep, default_integrations=False)

    def after(call, *arguments, **keywords):
        def run():
            sent.clear()
            call(*arguments, **keywords)
            sentry_sdk.capture_message("it happened")
            return sent

        return run

    def on_scope(name, *arguments, **keywords):
        def run():
            sent.clear()
            with sentry_sdk.push_scope() if hasattr(sentry_sdk, "push_scope") else sentry_sdk.new_scope() as scope:
                getattr(scope, name)(*arguments, **keywords)
                sentry_sdk.capture_message("it happened")
            return sent

        return run

    given = {
        "set_tag": ("a", planted),
        "set_extra": ("a", planted),
        "set_context": ("a", {"b": planted}),
        "set_user": ({"email": planted},),
        "add_breadcrumb": ({"message": planted},),
    }
    made = {f"sentry_sdk.{name}": after(getattr(sentry_sdk, name), *one) for name, one in given.items()}
    made |= {name: on_scope(name, *one) for name, one in given.items()}
    return {**made, "sentry_sdk.capture_message": after(sentry_sdk.capture_message, planted)}
