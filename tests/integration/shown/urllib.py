"""docs.python.org/3/library/urllib.request.html."""

import urllib.request

from __main__ import failure, serving

PACKAGE, OLDEST = "", ""


def shows(planted):
    """An answer holds what was sent."""
    with serving(200, {"token": planted}) as address, urllib.request.urlopen(address) as answer:
        return {"urllib.request.urlopen": answer.read()}


def hides(planted):
    """The error of a status doesn't name the address."""
    with serving(401, {}) as address:
        return {"HTTPError": failure(urllib.request.urlopen, f"{address}/?token={planted}")}
