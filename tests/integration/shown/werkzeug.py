"""werkzeug.palletsprojects.com/en/stable/datastructures."""

import base64

PACKAGE, OLDEST = "Werkzeug", "2.3.0"


def shows(planted):
    """What a client signs in with is shown as it was sent."""
    from werkzeug.test import EnvironBuilder

    basic = base64.b64encode(f"ann:{planted}".encode()).decode()
    request = EnvironBuilder(headers={"Authorization": f"Basic {basic}"}).get_request()
    return {"authorization": request.authorization}


def hides(planted):
    """A request names its address."""
    from werkzeug.test import EnvironBuilder

    return {"Request": EnvironBuilder(headers={"Authorization": f"Bearer {planted}"}).get_request()}
