"""keyring.readthedocs.io/en/latest/#api-interface."""

PACKAGE, OLDEST = "keyring", "23.0.0"


def shows(planted):
    """A password comes out of the keyring as text."""
    import keyring
    from keyring.backend import KeyringBackend

    class Held(KeyringBackend):
        priority = 1

        def get_password(self, service, username):
            return planted

        def set_password(self, service, username, password):
            raise NotImplementedError

        def delete_password(self, service, username):
            raise NotImplementedError

    keyring.set_keyring(Held())
    return {"keyring.get_password": keyring.get_password("mail", "ann")}
