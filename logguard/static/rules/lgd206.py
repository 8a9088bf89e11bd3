"""LGD206: a URL, connection string or command line with a credential in it reaches a log call."""

from logguard.static.rules.base import Candidate, Rule


def _applies(found: Candidate) -> bool:
    return found.carrier == "url" or found.kind in ("credential.connection_string", "credential.signed_url")


RULE = Rule(
    id="LGD206",
    name="credential-url-logged",
    summary="A URL, connection string or command line with a credential in it reaches a log call.",
    message="{call} shows a URL or command line with {title} in it",
    advice="Log host and path alone, without user information and query.",
    severity="error",
    applies=_applies,
)
