"""Customers: registration, age checks, invoices and the newsletter."""

import hashlib
import hmac
import logging
import os
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import text

from .db import session_scope

logger = logging.getLogger(__name__)

ADD_CUSTOMER = text("INSERT INTO customers (email, phone) VALUES (:email, :phone) RETURNING id")
ADD_BOUNCE = text("INSERT INTO bounces VALUES (:issue, :recipient, :reason)")


@dataclass
class Customer:
    id: int
    email: str
    phone: str
    email_verified: bool = False


@dataclass
class BillingProfile:
    customer_id: int
    iban: str = field(repr=False)
    tax_id: str = field(repr=False)
    currency: str = "EUR"


class DeliveryLog:
    """The newsletter's delivery table, kept for bounce handling."""

    def __init__(self, issue: int) -> None:
        self.issue = issue
        self.rows: list[dict[str, object]] = []

    def error(self, recipient: str, reason: str) -> None:
        self.rows.append({"issue": self.issue, "recipient": recipient, "reason": reason})

    def save(self) -> None:
        with session_scope() as session:
            session.execute(ADD_BOUNCE, self.rows)


def register(email: str, phone: str) -> Customer:
    """Create a customer and return it with its number."""
    with session_scope() as session:
        number = session.execute(ADD_CUSTOMER, {"email": email, "phone": phone}).scalar_one()
    customer = Customer(id=number, email=email, phone=phone)
    logger.info("registered %s", customer)
    logger.info("sign-up stored", extra={"customer_id": customer.id, "email_verified": customer.email_verified})
    return customer


def confirm_age(customer_id: int, date_of_birth: date, minimum: int = 18) -> bool:
    """Tell whether a customer may buy age-restricted goods."""
    age = (date.today() - date_of_birth).days // 365.25
    logger.info(
        "age check for restricted goods",
        extra={"customer_id": customer_id, "date_of_birth": date_of_birth.isoformat(), "minimum": minimum},
    )
    return age >= minimum


def billing_profile(customer_id: int, iban: str, tax_id: str) -> BillingProfile:
    """Return the profile that the invoice run works with."""
    profile = BillingProfile(customer_id=customer_id, iban=iban.replace(" ", ""), tax_id=tax_id)
    logger.debug("billing profile: %r", profile)
    return profile


def email_key(email: str) -> str:
    """Return the identifier under which the mail provider knows an address."""
    key = os.environ["SHOP_PSEUDONYM_KEY"].encode()
    return hmac.new(key, email.strip().lower().encode(), hashlib.sha256).hexdigest()


def send_newsletter(issue: int, recipients: list[str], mailer) -> None:
    """Send one issue and remember the addresses that bounced."""
    log = DeliveryLog(issue)
    for email in recipients:
        logger.debug("newsletter %d for %s", issue, email_key(email))
        if not mailer.send(email, template="newsletter"):
            log.error(email, "bounced")
    log.save()
    logger.info("newsletter %d: %d emails sent, %d bounced", issue, len(recipients), len(log.rows))
