"""msal-python.readthedocs.io/en/latest/#msal.ClientApplication."""

import json

PACKAGE, OLDEST = "msal", "1.20.0"


class _Answer:
    status_code, headers = 200, {}

    def __init__(self, content):
        self.text = json.dumps(content)


def shows(planted):
    """The answer of the token endpoint is a mapping with the token."""
    import msal

    class Client:
        def get(self, url, **_):
            base = "https://login.microsoftonline.com/t"
            return _Answer({"authorization_endpoint": f"{base}/a", "token_endpoint": f"{base}/t", "issuer": base})

        def post(self, url, **_):
            return _Answer({"access_token": planted, "token_type": "Bearer", "expires_in": 3600})

        def close(self):
            return None

    made = msal.ConfidentialClientApplication(
        "shop",
        client_credential="s",
        http_client=Client(),
        authority="https://login.microsoftonline.com/t",
        instance_discovery=False,
    )
    return {"acquire_token_for_client": made.acquire_token_for_client(["https://graph.microsoft.com/.default"])}
