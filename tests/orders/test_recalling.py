"""A recall tells everybody who may hold the goods, once, and takes a wholly recalled product off the shelf."""

from __future__ import annotations

import email
from datetime import date
from email.policy import default
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core import outbox
from shop.core.db import db, transaction
from shop.orders.models import WayToPay
from shop.provenance.entering import enter
from shop.provenance.status import State, status_at
from shop.web.work import handlers
from tests.factories import BY, SECOND, a_product, an_order

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday")]
TODAY = date(2026, 11, 24)
DECISION = {"no": "MẪU-7/QĐ", "date": TODAY.isoformat(), "authority": "ha-noi"}
WHY = {"vi": "Có mảnh kim loại", "en": "Metal chips were found"}


def recall(product: Product, number: str = "TH-1", lot: str = "") -> None:
    body = {"recall": number, "lot": lot, "decision": DECISION, "reason": WHY}
    with transaction():
        enter(product.id, "recall.opened", body, day=TODAY, by=BY, approved_by=SECOND)


def release(product: Product, lot: str, made_on: date) -> None:
    body = {"lot": lot, "made_on": made_on.isoformat(), "quantity": 100}
    with transaction():
        enter(product.id, "lot.released", body, day=made_on, by=BY)


def letters(app: Flask) -> list[Any]:
    while outbox.work(handlers(app)):
        pass
    found = sorted(app.config["SHOP"].outbox.glob("*recalled.eml"))
    return [email.message_from_bytes(file.read_bytes(), policy=default) for file in found]


def test_every_buyer_is_told_in_their_language(app: Flask) -> None:
    tea, other = a_product(stars=4), a_product()
    an_order(tea, email="a@example.com", language="vi")
    an_order(tea, email="b@example.com", language="en")
    an_order(tea)  # left no address
    an_order(tea, way=WayToPay.TRANSFER, email="unpaid@example.com")
    an_order(other, email="other@example.com")
    recall(tea)
    told = {letter["To"]: letter.get_body(("plain",)).get_content() for letter in letters(app)}
    assert sorted(told) == ["a@example.com", "b@example.com"]
    assert "Có mảnh kim loại" in told["a@example.com"] and "/vi/proof/" in told["a@example.com"]
    assert "Metal chips were found" in told["b@example.com"]


def test_of_a_lot_only_those_are_told_who_bought_since_it_was_made(app: Flask, tuesday: Any) -> None:
    tea = a_product(stars=4)
    an_order(tea, email="before@example.com")
    tuesday.shift(3 * 86_400)
    an_order(tea, email="after@example.com")
    release(tea, "L26A", date(2026, 11, 26))
    recall(tea, lot="L26A")
    (letter,) = letters(app)
    assert letter["To"] == "after@example.com" and "L26A" in letter.get_body(("plain",)).get_content()


def test_a_recalled_product_leaves_the_shelf_and_comes_back_when_the_recall_closes(app: Flask) -> None:
    tea = a_product(stars=4)
    recall(tea)
    db.session.rollback()
    assert db.session.scalar(select(Product.published_at).where(Product.id == tea.id)) is None
    assert status_at(tea.id, TODAY).state is State.RECALLED
    with transaction():
        enter(tea.id, "recall.closed", {"recall": "TH-1"}, day=TODAY, by=BY, approved_by=SECOND)
    assert status_at(tea.id, TODAY).stars == 4
    assert db.session.scalar(select(Product.published_at).where(Product.id == tea.id)) is not None


def test_a_recalled_lot_leaves_the_others_on_the_shelf(app: Flask) -> None:
    tea = a_product(stars=4)
    release(tea, "L26A", TODAY)
    recall(tea, lot="L26A")
    db.session.rollback()
    assert db.session.scalar(select(Product.published_at).where(Product.id == tea.id)) is not None
    assert status_at(tea.id, TODAY).stars == 4
    assert status_at(tea.id, TODAY, lot="L26A").state is State.RECALLED
    assert status_at(tea.id, TODAY, lot="L26B").stars == 4
