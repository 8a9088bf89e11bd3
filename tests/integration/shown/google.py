"""googleapis.dev/python/google-auth/latest/reference/google.oauth2.credentials.html."""

PACKAGE, OLDEST = "google-auth", "2.0.0"


def shows(planted):
    """The text holds the refresh token."""
    from google.oauth2.credentials import Credentials

    return {"to_json": Credentials("t", refresh_token=planted, client_id="c", client_secret="s").to_json()}


def hides(planted):
    """The object has no text of its own."""
    from google.oauth2.credentials import Credentials

    return {"Credentials": Credentials("t", refresh_token=planted, client_id="c", client_secret="s")}
