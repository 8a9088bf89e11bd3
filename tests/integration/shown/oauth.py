"""requests-oauthlib.readthedocs.io/en/latest/api.html."""

import json

PACKAGE, OLDEST = "requests-oauthlib", "1.3.0"


def shows(planted):
    """The answer of the token endpoint is a mapping with the token."""
    from oauthlib.oauth2 import BackendApplicationClient
    from requests import Response
    from requests.adapters import BaseAdapter
    from requests_oauthlib import OAuth2Session

    class Endpoint(BaseAdapter):
        def send(self, request, **_):
            answer = Response()
            answer.status_code, answer.request, answer.url = 200, request, request.url
            answer._content = json.dumps({"access_token": planted, "token_type": "Bearer"}).encode()
            return answer

        def close(self):
            return None

    session = OAuth2Session(client=BackendApplicationClient(client_id="shop"))
    session.mount("https://", Endpoint())
    return {"fetch_token": session.fetch_token("https://id.example/token", client_secret="s")}
