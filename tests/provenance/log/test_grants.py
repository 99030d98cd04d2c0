"""On PostgreSQL the app's role may read and append the log, and nothing more; triggers bind even the owner."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from shop.core.db import db, transaction
from shop.provenance.log import grants
from tests.factories import a_certificate, a_product

FORBIDDEN = (
    "UPDATE event SET type = 'x'",
    "DELETE FROM event",
    "TRUNCATE event CASCADE",
    "ALTER TABLE event DISABLE TRIGGER ALL",
    "DROP TRIGGER event_refuses_update ON event",
    "DELETE FROM log_head",
    "DELETE FROM private_value",
)


@pytest.fixture
def database() -> str:
    return "postgres"


@pytest.fixture
def clerk(app: Any) -> Any:
    """A connection as the app servers' own role."""
    with transaction():
        db.session.execute(text("DROP ROLE IF EXISTS shop_clerk"))
        db.session.execute(text("CREATE ROLE shop_clerk LOGIN PASSWORD 'only-in-tests'"))
        for statement in grants.statements("shop_clerk"):
            db.session.execute(text(statement))
    url = db.engine.url
    connection = psycopg.connect(
        host=url.host, port=url.port, dbname=url.database, user="shop_clerk", password="only-in-tests"
    )
    yield connection
    connection.close()
    with transaction():
        db.session.execute(text("DROP OWNED BY shop_clerk"))
        db.session.execute(text("DROP ROLE shop_clerk"))


@pytest.mark.usefixtures("tuesday")
@pytest.mark.parametrize("deed", FORBIDDEN)
def test_the_apps_role_cannot_change_the_log(clerk: Any, deed: str) -> None:
    with pytest.raises(InsufficientPrivilege):
        clerk.execute(deed)


@pytest.mark.usefixtures("tuesday")
def test_the_apps_role_reads_and_appends(clerk: Any) -> None:
    a_certificate(a_product())
    size = clerk.execute("SELECT size FROM log_head").fetchone()[0]
    assert size == clerk.execute("SELECT count(*) FROM event").fetchone()[0] > 0
    clerk.execute("UPDATE log_head SET size = size + 1")
    clerk.execute(
        "INSERT INTO event (index, id, type, subject, subject_seq, effective_at, recorded_at, key, leaf, leaf_hash)"
        " VALUES (%s, 'urn:ocop:ev:x', 'x', 'x', 0, now(), now(), 'x', 'x', 'x')",
        [size],
    )
    clerk.rollback()


@pytest.mark.parametrize("name", ["shop; DROP TABLE event", 'a"b', "", "Ünicode", "x" * 64])
def test_what_is_no_role_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no plain role name"):
        list(grants.statements(name))
