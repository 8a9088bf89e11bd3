"""cloud.google.com/python/docs/reference/secretmanager/latest."""

PACKAGE, OLDEST = "google-cloud-secret-manager", "2.16.0"


def shows(planted):
    """A message prints its fields."""
    from google.cloud.secretmanager import AccessSecretVersionResponse, SecretPayload

    answer = AccessSecretVersionResponse(payload=SecretPayload(data=planted.encode()))
    return {"access_secret_version": answer}
