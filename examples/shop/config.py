"""Settings: the environment first, then the secret files mounted by the orchestrator."""

import logging
import os
from pathlib import Path

from pydantic import BaseModel, SecretStr

log = logging.getLogger(__name__)

SECRETS_DIR = Path("/run/secrets")


class PaymentSettings(BaseModel):
    """What the payment gateway needs to know about us."""

    endpoint: str = "https://payments.example.com/v2"
    api_key: SecretStr


def read_secret(secret_name: str) -> SecretStr:
    """Read one mounted secret file."""
    secret_path = SECRETS_DIR / secret_name
    value = SecretStr(secret_path.read_text(encoding="utf-8").strip())
    log.debug("secret %s read from %s", secret_name, secret_path)
    return value


def load_payment_settings() -> PaymentSettings:
    """Collect the gateway's settings; the environment wins over mounted files."""
    api_key = os.environ.get("PAYMENT_API_KEY")
    log.info("PAYMENT_API_KEY is %s", "set" if api_key else "missing")
    settings = PaymentSettings(api_key=SecretStr(api_key) if api_key else read_secret("payment_api_key"))
    log.info("payment settings: %r", settings)
    return settings


def worker_environment(concurrency: int) -> dict[str, str]:
    """Return the environment that background workers are started with."""
    overrides = sorted(name for name in os.environ if name.endswith("_SECRET"))
    log.debug("secrets given in the environment: %s", ", ".join(overrides))
    variables = os.environ.copy()
    variables["TZ"] = "UTC"
    variables["WORKER_CONCURRENCY"] = str(concurrency)
    log.debug("starting %d workers with %s", concurrency, variables)
    return dict(variables)
