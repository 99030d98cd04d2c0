"""What must always hold for stock; each answer lists the records that break it."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.catalogue.models import Product, Variant
from shop.core.db import db
from shop.stock.models import Hold, HoldState, Movement, Stock


def unexplained() -> list[int]:
    """Stock whose movements do not add up to what lies there."""
    moved = select(func.coalesce(func.sum(Movement.quantity), 0)).where(Movement.stock_id == Stock.id).scalar_subquery()
    return list(db.session.scalars(select(Stock.id).where(Stock.on_hand != moved)))


def overheld() -> list[int]:
    """Stock whose held pieces differ from its live holds."""
    held = (
        select(func.coalesce(func.sum(Hold.quantity), 0))
        .where(Hold.stock_id == Stock.id, Hold.state == HoldState.HELD)
        .scalar_subquery()
    )
    return list(db.session.scalars(select(Stock.id).where(Stock.held != held)))


def misplaced() -> list[int]:
    """Products whose published “in stock” differs from what is free."""
    free = (
        select(func.coalesce(func.sum(Stock.on_hand - Stock.held), 0))
        .join(Variant, Stock.variant_id == Variant.id)
        .where(Variant.product_id == Product.id, Variant.is_sold)
        .scalar_subquery()
    )
    return list(db.session.scalars(select(Product.id).where(Product.in_stock != (free > 0))))
