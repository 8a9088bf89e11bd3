"""docs.pydantic.dev/latest/api/types."""

PACKAGE, OLDEST = "pydantic[email]", "1.10.17"
ADDRESSES = {"PostgresDsn": "postgresql", "RedisDsn": "redis", "AmqpDsn": "amqp", "MongoDsn": "mongodb"}


def _made(kind, value):
    from pydantic import create_model

    return create_model("Made", it=(kind, ...))(it=value).it


def shows(planted):
    """A model shows its fields, an address all of itself, and unwrapping takes a secret out."""
    import pydantic
    from pydantic import BaseModel, SecretStr

    class Account(BaseModel):
        password: str

    @pydantic.dataclasses.dataclass
    class Pair:
        password: str

    account = Account(password=planted)
    return {
        "BaseModel": account,
        "pydantic.dataclasses.dataclass": Pair(planted),
        "get_secret_value": SecretStr(planted).get_secret_value(),
        "dict": account.dict(),
        "json": account.json(),
        "EmailStr": _made(pydantic.EmailStr, f"{planted}@shop.example.com"),
        "NameEmail": _made(pydantic.NameEmail, f"{planted}@shop.example.com"),
        **{
            name: _made(getattr(pydantic, name), f"{scheme}://ann:{planted}@localhost/shop")
            for name, scheme in ADDRESSES.items()
        },
    }


def hides(planted):
    """The types for secrets hide them, in a model too; a date is no text of somebody's."""
    import datetime

    import pydantic
    from pydantic import BaseModel, SecretBytes, SecretStr

    class Account(BaseModel):
        password: SecretStr

    return {
        "SecretStr": SecretStr(planted),
        "SecretBytes": SecretBytes(planted.encode()),
        "PastDate": _made(pydantic.PastDate, datetime.date(1990, 1, 1)),
        "SecretStr in a model": Account(password=planted),
    }
