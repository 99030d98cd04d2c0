"""Queries on sales points."""

from __future__ import annotations

from datetime import date
from math import cos, hypot, radians

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.places.models import SalesPoint, Ward

HOAN_KIEM_LAKE = (21.0287, 105.8523)  # where visitors reckon the city's middle
KM_PER_DEGREE = 111.2


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


def km_from_centre(point: SalesPoint) -> float:
    """As the crow flies from Hoàn Kiếm lake; over a city's distances the earth is flat."""
    lat, lon = HOAN_KIEM_LAKE
    return KM_PER_DEGREE * hypot(point.lat - lat, (point.lon - lon) * cos(radians(lat)))
