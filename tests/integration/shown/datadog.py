"""ddtrace.readthedocs.io/en/stable/api.html."""

import os

PACKAGE, OLDEST = "ddtrace", "2.0.0"


def sends(planted):
    """What is set on a span is part of what is sent of it."""
    os.environ.update(DD_TRACE_ENABLED="false", DD_INSTRUMENTATION_TELEMETRY_ENABLED="false")
    from ddtrace import tracer

    def tagged(name, *arguments):
        def run():
            span = tracer.start_span("buy")
            getattr(span, name)(*arguments)
            return span.get_tag("a")

        return run

    return {
        "set_tag": tagged("set_tag", "a", planted),
        "set_tags": tagged("set_tags", {"a": planted}),
    }
