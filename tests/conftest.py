"""The shop under test: one app per database, emptied before every test that asks for it.

`app` is the shop with its context pushed, on SQLite; a test marked `both` runs on PostgreSQL as well.
The facts (places, villages, criteria, authorities, rates, holidays) are loaded once and stay: do not change them.
"""

from __future__ import annotations

import contextvars
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import hypothesis
import psycopg
import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import delete

import config as settings
from shop import create_app, setting_up
from shop.catalogue import shelves
from shop.catalogue.models import CatalogueChange
from shop.core.clock import HANOI
from shop.core.db import Model, db, transaction
from shop.web import page_cache
from tests.machines.postgres import Cluster

FACTS = frozenset(
    {
        *("province", "ward", "old_ward", "craft_village"),
        *("authority", "criteria_set", "delivery_rate", "holiday"),
    }
)
# A plain working day, an hour long before the cut-off.
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=HANOI)

# A machine may be busy: no test asserts a time.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

# Tests must not wait for the pauses that spare the database in real life.
shelves.LOOK_EVERY = page_cache.LOOK_EVERY = 0


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`both` on a test, a class or a module: once on SQLite, once on PostgreSQL."""
    if metafunc.definition.get_closest_marker("both") and "database" in metafunc.fixturenames:
        metafunc.parametrize("database", ["sqlite", "postgres"], indirect=True)


class OutsideClient(FlaskClient):
    """A visitor comes from outside: the test's own context, session and transaction are not the request's."""

    def open(self, *given: Any, **named: Any) -> Any:
        return contextvars.Context().run(super().open, *given, **named)


class Shops:
    """The apps of this test process, each made when the first test asks for its database."""

    def __init__(self, directory: Path, stack: ExitStack) -> None:
        self.directory = directory
        self._stack = stack
        self._names = count(1)
        self._apps: dict[str, Flask] = {}
        self._cluster: Cluster | None = None
        self._emptying: psycopg.Connection | None = None

    @property
    def cluster(self) -> Cluster:
        """This process's own PostgreSQL, started when first asked for."""
        if self._cluster is None:
            self._cluster = self._stack.enter_context(Cluster())
        return self._cluster

    def on(self, database: str) -> Flask:
        """The app on this database, everything but the facts removed."""
        if database not in self._apps:
            self._apps[database] = self._make(database)
        app = self._apps[database]
        self._empty(database, app)
        return app

    def empty_app(self, database: str, instance: Path) -> Flask:
        """An app on a new database without any table."""
        env = {"SHOP_INSTANCE": str(instance)}
        if database == "postgres":
            env["DATABASE_URL"] = self.cluster.create(f"shop_{next(self._names)}")
        app = create_app(replace(settings.read(env), testing=True))
        app.test_client_class = OutsideClient
        return app

    def _make(self, database: str) -> Flask:
        app = self.empty_app(database, self.directory / database)
        with app.app_context():
            upgrade()
            setting_up.load_facts()
            with transaction():
                db.session.execute(delete(CatalogueChange))
            if database == "sqlite":
                with db.engine.connect() as connection:
                    connection.exec_driver_sql("DELETE FROM sqlite_sequence")
                    connection.commit()
                db.session.remove()
                db.engine.dispose()  # the last connection to close writes the log into the file
                shutil.copy(_file(app), self.directory / "template.db")
        return app

    def _empty(self, database: str, app: Flask) -> None:
        with app.app_context():
            db.session.remove()
            if database == "sqlite":
                db.engine.dispose()
                self._copy_template(_file(app))
            else:
                self._delete_rows(app)
        shelves.forget()
        app.wsgi_app.pages.clear()  # type: ignore[attr-defined]
        for name in ("index", "media", "outbox", "log"):
            shutil.rmtree(getattr(app.config["SHOP"], name), ignore_errors=True)
        # What an earlier test signed is another history.
        (app.config["SHOP"].keys / "signed-checkpoints.log").unlink(missing_ok=True)

    def _copy_template(self, file: Path) -> None:
        """A new file: whoever still holds the old one reads on undisturbed."""
        for part in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            part.unlink(missing_ok=True)
        shutil.copy(self.directory / "template.db", file)

    def _delete_rows(self, app: Flask) -> None:
        """As 'replica' no trigger fires: neither the append-only ones nor those of foreign keys."""
        if self._emptying is None:
            url = app.config["SHOP"].database_url.replace("+psycopg", "")
            self._emptying = self._stack.enter_context(psycopg.connect(url, autocommit=True))
            self._emptying.execute("SET session_replication_role = replica")
        tables = [table for table in Model.metadata.tables if table not in FACTS]
        deeds = [f'DELETE FROM "{table}"' for table in tables]
        deeds.append("UPDATE craft_village SET picture_id = NULL WHERE picture_id IS NOT NULL")
        kept = ", ".join(f"'{table}_id_seq'" for table in FACTS)
        deeds.append(
            "SELECT setval(quote_ident(relname)::regclass, 1, false) FROM pg_class "
            f"WHERE relkind = 'S' AND relname NOT IN ({kept})"
        )
        self._emptying.execute("; ".join(deeds))


def _file(app: Flask) -> Path:
    return Path(app.config["SHOP"].database_url.removeprefix("sqlite:///"))


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shops]:
    with ExitStack() as stack:
        yield Shops(tmp_path_factory.mktemp("shops"), stack)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    return getattr(request, "param", "sqlite")


@pytest.fixture
def app(shops: Shops, database: str) -> Iterator[Flask]:
    """The shop, empty but for its facts, with its context pushed: factories and queries work at once."""
    app = shops.on(database)
    with app.app_context():
        yield app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> Any:
    """A visitor's browser without scripts, that checks every page it is given."""
    from tests.browser import Browser  # only tests of the fronts need it

    return Browser(app)


@pytest.fixture
def tuesday() -> Iterator[Any]:
    """It is Tuesday morning in Hanoi and the clock runs; `.move_to()` and `.shift()` change it."""
    with time_machine.travel(TUESDAY_MORNING, tick=True) as traveller:
        yield traveller
