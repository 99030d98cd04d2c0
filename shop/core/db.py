"""The database: typed columns, one set-up for SQLite and PostgreSQL, and the one `transaction()`."""

from __future__ import annotations

import enum
import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import pysqlite3
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Enum, Integer, MetaData, event
from sqlalchemy.engine import Connection, Dialect, Engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from shop.core.languages import Texts, TextsColumn
from shop.core.money import Vnd

Big = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC moment; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


Key = Annotated[int, mapped_column(Big, primary_key=True)]
Stamp = Annotated[datetime, mapped_column(Instant)]

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def _enum() -> Enum:
    return Enum(
        enum.Enum,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda kind: [member.value for member in kind],
    )


class Model(DeclarativeBase):
    # On the registry, not on the class: flask-sqlalchemy#1361.
    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={
            int: Big,
            Vnd: BigInteger(),
            datetime: Instant,
            Texts: TextsColumn,
            enum.Enum: _enum(),
        },
    )


db = SQLAlchemy(model_class=Model, session_options={"expire_on_commit": False})

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def engine_options(url: str, *, statement_timeout_ms: int = 5_000) -> dict[str, Any]:
    """What create_engine needs for `url` beside the url itself."""
    if make_url(url).get_backend_name() == "sqlite":
        # Before 3.51.3 several writers may meet SQLite's WAL-reset bug: take the bundled one unless ours is newer.
        newer = sqlite3.sqlite_version_info >= (3, 51, 3)
        return {"module": sqlite3 if newer else pysqlite3.dbapi2, "connect_args": {"timeout": 10}}
    limits = f"-c statement_timeout={statement_timeout_ms} -c lock_timeout=2000"
    return {
        "pool_pre_ping": True,
        "pool_timeout": 2,
        "pool_size": 10,
        "connect_args": {"options": f"{limits} -c idle_in_transaction_session_timeout=10000"},
    }


def prepare(engine: Engine) -> None:
    """Sets a SQLite engine up so that our BEGINs are the only ones, and writers take turns."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _sqlite_connect)
    event.listen(engine, "begin", _sqlite_begin)


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def transaction() -> Iterator[None]:
    """One unit of writing: all of it or nothing. Only views, commands, jobs and webhooks open one.

    A read snapshot taken earlier in the request is let go first (and what was loaded is read anew), because
    a snapshot that turns into a writer fails at once on SQLite and lies on PostgreSQL.
    """
    if _writing.get():
        raise RuntimeError("a transaction is open already: domain code never opens its own")
    session = db.session()
    let_go()
    mark = _writing.set(True)
    try:
        with _turn(db.engine):
            try:
                yield
                session.commit()
            except BaseException:
                session.rollback()
                raise
    finally:
        _writing.reset(mark)


def let_go() -> None:
    """Ends the read snapshot: before a slow call to the world outside (PostgreSQL ends idle ones), before a write.

    What was loaded is read anew when it is next looked at.
    """
    session = db.session()
    try:
        session.rollback()
    except DBAPIError:  # the database ended it first
        session.invalidate()


@contextmanager
def beside() -> Iterator[Session]:
    """A session of its own that only reads, and reads what is true now, whatever the request's own is doing."""
    mark = _writing.set(False)  # else it would ask for the turn that this very request may hold
    try:
        with Session(db.engine) as fresh:
            yield fresh
    finally:
        _writing.reset(mark)


def _turn(engine: Engine) -> Any:
    """SQLite's busy handler polls without a queue; a lock file in front makes the longest wait short."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    return one_at_a_time(Path(file + ".turn")) if file and file != ":memory:" else nullcontext()


@contextmanager
def one_at_a_time(file: Path) -> Iterator[None]:
    """Processes of this machine go in one after another."""
    with file.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def only_one(file: Path) -> Iterator[bool]:
    """Whether this process is the only one inside: True for the first, False at once for the rest."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
