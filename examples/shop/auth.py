"""Sign-in, password changes and account recovery."""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta, timezone

import requests
from sqlalchemy import text
from werkzeug.security import check_password_hash, generate_password_hash

from .db import session_scope

log = logging.getLogger(__name__)

IDENTITY_URL = "https://identity.example.com/sessions"
PASSWORD_MIN_LENGTH = 12
RESET_TOKEN_MINUTES = 30

FIND_LOGIN = text("SELECT digest FROM logins WHERE account_id = :id")
SET_LOGIN = text("UPDATE logins SET digest = :digest WHERE account_id = :id")
ADD_RESET = text("INSERT INTO resets VALUES (:id, :digest, :expires)")
USE_RESET = text("DELETE FROM resets WHERE account_id = :id AND digest = :digest AND expires > now()")


def audit(event: str, *args: object) -> None:
    """Record what support staff look up when a customer calls."""
    log.info(event, *args)


def redact(value: str) -> str:
    """Stand in for a value in the support log."""
    if not value:
        return "<empty>"
    return f"<{len(value)} characters>"


def sign_in(account_id: int, password: str, otp: str, remember: bool = False) -> str:
    """Open a session at the identity service and return its id."""
    form = {"account": account_id, "password": password, "otp": otp, "remember": remember}
    shown = {k: v for k, v in form.items() if k != "password"}
    log.info("sign-in form: %s", shown)
    resp = requests.post(IDENTITY_URL, json=form, timeout=5)
    resp.raise_for_status()
    log.info("account %d signed in, one-time code %s", account_id, "given" if otp else "not asked for")
    return resp.json()["session"]


def confirm_password(account_id: int, password: str) -> bool:
    """Ask for the password once more before details of the account change."""
    with session_scope() as session:
        digest = session.execute(FIND_LOGIN, {"id": account_id}).scalar_one()
    if check_password_hash(digest, password):
        return True
    log.warning("confirmation refused for account %d, tried %s", account_id, password)
    return False


def change_password(account_id: int, password: str, confirmation: str) -> bool:
    """Store a new password if it meets the policy."""
    log.debug("new password repeated correctly: %s", password == confirmation)
    if password != confirmation or len(password) < PASSWORD_MIN_LENGTH:
        log.info("new password refused: %d characters, minimum %d", len(password), PASSWORD_MIN_LENGTH)
        return False
    with session_scope() as session:
        session.execute(SET_LOGIN, {"digest": generate_password_hash(password), "id": account_id})
    log.info("password changed, all other sessions and refresh tokens were revoked")
    return True


def start_reset(account_id: int, mailer) -> None:
    """Mail the customer a link to choose a new password."""
    reset_token = secrets.token_urlsafe(32)
    expires_at = datetime.now(timezone.utc) + timedelta(minutes=RESET_TOKEN_MINUTES)
    digest = hashlib.sha256(reset_token.encode()).digest()
    with session_scope() as session:
        session.execute(ADD_RESET, {"id": account_id, "digest": digest, "expires": expires_at})
    mailer.send_reset(account_id, f"https://shop.example.com/reset/{reset_token}")
    audit("reset mail sent to account %d: %s", account_id, reset_token)
    audit("reset token of account %d expires at %s", account_id, expires_at.isoformat())


def finish_reset(account_id: int, token: str, password: str) -> bool:
    """Accept a reset link, once."""
    log.debug("reset of account %d, token present: %s", account_id, bool(token))
    digest = hashlib.sha256(token.encode()).digest()
    with session_scope() as session:
        found = session.execute(USE_RESET, {"id": account_id, "digest": digest}).rowcount
    if not found:
        audit("reset of account %d refused, token %s", account_id, redact(token))
        return False
    return change_password(account_id, password, password)
