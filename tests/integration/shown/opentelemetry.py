"""opentelemetry-python.readthedocs.io/en/latest/api."""

PACKAGE, OLDEST = "opentelemetry-sdk", "1.15.0"


def sends(planted):
    """What is set on a span is exported with it, and baggage goes out with the next request."""
    from opentelemetry import baggage
    from opentelemetry.baggage.propagation import W3CBaggagePropagator
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))

    def span(name, *arguments):
        def run():
            exporter.clear()
            with provider.get_tracer("shop").start_as_current_span("buy") as made:
                getattr(made, name)(*arguments)
            return [one.to_json() for one in exporter.get_finished_spans()]

        return run

    def carried():
        head = {}
        W3CBaggagePropagator().inject(head, baggage.set_baggage("a", planted))
        return head

    return {
        "set_attribute": span("set_attribute", "a", planted),
        "set_attributes": span("set_attributes", {"a": planted}),
        "add_event": span("add_event", "a", {"b": planted}),
        "opentelemetry.baggage.set_baggage": carried,
    }
