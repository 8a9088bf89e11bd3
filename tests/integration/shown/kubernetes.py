"""kubernetes/client/models/v1_secret.py."""

import base64

PACKAGE, OLDEST = "kubernetes", "18.20.0"


def shows(planted):
    """A model prints all of its fields; the data is in base64."""
    from kubernetes.client import V1Secret

    return {"read_namespaced_secret": V1Secret(data={"password": base64.b64encode(planted.encode()).decode()})}
