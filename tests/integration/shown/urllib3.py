"""urllib3.readthedocs.io/en/stable/reference."""

from __main__ import failure

PACKAGE, OLDEST = "urllib3", "1.26.0"
CLOSED = "http://127.0.0.1:9/"


def shows(planted):
    """Headers are a mapping, and what can't be reached is named with its parameters."""
    import urllib3
    import urllib3.util

    http = urllib3.PoolManager(retries=1)
    return {
        "urllib3.util.make_headers": urllib3.util.make_headers(basic_auth=f"ann:{planted}"),
        "urllib3.make_headers": urllib3.make_headers(basic_auth=f"ann:{planted}"),
        "request raises": failure(http.request, "GET", f"{CLOSED}?token={planted}"),
        "urlopen raises": failure(http.urlopen, "GET", f"{CLOSED}?token={planted}"),
    }
