"""From a log record to a cleaned one: message, arguments, extra fields, exceptions, stack."""
