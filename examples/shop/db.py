"""The shop's PostgreSQL database."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import quote_plus

from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

log = logging.getLogger("shop.db")


class DatabaseLogin:
    """The role that a process takes towards the database."""

    def __init__(self, role: str, password: str) -> None:
        self.role = role
        self.password = password

    def __repr__(self) -> str:
        return f"DatabaseLogin(role={self.role!r}, password='***')"


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the engine of this process."""
    login = DatabaseLogin("shop_rw", os.environ["DB_PASSWORD"])
    log.debug("using %r", login)
    host = os.environ.get("DB_HOST", "localhost")
    source = f"postgresql+psycopg://{login.role}:{quote_plus(login.password)}@{host}:5432"
    source += "/shop?sslmode=require"
    log.info("connecting to %s", source)
    created = create_engine(source, pool_size=8, pool_pre_ping=True)
    log.info("database %s is up", host)
    return created


@contextmanager
def session_scope() -> Iterator[Session]:
    """Commit on success, roll back on any error."""
    with Session(engine()) as session, session.begin():
        yield session
