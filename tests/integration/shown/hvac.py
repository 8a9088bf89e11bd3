"""python-hvac.org/en/stable/usage."""

from __main__ import serving

PACKAGE, OLDEST = "hvac", "1.1.0"


def shows(planted):
    """Answers are mappings."""
    import hvac

    body = {"data": {"data": {"password": planted}, "keys": [planted], "secret_id": planted}}
    with serving(200, {**body, "auth": {"client_token": planted}}) as address:
        client = hvac.Client(address, token="t")
        return {
            "read": client.read("secret/shop"),
            "read_secret": client.secrets.kv.v1.read_secret("shop"),
            "read_secret_version": client.secrets.kv.v2.read_secret_version("shop"),
            "generate_credentials": client.secrets.database.generate_credentials("shop"),
            "generate_static_credentials": client.secrets.ldap.generate_static_credentials("shop")
            if hasattr(client.secrets, "ldap")
            else client.secrets.database.get_static_credentials("shop"),
            "get_static_credentials": client.secrets.database.get_static_credentials("shop"),
            "generate_secret_id": client.auth.approle.generate_secret_id("shop"),
            "login": client.auth.userpass.login("ann", "p"),
            "initialize": client.sys.initialize(),
        }
