"""What is free where: asked by product pages, baskets and the choice of a source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select

from shop.core.db import db
from shop.stock.models import Location, Stock


class Free(NamedTuple):
    """Free pieces of a variant at a location; `point_id` is None at the producer's workshop."""

    stock_id: int
    variant_id: int
    location_id: int
    point_id: int | None
    pieces: int


def of_variants(variant_ids: Iterable[int]) -> dict[int, list[Free]]:
    """Where each variant lies, workshop first; places with nothing free are left out."""
    found: dict[int, list[Free]] = defaultdict(list)
    for row in db.session.execute(_FREE, {"variant_ids": list(variant_ids)}):
        found[row.variant_id].append(Free(*row))
    return found


_FREE = (
    select(
        Stock.id,
        Stock.variant_id,
        Stock.location_id,
        Location.point_id,
        (Stock.on_hand - Stock.held).label("pieces"),
    )
    .join(Location, Stock.location_id == Location.id)
    .where(Stock.variant_id.in_(bindparam("variant_ids", expanding=True)), Stock.on_hand > Stock.held)
    .order_by(Location.point_id.is_not(None), Stock.id)
)


def free_pieces(variant_ids: Iterable[int]) -> dict[int, int]:
    """The most pieces of each variant that one place can give: a line is never torn between two makers' parcels."""
    return {variant_id: max(free.pieces for free in places) for variant_id, places in of_variants(variant_ids).items()}


def at_points(variant_ids: Iterable[int]) -> dict[int, int]:
    """Free pieces of these variants together at each sales point."""
    pieces: dict[int, int] = defaultdict(int)
    for places in of_variants(variant_ids).values():
        for free in places:
            if free.point_id is not None:
                pieces[free.point_id] += free.pieces
    return pieces


def choose(places: Sequence[Free], quantity: int, *, point_id: int | None = None) -> Free | None:
    """The place that serves a line: the buyer's point if it can, else the workshop, else any point."""
    able = [free for free in places if free.pieces >= quantity]
    wanted = [free for free in able if point_id is not None and free.point_id == point_id]
    workshop = [free for free in able if free.point_id is None]
    return next(iter(wanted + workshop + able), None)
