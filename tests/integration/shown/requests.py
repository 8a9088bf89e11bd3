"""requests.readthedocs.io/en/latest/api/#requests.Request."""

PACKAGE, OLDEST = "requests", "2.25.0"


def shows(planted):
    """The headers of a request are a mapping."""
    import requests

    asked = requests.Request("GET", "https://shop.example", headers={"Authorization": planted}).prepare()
    return {"headers": asked.headers}


def hides(planted):
    """A response shows its status, a request its method."""
    import requests

    asked = requests.Request("GET", "https://shop.example", headers={"Authorization": planted}).prepare()
    answer = requests.Response()
    answer.headers["Set-Cookie"] = planted
    answer._content = planted.encode()
    return {"Response": answer, "PreparedRequest": asked}
