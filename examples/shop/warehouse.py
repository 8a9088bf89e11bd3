"""Stock levels from the warehouse's API, which wants an OAuth access token."""

import logging
import time

import requests

log = logging.getLogger(__name__)

TOKEN_URL = "https://login.warehouse.example.com/oauth2/token"
STOCK_URL = "https://api.warehouse.example.com/v1/stock"


class WarehouseClient:
    """Keeps one access token and renews it shortly before it expires."""

    def __init__(self, client_secret: str) -> None:
        self._client_secret = client_secret
        self._access_token = ""
        self._expires_at = 0.0

    def _authorize(self) -> None:
        resp = requests.post(
            TOKEN_URL,
            data={"grant_type": "client_credentials", "client_id": "shop", "client_secret": self._client_secret},
            timeout=10,
        )
        log.debug("warehouse login answered %d: %s", resp.status_code, resp.json())
        resp.raise_for_status()
        grant = resp.json()
        self._access_token = grant["access_token"]
        self._expires_at = time.monotonic() + int(grant["expires_in"]) - 30
        log.info("access token expires in %d seconds", int(grant["expires_in"]))
        log.debug("refresh token granted: %s", bool(grant.get("refresh_token")))

    def stock(self, skus: list[str]) -> dict[str, int]:
        """Return how many pieces of each article are on the shelf."""
        if time.monotonic() >= self._expires_at:
            self._authorize()
        headers = {"Authorization": f"Bearer {self._access_token}"}
        resp = requests.get(STOCK_URL, params={"sku": skus}, headers=headers, timeout=10)
        resp.raise_for_status()
        levels = {row["sku"]: int(row["quantity"]) for row in resp.json()["rows"]}
        log.debug("stock of %d articles asked for, %d known", len(skus), len(levels))
        return levels
