"""github.com/kubernetes-client/python/blob/master/kubernetes/docs/CoreV1Api.md."""

import base64

from __main__ import serving

PACKAGE, OLDEST = "kubernetes", "18.20.0"


def shows(planted):
    """A model prints all of its fields; the data of a secret is in base64."""
    from kubernetes import client

    secret = {"data": {"password": base64.b64encode(planted.encode()).decode()}}
    many = {"items": [secret]}
    with serving(200, secret) as address:
        api = client.CoreV1Api(client.ApiClient(client.Configuration(host=address)))
        made = {"read_namespaced_secret": api.read_namespaced_secret("a", "b")}
    with serving(200, many) as address:
        api = client.CoreV1Api(client.ApiClient(client.Configuration(host=address)))
        made["list_namespaced_secret"] = api.list_namespaced_secret("b")
        made["list_secret_for_all_namespaces"] = api.list_secret_for_all_namespaces()
    body = {"spec": {"audiences": ["a"]}, "status": {"token": planted, "expirationTimestamp": "2040-01-01T00:00:00Z"}}
    with serving(201, body) as address:
        api = client.CoreV1Api(client.ApiClient(client.Configuration(host=address)))
        made["create_namespaced_service_account_token"] = api.create_namespaced_service_account_token("a", "b", {})
    return made


def hides(planted):
    """The settings of a client have no text of their own."""
    from kubernetes import client

    return {"Configuration": client.Configuration(api_key={"authorization": planted})}
