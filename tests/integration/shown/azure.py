"""learn.microsoft.com/en-us/python/api/azure-storage-blob/azure.storage.blob."""

import base64
from datetime import datetime, timezone

PACKAGE, OLDEST = "azure-storage-blob", "azure-storage-blob==12.14.0 six"


def shows(planted):
    """A token is a named tuple; a signature's text holds what lets somebody in, here marked by the name of a rule."""
    from azure.core.credentials import AccessToken
    from azure.storage.blob import generate_account_sas, generate_blob_sas, generate_container_sas

    key = base64.b64encode(b"k" * 32).decode()
    until = {"account_key": key, "expiry": datetime(2040, 1, 1, tzinfo=timezone.utc), "permission": "r"}

    def signed(text):
        return "sig=" in text

    return {
        "get_token": AccessToken(planted, 1),
        "azure.storage.blob.generate_blob_sas": [generate_blob_sas("a", "c", "b", **until), signed],
        "azure.storage.blob.generate_container_sas": [generate_container_sas("a", "c", **until), signed],
        "azure.storage.blob.generate_account_sas": [
            generate_account_sas("a", resource_types="o", **until),
            signed,
        ],
    }


def hides(planted):
    """A key and a client have no text of their own."""
    from azure.core.credentials import AzureKeyCredential
    from azure.storage.blob import BlobServiceClient

    key = base64.b64encode(planted.encode()).decode()
    text = f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={key};EndpointSuffix=core.windows.net"
    return {"AzureKeyCredential": AzureKeyCredential(planted), "client": BlobServiceClient.from_connection_string(text)}
