"""Moves a catalogue from its SQLite file into an empty PostgreSQL database, row by row, ids and all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import Connection, Engine, Table, create_engine, func, insert, select, text

from bench.catalogues import shop_on
from shop.core.db import Model, engine_options, prepare
from tests.machines.postgres import Cluster

AT_ONCE = 5_000


@contextmanager
def postgres_with(instance: Path) -> Iterator[tuple[str, str]]:
    """(URL, version) of a database that holds what the instance's SQLite holds, on a server of its own.

    The tests' server does not wait for the disk; for a measurement that would be a lie, so here it does.
    """
    with Cluster() as cluster:
        admin = create_engine(cluster.url, isolation_level="AUTOCOMMIT")
        with admin.connect() as talk:
            version = str(talk.scalar(text("SHOW server_version")))
            url = cluster.create("shop")
            with shop_on(instance, url).app_context():
                upgrade()
            _move(instance, url)
            for setting in ("fsync", "full_page_writes"):
                talk.execute(text(f"ALTER SYSTEM SET {setting} = on"))
            talk.execute(text("SELECT pg_reload_conf()"))
        admin.dispose()
        yield url, version


def _move(instance: Path, url: str) -> None:
    url_here = f"sqlite:///{instance / 'shop.db'}"
    here = create_engine(url_here, **engine_options(url_here))
    there = create_engine(url, **engine_options(url, statement_timeout_ms=0))
    prepare(here)
    with here.connect() as source, there.begin() as target:
        target.execute(text("SET session_replication_role = replica"))  # rows come in any order
        for table in Model.metadata.tables.values():
            _move_rows(table, source, target)
        target.execute(text("SET session_replication_role = origin"))
    _analyse(there)
    here.dispose()
    there.dispose()


def _move_rows(table: Table, source: Connection, target: Connection) -> None:
    target.execute(table.delete())  # what the migrations themselves have put there
    rows = source.execution_options(yield_per=AT_ONCE).execute(select(table))
    for some in rows.mappings().partitions(AT_ONCE):
        target.execute(insert(table), [dict(row) for row in some])
    for column in table.primary_key.columns:
        sequence = target.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        if sequence:
            last = target.scalar(select(func.max(column)))
            target.execute(select(func.setval(sequence, (last or 0) + 1, False)))


def _analyse(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as talk:
        talk.execute(text("VACUUM ANALYZE"))
