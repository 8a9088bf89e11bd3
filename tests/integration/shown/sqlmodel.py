"""sqlmodel.tiangolo.com/tutorial/create-db-and-table."""

PACKAGE, OLDEST = "sqlmodel", "0.0.14"


def shows(planted):
    """A model shows its fields."""
    from sqlmodel import SQLModel

    class Account(SQLModel):
        password: str

    return {"SQLModel": Account(password=planted)}
