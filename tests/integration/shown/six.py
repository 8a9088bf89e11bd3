"""six.readthedocs.io/#string-data-compatibility."""

PACKAGE, OLDEST = "six", "1.16.0"


def shows(planted):
    """They return the same text."""
    import six

    return {
        "six.text_type": six.text_type(planted),
        "six.ensure_str": six.ensure_str(planted.encode()),
        "six.ensure_text": six.ensure_text(planted.encode()),
        "six.ensure_binary": six.ensure_binary(planted),
        "six.b": six.b(planted),
        "six.u": six.u(planted),
    }
