"""cloud.google.com/python/docs/reference/storage/latest."""

PACKAGE, OLDEST = "google-cloud-storage", "2.7.0"


def shows(planted):
    """A signed address holds the signature."""
    from google.auth import crypt
    from google.cloud import storage
    from google.oauth2.service_account import Credentials

    class Signer(crypt.Signer):
        key_id = "1"

        def sign(self, message):
            return planted.encode()

    credentials = Credentials(Signer(), "ann@shop.example", "https://id.example")
    blob = storage.Client("shop", credentials=credentials).bucket("b").blob("k")
    address = blob.generate_signed_url(expiration=600, version="v4")
    return {"generate_signed_url": [address, lambda text: planted.encode().hex() in text]}
