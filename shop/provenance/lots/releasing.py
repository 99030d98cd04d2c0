"""Binding a GTIN to a product, for ever, and releasing lots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from shop.catalogue import changes
from shop.catalogue.models import Product
from shop.core import audit, clock
from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.provenance import gs1
from shop.provenance.entering import enter
from shop.provenance.lots.models import Gtin, Lot
from shop.provenance.status import status_at

MOST_PIECES = 10_000_000


class GtinTaken(Refusal):
    sentence = N_("GTIN %(gtin)s names another product. A GTIN is never given to a second one, not even years later.")
    field = "gtin"


class GtinIsRetired(Refusal):
    sentence = N_("GTIN %(gtin)s was retired on %(on)s. A changed product needs a new number.")
    field = "gtin"


class GtinIsNotBound(Refusal):
    sentence = N_("GTIN %(gtin)s is not a number of this product. Bind it first.")
    field = "gtin"


class OnlyDemoNumbers(Refusal):
    sentence = N_("This producer is a sample: its GTINs begin with 952, the range for examples.")
    field = "gtin"


class LotExists(Refusal):
    sentence = N_("Lot %(lot)s of this product is released already.")
    field = "lot"


class QuantityCannotBe(Refusal):
    sentence = N_("A lot has between 1 and %(most)s pieces.")
    field = "quantity"


class NotMadeYet(Refusal):
    sentence = N_("The day of making lies in the future.")
    field = "made_on"


class ExpiresBeforeMade(Refusal):
    sentence = N_("It would expire before it was made: please check both days.")
    field = "expires_on"


@dataclass(frozen=True)
class NewLot:
    """A lot as the producer tells it. `gtin` as typed, empty where the producer has no GS1 number."""

    number: str
    made_on: date
    quantity: int
    expires_on: date | None = None
    gtin: str = ""


def bind(product: Product, typed: str, *, by: str, day: date | None = None) -> Gtin:
    """From `day` (today) on this GTIN names this product. Again for the same product changes nothing.

    Raises a refusal of `gs1.gtin14`, GtinTaken, GtinIsRetired or OnlyDemoNumbers.
    """
    number = gs1.gtin14(typed)
    if product.producer.is_sample and not gs1.is_demo(number):
        raise OnlyDemoNumbers()
    changes.take_turn()  # two who bind the same number see each other
    held = db.session.get(Gtin, number, populate_existing=True)
    if held is None:
        enter(product.id, "product.gtin_bound", {"gtin": number}, day=day or clock.today(), by=by)
        audit.note("GTIN bound", f"product:{product.id}", by=by, gtin=number)
        return db.session.get_one(Gtin, number)
    if held.product_id != product.id:
        raise GtinTaken(gtin=number)
    if held.retired_at:
        raise GtinIsRetired(gtin=number, on=held.retired_at.isoformat())
    return held


def retire(gtin: Gtin, *, by: str, day: date | None = None) -> None:
    """The product is sold under another number from now on; labels with this one still lead to it."""
    changes.take_turn()
    db.session.refresh(gtin)
    if gtin.retired_at:
        raise GtinIsRetired(gtin=gtin.number, on=gtin.retired_at.isoformat())
    enter(gtin.product_id, "product.gtin_retired", {"gtin": gtin.number}, day=day or clock.today(), by=by)
    audit.note("GTIN retired", f"product:{gtin.product_id}", by=by, gtin=gtin.number)


def release(product: Product, lot: NewLot, *, by: str, day: date | None = None) -> Lot:
    """Enters a lot, with the certificate in force on the day it was made. Raises what is wrong with it."""
    number = gs1.own_code(lot.number)
    _check(lot, day or clock.today())
    changes.take_turn()
    if lot_of(product.id, number):
        raise LotExists(lot=number)
    gtin = _own_gtin(product, lot.gtin) if lot.gtin else ""
    status = status_at(product.id, lot.made_on)
    body = {
        "lot": number,
        "made_on": lot.made_on.isoformat(),
        "quantity": lot.quantity,
        **({"gtin": gtin} if gtin else {}),
        **({"expires_on": lot.expires_on.isoformat()} if lot.expires_on else {}),
        **({"certificate_no": status.certificate.number} if status.in_force and status.certificate else {}),
    }
    enter(product.id, "lot.released", body, day=day or clock.today(), by=by)
    audit.note("lot released", f"product:{product.id}", by=by, lot=number, quantity=lot.quantity)
    released = lot_of(product.id, number)
    assert released is not None
    return released


def lot_of(product_id: int, number: str) -> Lot | None:
    return db.session.scalar(select(Lot).where(Lot.product_id == product_id, Lot.number == number))


def _check(lot: NewLot, today: date) -> None:
    if not 1 <= lot.quantity <= MOST_PIECES:
        raise QuantityCannotBe(most=MOST_PIECES)
    if lot.made_on > today:
        raise NotMadeYet()
    if lot.expires_on and lot.expires_on < lot.made_on:
        raise ExpiresBeforeMade()


def _own_gtin(product: Product, typed: str) -> str:
    """Raises GtinIsNotBound or GtinIsRetired."""
    number = gs1.gtin14(typed)
    held = db.session.get(Gtin, number)
    if held is None or held.product_id != product.id:
        raise GtinIsNotBound(gtin=number)
    if held.retired_at:
        raise GtinIsRetired(gtin=number, on=held.retired_at.isoformat())
    return number
