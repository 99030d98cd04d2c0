"""Cards, prices and the trail of what was published, repriced and taken down."""

import pytest
from sqlalchemy import select

from shop.catalogue import browsing, publishing
from shop.core.audit import AuditEntry
from shop.core.db import db, transaction
from shop.core.money import Vnd
from tests.factories import BY, a_product, a_variant

pytestmark = pytest.mark.usefixtures("app")


def test_cards_come_in_the_order_asked_and_only_of_live_products():
    first, second, hidden = a_product(), a_product(price=77_000), a_product(published=False)
    cards = browsing.cards([second.id, hidden.id, 99, first.id])
    assert [card.id for card in cards] == [second.id, first.id]
    assert (cards[0].price, cards[0].in_stock, cards[0].picture) == (77_000, True, None)
    assert cards[0].maker == second.producer.name
    assert browsing.cards([]) == []


def test_a_product_s_price_is_that_of_its_cheapest_variant_sold():
    product = a_product(price=120_000)
    cheap = a_variant(product, price=80_000)
    assert product.price_from == 80_000
    with transaction():
        cheap.is_sold = False
        publishing.reprice(product.variants[0], Vnd(130_000), by=BY)
    assert product.price_from == 130_000


def test_every_deed_leaves_its_trail():
    product = a_product()
    with transaction():
        publishing.reprice(product.variants[0], Vnd(99_000), by="user:7")
        publishing.take_down(product, by="user:8", reason="mould")
    trail = db.session.execute(select(AuditEntry.deed, AuditEntry.by, AuditEntry.facts).order_by(AuditEntry.id))
    assert [tuple(entry) for entry in trail] == [
        ("published", BY, {}),
        ("repriced", "user:7", {"was": 120_000, "became": 99_000}),
        ("taken down", "user:8", {"reason": "mould"}),
    ]
    assert not product.is_live
