"""Whom a recall concerns: the buyers of the product since its lot was made, each told once by letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from sqlalchemy import select

from shop.catalogue.models import Variant
from shop.core import clock, outbox
from shop.core.db import db, transaction
from shop.orders.models import Order, OrderLine, OrderState, Parcel
from shop.provenance.log.reading import dossier_of
from shop.provenance.ocop_verify.dossier import Recall


def tell_buyers(facts: Mapping[str, Any]) -> None:
    """The job `recall.tell_buyers`: a letter for each order that may hold the goods.

    A parcel does not say which lot it carried, so everybody who bought since the lot was made is told.
    """
    recall = the_recall(facts["product_id"], facts["recall"])
    with transaction():
        for number in _concerned(facts["product_id"], recall):
            outbox.put("letter.recalled", number=number, product_id=facts["product_id"], recall=recall.recall)


def the_recall(product_id: int, number: str) -> Recall:
    return dossier_of(product_id).recalls[number]


def _concerned(product_id: int, recall: Recall) -> list[str]:
    found = (
        select(Order.number)
        .distinct()
        .join(Parcel, Parcel.order_id == Order.id)
        .join(OrderLine, OrderLine.parcel_id == Parcel.id)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .where(
            Variant.product_id == product_id,
            Order.email != "",
            Order.state.in_([OrderState.CONFIRMED, OrderState.HANDED_OVER]),
        )
        .order_by(Order.number)
    )
    lot = dossier_of(product_id).lots.get(recall.lot)
    if lot is not None:
        found = found.where(Order.placed_at >= datetime.combine(lot.made_on, time.min, clock.HANOI))
    return list(db.session.scalars(found))
