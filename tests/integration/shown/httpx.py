"""www.python-httpx.org/exceptions."""

from __main__ import failure, serving

PACKAGE, OLDEST = "httpx", "0.23.0"


def shows(planted):
    """The error of a status names the address; an answer holds what was sent."""
    import httpx

    with serving(401, {"token": planted}) as address:
        answer = httpx.get(address, params={"token": planted})
        made = {
            "httpx.get": httpx.get(address).json(),
            "httpx.post": httpx.post(address).json(),
            "httpx.put": httpx.put(address).json(),
            "httpx.request": httpx.request("GET", address).json(),
        }
    made["url"] = answer.url
    return {**made, "raise_for_status raises": failure(answer.raise_for_status)}


def hides(planted):
    """A response shows its status, and headers hide who signs in."""
    import httpx

    asked = httpx.Request("GET", "https://shop.example", headers={"Authorization": planted})
    answer = httpx.Response(200, text=planted, headers={"X-Token": planted}, request=asked)
    return {"httpx.Response": answer, "Headers": asked.headers}
