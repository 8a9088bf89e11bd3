"""requests.readthedocs.io/en/latest/api."""

from __main__ import failure, serving

PACKAGE, OLDEST = "requests", "2.25.0"
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
CLOSED = "http://127.0.0.1:9/"


def shows(planted):
    """What can't be reached is named with its parameters, and so is what a status is about."""
    import requests

    sought = {"params": {"token": planted}}
    with requests.Session() as session:
        made = {f"{name} raises": failure(getattr(session, name), CLOSED, **sought) for name in METHODS}
        made["request raises"] = failure(session.request, "GET", CLOSED, **sought)
    for name in METHODS:
        made[f"requests.{name} raises"] = failure(getattr(requests, name), CLOSED, **sought)
    made["requests.request raises"] = failure(requests.request, "GET", CLOSED, **sought)
    with serving(401, {"token": planted}) as address:
        made["url"] = requests.get(address, **sought).url
        made["raise_for_status raises"] = failure(requests.get(address, **sought).raise_for_status)
        for name in METHODS:
            answer = getattr(requests, name)(address)
            made[f"requests.{name}"] = answer.headers["X-Body"] if name == "head" else answer.text
        made["requests.request"] = requests.request("GET", address).text
    return {**made, **{f"{name} to request": getattr(_heir(), name)(CLOSED, data=planted) for name in METHODS}}


def _heir():
    """Return a session whose `request` answers with what it is given for its own parameters."""
    import requests

    class Heir(requests.Session):
        def request(self, method, url, **more):
            return [method, url, more] if url == CLOSED else None

    return Heir()


def hides(planted):
    """A response shows its status, a request its method; who signs in by the address isn't in the error."""
    import requests

    asked = requests.Request("GET", "https://shop.example", headers={"Authorization": planted}).prepare()
    answer = requests.Response()
    answer.headers["Set-Cookie"] = planted
    answer._content = planted.encode()
    error = failure(requests.get, f"http://ann:{planted}@127.0.0.1:9/")
    return {"Response": answer, "PreparedRequest": asked, "ConnectionError": error}
