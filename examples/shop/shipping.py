"""Parcels: booking a carrier and following the label."""

import os

import requests
import structlog

log = structlog.get_logger()

CARRIER_URL = "https://api.carrier.example.com/v3/shipments"


def carrier_account() -> dict[str, str]:
    """Return the contract under which parcels are booked."""
    account = {
        "contract": os.environ["CARRIER_CONTRACT"],
        "passphrase": os.environ["CARRIER_PASSPHRASE"],
        "service": "standard",
    }
    log.debug("carrier.account", service=account["service"], fields=len(account))
    return account


def book(order_id: int, weights: list[float]) -> int:
    """Book one shipment and return its number."""
    key = os.environ["CARRIER_API_KEY"]
    log.info("carrier.book", order_id=order_id, parcels=len(weights), api_key=key)
    shipment = {"reference": order_id, "weights": weights, "account": carrier_account()}
    resp = requests.post(CARRIER_URL, json=shipment, headers={"X-Api-Key": key}, timeout=15)
    resp.raise_for_status()
    shipment_id = int(resp.json()["id"])
    log.info("carrier.booked", order_id=order_id, shipment_id=shipment_id, authenticated=bool(key))
    return shipment_id
