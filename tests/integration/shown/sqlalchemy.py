"""docs.sqlalchemy.org/en/20/core/exceptions.html."""

from __main__ import failure

PACKAGE, OLDEST = "SQLAlchemy[asyncio]", "2.0.0"


def shows(planted):
    """The error of a statement quotes its parameters; a mapped dataclass shows its fields."""
    from types import SimpleNamespace

    import sqlalchemy
    from sqlalchemy.ext.asyncio import create_async_engine
    from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

    class Base(MappedAsDataclass, DeclarativeBase):
        pass

    class Account(Base):
        __tablename__ = "account"
        password: Mapped[str] = mapped_column(primary_key=True)

    address = sqlalchemy.make_url(f"postgresql://ann:{planted}@localhost/shop")
    made = {
        "MappedAsDataclass": Account(password=planted),
        "render_as_string": address.render_as_string(hide_password=False),
    }
    driver = SimpleNamespace(paramstyle="pyformat", Error=Exception, version_info=(1, 0, 0))
    pooled = sqlalchemy.create_engine(f"mysql+pymysql://ann:{planted}@localhost/shop", module=driver)
    made |= {"make_url": address.password, "create_engine": pooled.url.password}
    waiting = create_async_engine(f"postgresql+asyncpg://ann:{planted}@localhost/shop", module=driver)
    made["create_async_engine"] = waiting.url.password
    statement = sqlalchemy.text("SELECT :token FROM nowhere")
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        for name in ("execute", "scalar", "scalars"):
            made[f"{name} raises"] = failure(getattr(connection, name), statement, {"token": planted})
    return made


def hides(planted):
    """An address hides the password, and so does an engine."""
    import sqlalchemy

    address = sqlalchemy.make_url(f"postgresql://ann:{planted}@localhost/shop")
    engine = sqlalchemy.create_engine("sqlite://", hide_parameters=True)
    with engine.connect() as connection:
        error = failure(connection.execute, sqlalchemy.text("SELECT :token FROM nowhere"), {"token": planted})
    return {"URL": repr(address), "default": address.render_as_string(), "hide_parameters": error}
