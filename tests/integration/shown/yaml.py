"""pyyaml.org/wiki/PyYAMLDocumentation."""

PACKAGE, OLDEST = "PyYAML", "6.0.1"


def shows(planted):
    """A document shows what it is made of."""
    import yaml

    return {"yaml.dump": yaml.dump({"password": planted}), "yaml.safe_dump": yaml.safe_dump({"password": planted})}
