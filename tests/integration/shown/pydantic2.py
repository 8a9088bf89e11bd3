"""docs.pydantic.dev/latest/api/base_model."""

import json

from __main__ import failure

PACKAGE, OLDEST = "pydantic", "2.8.0"


def shows(planted):
    """A dump holds all fields, and an error quotes what was given, also for a secret."""
    import pydantic
    from pydantic import BaseModel, SecretStr

    class Account(BaseModel):
        number: int = 0
        password: str

    class Strict(BaseModel):
        number: int
        password: SecretStr

    import pydantic.v1

    class Old(pydantic.v1.BaseModel):
        password: str

    account, given = Account(password=planted), {"password": planted}
    return {
        "RootModel": pydantic.RootModel[str](planted),
        "pydantic.v1.BaseModel": Old(password=planted),
        "model_dump": account.model_dump(),
        "model_dump_json": account.model_dump_json(),
        "model_validate raises": failure(Strict.model_validate, given),
        "model_validate_json raises": failure(Strict.model_validate_json, json.dumps(given)),
        "MySQLDsn": pydantic.TypeAdapter(pydantic.MySQLDsn).validate_python(f"mysql://ann:{planted}@localhost/shop"),
    }


def hides(planted):
    """A type for secrets hides them."""
    import pydantic

    return {"pydantic.Secret": pydantic.Secret[str](planted)}
