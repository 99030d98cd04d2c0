"""What an entry changes for buyers, counted as things stand now: pages, baskets, stock, orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, distinct, func, select

from shop.cart.models import CartLine
from shop.catalogue.models import Product, Variant
from shop.core.db import db
from shop.orders.models import Order, OrderLine, OrderState, Parcel
from shop.provenance.entering import Deed
from shop.provenance.foreseeing import Prospect, foresee
from shop.stock.models import Location, Stock


@dataclass(frozen=True)
class Counts:
    """Of some products: pages on sale, baskets that hold them, points and workshops with pieces, orders under way."""

    pages: int
    baskets: int
    points: int
    workshops: int
    pieces: int
    unpaid: int
    under_way: int


@dataclass(frozen=True)
class Effects:
    """What changes on `day`. Whoever loses stars or leaves the shelf is counted; the rest stays as it is."""

    day: date
    prospects: list[Prospect]
    losing: int
    winning: int
    leaving: int
    returning: int
    counts: Counts

    @property
    def changes_nothing(self) -> bool:
        return not (self.losing or self.winning or self.leaving or self.returning)


def effects_of(deeds: Sequence[Deed]) -> Effects:
    """Two queries, however many products."""
    seen = foresee(deeds)
    touched = [one.product_id for one in seen if one.loses_stars or one.leaves_the_shelf or one.wins_stars]
    return Effects(
        day=max(one.day for one in seen),
        prospects=seen,
        losing=sum(one.loses_stars for one in seen),
        winning=sum(one.wins_stars for one in seen),
        leaving=sum(one.leaves_the_shelf for one in seen),
        returning=sum(one.returns_to_the_shelf for one in seen),
        counts=_count(touched or [one.product_id for one in seen]),
    )


def _count(product_ids: list[int]) -> Counts:
    own = select(Variant.id).where(Variant.product_id.in_(product_ids))
    lying = (Stock.variant_id.in_(own)) & (Stock.on_hand > 0)
    found = select(
        _one(select(func.count()).where(Product.id.in_(product_ids), Product.published_at.is_not(None))),
        _one(select(func.count(distinct(CartLine.cart_id))).where(CartLine.variant_id.in_(own))),
        _one(_places(Location.point_id).where(lying)),
        _one(_places(Location.producer_id).where(lying)),
        _one(select(func.coalesce(func.sum(Stock.on_hand), 0)).where(lying)),
        _one(_orders(OrderState.PLACED).where(OrderLine.variant_id.in_(own))),
        _one(_orders(OrderState.CONFIRMED).where(OrderLine.variant_id.in_(own))),
    )
    return Counts(*db.session.execute(found).one())


def _one(query: Any) -> ScalarSelect[Any]:
    counted: ScalarSelect[Any] = query.scalar_subquery()
    return counted


def _places(column: Any) -> Any:
    return select(func.count(distinct(column))).select_from(Stock).join(Location, Location.id == Stock.location_id)


def _orders(state: OrderState) -> Any:
    return (
        select(func.count(distinct(Order.id)))
        .select_from(OrderLine)
        .join(Parcel, Parcel.id == OrderLine.parcel_id)
        .join(Order, Order.id == Parcel.order_id)
        .where(Order.state == state)
    )
