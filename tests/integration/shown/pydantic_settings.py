"""docs.pydantic.dev/latest/concepts/pydantic_settings."""

import os

PACKAGE, OLDEST = "pydantic-settings", "2.0.0"


def shows(planted):
    """Settings show their fields."""
    from pydantic_settings import BaseSettings

    class Settings(BaseSettings):
        shop_password: str

    os.environ["SHOP_PASSWORD"] = planted
    return {"BaseSettings": Settings()}


def hides(planted):
    """But not what the type for secrets hides."""
    from pydantic import SecretStr
    from pydantic_settings import BaseSettings

    class Settings(BaseSettings):
        shop_password: SecretStr

    os.environ["SHOP_PASSWORD"] = planted
    return {"SecretStr": Settings()}
