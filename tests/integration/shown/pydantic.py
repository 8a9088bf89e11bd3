"""docs.pydantic.dev/latest/api/types."""

PACKAGE, OLDEST = "pydantic", "1.10.0"


def shows(planted):
    """A model shows its fields, and unwrapping takes a secret out."""
    from pydantic import BaseModel, SecretStr

    class Account(BaseModel):
        password: str

    return {"BaseModel": Account(password=planted), "get_secret_value": SecretStr(planted).get_secret_value()}


def hides(planted):
    """The type for secrets hides them, in a model too."""
    from pydantic import BaseModel, SecretStr

    class Account(BaseModel):
        password: SecretStr

    return {"SecretStr": SecretStr(planted), "SecretStr in a model": Account(password=planted)}
