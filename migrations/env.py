"""Runs the migrations on the shop's engine; on SQLite tables are rebuilt with foreign keys off, then checked."""

from logging import getLogger

from alembic import context

import shop.models  # noqa: F401  (every table)
from shop.core.db import Model, db

getLogger("alembic").setLevel("WARNING")
target_metadata = Model.metadata


def run_migrations() -> None:
    engine = db.engine
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if not sqlite:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=target_metadata,
            render_as_batch=sqlite,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
