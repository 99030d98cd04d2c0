"""An order on its way to be paid by card, for the tests of payments."""

from __future__ import annotations

from typing import Any

from shop.core.db import db, transaction
from shop.orders.models import Order, WayToPay
from shop.payments import cards
from shop.payments.cards import ReturnAddresses
from shop.payments.gateway import PaySession
from shop.payments.models import Attempt
from tests.factories import an_order
from tests.fakes import FakeGateway

ADDRESSES = ReturnAddresses(paid="https://shop.example/paid", back="https://shop.example/back")


def now(order: Order) -> Order:
    """The order as it stands in the database, whoever changed it."""
    db.session.rollback()
    return db.session.get_one(Order, order.id, populate_existing=True)


def a_card_order(*lines: Any) -> Order:
    return an_order(*lines, way=WayToPay.CARD)


def begun(order: Order) -> Attempt:
    """The attempt is committed; the gateway has not heard of it yet."""
    with transaction():
        return cards.prepare(order, ADDRESSES)


def opened(order: Order, gateway: FakeGateway) -> PaySession:
    """The pay page is open."""
    attempt = begun(order)
    session = gateway.create(attempt.params, key=attempt.idempotency_key)
    with transaction():
        cards.opened(attempt, session)
    return session
