"""msal-python.readthedocs.io/en/latest/#msal.ClientApplication."""

import base64
import json

PACKAGE, OLDEST = "msal", "1.20.0"
BASE = "https://login.microsoftonline.com/t"


class _Answer:
    status_code, headers = 200, {}

    def __init__(self, content):
        self.text = json.dumps(content)

    def raise_for_status(self):
        return None


def _client(planted):
    class Client:
        def get(self, url, **_):
            realm = {"account_type": "Managed"}
            return _Answer(
                {"authorization_endpoint": f"{BASE}/a", "token_endpoint": f"{BASE}/t", "issuer": BASE, **realm}
            )

        def post(self, url, **_):
            about = base64.urlsafe_b64encode(json.dumps({"uid": "u", "utid": "t"}).encode()).decode()
            token = {"access_token": planted, "token_type": "Bearer", "expires_in": 3600, "scope": "s"}
            return _Answer({**token, "client_info": about})

        def close(self):
            return None

    return Client()


def shows(planted):
    """The answer of the token endpoint is a mapping with the token."""
    import msal

    given = {"http_client": _client(planted), "authority": BASE, "instance_discovery": False}
    secret = msal.ConfidentialClientApplication("shop", client_credential="s", **given)
    public = msal.PublicClientApplication("shop", **given)
    flow = public.initiate_auth_code_flow(["s"])
    return {
        "acquire_token_for_client": secret.acquire_token_for_client(["s"]),
        "acquire_token_on_behalf_of": secret.acquire_token_on_behalf_of("t", ["s"]),
        "acquire_token_by_authorization_code": secret.acquire_token_by_authorization_code("c", ["s"]),
        "acquire_token_by_refresh_token": public.acquire_token_by_refresh_token("r", ["s"]),
        "acquire_token_by_username_password": public.acquire_token_by_username_password("ann", "p", ["s"]),
        "acquire_token_by_auth_code_flow": public.acquire_token_by_auth_code_flow(
            flow, {"code": "c", "state": flow["state"]}
        ),
        "acquire_token_by_device_flow": public.acquire_token_by_device_flow(
            {"device_code": "d", "interval": 0, "expires_at": 9e9, "_correlation_id": "c", "_scopes": ["s"]}
        ),
        "acquire_token_silent": public.acquire_token_silent(["s"], account=public.get_accounts()[0]),
    }
