"""protobuf.dev/reference/python/python-generated."""

PACKAGE, OLDEST = "protobuf", "3.20.3"


def shows(planted):
    """The text of a message is its fields, set one by one or all at once."""
    from google.protobuf import wrappers_pb2

    message = wrappers_pb2.StringValue()
    message.value = planted
    return {"_pb2": message, "StringValue": wrappers_pb2.StringValue(value=planted)}
