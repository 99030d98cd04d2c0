"""Queries on sales points."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.places.models import SalesPoint, Ward


def open_on(day: date) -> Select[SalesPoint]:
    """The points that exist on `day` (a fair's booth has dates), with ward and hours."""
    return (
        select(SalesPoint)
        .where(
            or_(SalesPoint.open_from.is_(None), SalesPoint.open_from <= day),
            or_(SalesPoint.open_until.is_(None), SalesPoint.open_until >= day),
        )
        .options(joinedload(SalesPoint.ward).joinedload(Ward.province), selectinload(SalesPoint.hours))
        .order_by(SalesPoint.ward_code, SalesPoint.id)
    )
