"""requests-oauthlib.readthedocs.io/en/latest/api.html."""

import json

PACKAGE, OLDEST = "requests-oauthlib", "1.3.0"


def _session(session, text):
    """Let a session get a text as the answer to everything."""
    from requests import Response
    from requests.adapters import BaseAdapter

    class Endpoint(BaseAdapter):
        def send(self, request, **_):
            answer = Response()
            answer.status_code, answer.request, answer.url = 200, request, request.url
            answer._content = text.encode()
            return answer

        def close(self):
            return None

    session.mount("https://", Endpoint())
    return session


def shows(planted):
    """The answer of the token endpoint is a mapping with the token."""
    from oauthlib.oauth2 import BackendApplicationClient
    from requests_oauthlib import OAuth1Session, OAuth2Session

    answer = json.dumps({"access_token": planted, "token_type": "Bearer"})
    newer = _session(OAuth2Session(client=BackendApplicationClient(client_id="shop")), answer)
    older = _session(OAuth1Session("shop", "s", verifier="v"), f"oauth_token=t&oauth_token_secret={planted}")
    return {
        "fetch_token": newer.fetch_token("https://id.example/token", client_secret="s"),
        "fetch_access_token": older.fetch_access_token("https://id.example/token"),
    }
