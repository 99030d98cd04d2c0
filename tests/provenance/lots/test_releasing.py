"""GTINs name one product for ever, and a lot is released with the certificate of the day it was made."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DatabaseError

from shop.core import clock
from shop.core.db import db, transaction
from shop.provenance import gs1
from shop.provenance.log.reading import dossier_of, events_of
from shop.provenance.lots import projecting, releasing
from shop.provenance.lots.models import Gtin, LabelBatch, Lot
from shop.provenance.lots.releasing import NewLot
from tests.factories import BY, a_certificate, a_producer, a_product
from tests.provenance.lots.making import a_gtin, a_lot, labels
from tests.rivals import elsewhere

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("app")]

BOTTLE = "9521234543213"


def bind(product, typed=BOTTLE):
    with transaction():
        return releasing.bind(product, typed, by=BY)


def release(product, **fields):
    told = {"number": "L26A", "made_on": clock.today(), "quantity": 100, **fields}
    with transaction():
        return releasing.release(product, NewLot(**told), by=BY)


def kinds(product):
    return [event["type"] for event in events_of([product.id])[product.id]]


def test_a_bound_gtin_stands_in_the_log_and_in_the_table():
    product = a_product()
    gtin = bind(product, " 952-1234543213 ")
    assert (gtin.number, gtin.product_id, gtin.retired_at) == ("0" + BOTTLE, product.id, None)
    assert dossier_of(product.id).gtins == {"0" + BOTTLE: None}


def test_binding_it_again_to_the_same_product_changes_nothing():
    product = a_product()
    assert bind(product) is bind(product)
    assert kinds(product).count("product.gtin_bound") == 1


def test_a_gtin_is_never_bound_to_a_second_product():
    first = a_product()
    bind(first)
    with pytest.raises(releasing.GtinTaken):
        bind(a_product())
    with transaction():
        releasing.retire(db.session.get_one(Gtin, "0" + BOTTLE), by=BY)
    with pytest.raises(releasing.GtinTaken):
        bind(a_product())
    with pytest.raises(releasing.GtinIsRetired):
        bind(first)


def test_two_who_bind_the_same_number_at_once(app):
    products = [a_product(), a_product()]
    told = []

    def binding(product_id):
        def deed():
            with app.app_context():
                try:
                    with transaction():
                        releasing.bind(db.session.get_one(type(products[0]), product_id), BOTTLE, by=BY)
                    told.append("bound")
                except releasing.GtinTaken:
                    told.append("taken")

        return deed

    elsewhere(*(binding(product.id) for product in products))
    assert sorted(told) == ["bound", "taken"]


@pytest.mark.parametrize("deed", [delete(Gtin), update(Gtin).values(product_id=Gtin.product_id + 1)])
def test_the_database_itself_refuses_to_rebind(deed):
    bind(a_product())
    with pytest.raises(DatabaseError, match="never bound again"), transaction():
        db.session.execute(deed)


@pytest.mark.parametrize("typed", ["9521234543210", "12", "abc", "2000000000008"])
def test_a_wrong_number_is_refused(typed):
    product = a_product()
    with pytest.raises((gs1.WrongCheckDigit, gs1.WrongLength, gs1.NotDigits, gs1.NotATradeItem)):
        bind(product, typed)
    assert db.session.scalars(select(Gtin)).all() == []


def test_a_sample_producer_has_only_numbers_for_examples():
    sample = a_product(producer=a_producer(is_sample=True))
    with pytest.raises(releasing.OnlyDemoNumbers):
        bind(sample, "8938505974194")
    assert bind(sample, gs1.demo(7)).number == gs1.demo(7)


def test_retiring_twice_is_refused():
    gtin = bind(a_product())
    with transaction():
        releasing.retire(gtin, by=BY)
    assert gtin.retired_at == clock.today()
    with pytest.raises(releasing.GtinIsRetired), transaction():
        releasing.retire(gtin, by=BY)


def test_a_released_lot_carries_the_certificate_in_force_when_it_was_made():
    product = a_product()
    certificate = a_certificate(product, stars=4)
    lot = release(product, expires_on=clock.today() + timedelta(days=300), gtin=bind(product).number)
    assert (lot.number, lot.quantity, lot.labelled, lot.left) == ("L26A", 100, 0, 100)
    assert lot.certificate_no == certificate.number
    told = dossier_of(product.id).lots["L26A"]
    assert (told.gtin, told.certificate, told.quantity) == ("0" + BOTTLE, certificate.number, 100)
    assert told.expires_on == lot.expires_on


def test_a_lot_from_before_the_certificate_carries_none():
    product = a_product()
    a_certificate(product, day=clock.today() - timedelta(days=10))
    assert release(product, made_on=clock.today() - timedelta(days=11)).certificate_no == ""


def test_a_producer_without_a_gs1_number_releases_lots_too():
    lot = release(a_product())
    assert lot.gtin is None
    assert dossier_of(lot.product_id).lots["L26A"].gtin == ""


def test_the_same_lot_number_at_another_product_is_another_lot():
    assert release(a_product()).id != release(a_product()).id


WRONG = {
    "no number": ({"number": ""}, gs1.BadCode),
    "small letters": ({"number": "l26a"}, gs1.BadCode),
    "too long": ({"number": "L" * 21}, gs1.BadCode),
    "no pieces": ({"quantity": 0}, releasing.QuantityCannotBe),
    "fewer than none": ({"quantity": -5}, releasing.QuantityCannotBe),
    "too many": ({"quantity": 10_000_001}, releasing.QuantityCannotBe),
    "tomorrow": ({"made_on": date(2999, 1, 1)}, releasing.NotMadeYet),
    "stale before fresh": ({"expires_on": date(2020, 1, 1)}, releasing.ExpiresBeforeMade),
    "a wrong GTIN": ({"gtin": "123"}, gs1.WrongLength),
    "an unbound GTIN": ({"gtin": BOTTLE}, releasing.GtinIsNotBound),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_lot_that_cannot_be_is_refused(what):
    fields, refusal = WRONG[what]
    product = a_product()
    with pytest.raises(refusal):
        release(product, **fields)
    db.session.rollback()
    assert db.session.scalars(select(Lot)).all() == []
    assert "lot.released" not in kinds(product)


def test_a_lot_is_released_once():
    product = a_product()
    release(product)
    with pytest.raises(releasing.LotExists):
        release(product)


def test_a_lot_cannot_take_another_products_gtin_nor_a_retired_one():
    product, gtin = a_product(), bind(a_product())
    with pytest.raises(releasing.GtinIsNotBound):
        release(product, gtin=gtin.number)
    own = bind(product, gs1.demo(9))
    with transaction():
        releasing.retire(own, by=BY)
    with pytest.raises(releasing.GtinIsRetired):
        release(product, gtin=own.number)


def test_the_rows_are_what_the_log_tells():
    """A rebuild from the events gives every value of every row again."""
    product = a_product()
    a_certificate(product, capacity=1_000)
    lot = a_lot(product, expires_on=clock.today() + timedelta(days=30))
    labels(lot, 5), labels(lot, 7, active=False), a_gtin(product)
    told = projecting.rows(product.id, events_of([product.id])[product.id])
    db.session.rollback()
    for model, count in ((Gtin, 2), (Lot, 1), (LabelBatch, 2)):
        held = {row.number: row for row in db.session.scalars(select(model))}
        assert held.keys() == told[model].keys() and len(held) == count
        for number, values in told[model].items():
            assert {name: getattr(held[number], name) for name in values} == values
    assert db.session.scalars(select(Lot.labelled)).one() == 12
