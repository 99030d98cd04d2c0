"""What must always hold for orders; each answer lists the numbers that break it."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.core.db import db
from shop.orders.models import Order, OrderLine, Parcel


def not_adding_up() -> list[str]:
    """Orders whose lines or parcels do not make their totals."""
    lines = (
        select(func.coalesce(func.sum(OrderLine.total), 0))
        .join(Parcel, OrderLine.parcel_id == Parcel.id)
        .where(Parcel.order_id == Order.id)
        .scalar_subquery()
    )
    parcels = select(func.coalesce(func.sum(Parcel.price), 0)).where(Parcel.order_id == Order.id).scalar_subquery()
    wrong = select(Order.number).where((Order.goods_total != lines) | (Order.delivery_total != parcels))
    return list(db.session.scalars(wrong))
