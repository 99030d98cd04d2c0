"""The audit trail, stock's movements and an order's steps may only grow: the database itself sees to it."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from shop.core.audit import AuditEntry
from shop.core.db import db, transaction
from shop.orders.models import OrderStep
from shop.stock.models import Movement
from tests.factories import an_order

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]


@pytest.mark.parametrize("kept", [AuditEntry, Movement, OrderStep])
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_a_row_once_written_stays_as_it_is(kept, deed):
    an_order()
    before = written(kept)
    assert before
    statement = update(kept).values(by="somebody else") if deed == "update" else delete(kept)
    with pytest.raises(DBAPIError, match="append-only"), transaction():
        db.session.execute(statement)
    assert written(kept) == before


def written(kept):
    db.session.rollback()
    return db.session.execute(select(kept.id, kept.by).order_by(kept.id)).all()
