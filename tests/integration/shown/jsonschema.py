"""python-jsonschema.readthedocs.io/en/stable/errors."""

from __main__ import failure

PACKAGE, OLDEST = "jsonschema", "4.0.0"


def shows(planted):
    """The error quotes what was checked."""
    from jsonschema import validate, validators

    schema = {"type": "array"}
    return {
        "instance": failure(validate, {"password": planted}, schema).instance,
        "jsonschema.validate raises": failure(validate, {"password": planted}, schema),
        "jsonschema.validators.validate raises": failure(validators.validate, {"password": planted}, schema),
    }
