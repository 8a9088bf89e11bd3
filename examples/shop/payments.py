"""Card payments and the gateway's webhooks."""

import hashlib
import hmac
import logging
import os

import requests
from sqlalchemy import text

from .config import load_payment_settings, read_secret
from .db import session_scope

log = logging.getLogger(__name__)

FIND_CARD = text("SELECT pgp_sym_decrypt(number, :key) FROM cards WHERE customer_id = :id")


class PaymentDeclined(Exception):
    """The card issuer said no."""


class WebhookRejected(Exception):
    """A notification that the gateway did not sign."""


def _submit(order_id: int, cents: int, card_number: str) -> int:
    settings = load_payment_settings()
    resp = requests.post(
        f"{settings.endpoint}/charges",
        json={"order": order_id, "amount": cents, "currency": "EUR", "card": card_number},
        headers={"Authorization": f"Bearer {settings.api_key.get_secret_value()}"},
        timeout=8,
    )
    if resp.status_code == 402:
        raise PaymentDeclined(f"order {order_id} declined over {cents} cents")
    resp.raise_for_status()
    return int(resp.json()["charge"])


def charge(order_id: int, customer_id: int, cents: int) -> bool:
    """Charge the card that a customer has on file."""
    with session_scope() as session:
        key = read_secret("card_key").get_secret_value()
        card_number = session.execute(FIND_CARD, {"id": customer_id, "key": key}).scalar_one()
    try:
        charge_id = _submit(order_id, cents, card_number)
    except PaymentDeclined as e:
        log.warning("payment failed: %s", e)
        return False
    log.info(f"charge {charge_id} for order {order_id}, card ending in {card_number[-4:]}")
    return True


def _verify(body: bytes, signature: str, webhook_secret: str) -> None:
    expected = hmac.new(webhook_secret.encode(), body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, signature):
        raise WebhookRejected(f"signature mismatch, key in use is {webhook_secret}")


def receive_webhook(body: bytes, signature: str) -> bool:
    """Accept a notification from the gateway, if it is one."""
    try:
        _verify(body, signature, os.environ["PAYMENT_WEBHOOK_SECRET"])
    except WebhookRejected as e:
        log.error("webhook dropped: %s", e)
        return False
    log.info("webhook signature verified, %d bytes", len(body))
    return True
