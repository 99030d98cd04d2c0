"""Keeps this process's assortment in step with the database: built once, then fed by the change log."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from shop.catalogue import changes
from shop.catalogue.assortment import Assortment, Facts
from shop.catalogue.models import CraftVillage, Export, OnShelf, Producer, Product
from shop.core import clock
from shop.core.db import beside, db
from shop.core.languages import Texts
from shop.places.models import SalesPoint

LOOK_EVERY = 0.25  # seconds between two looks at the change log


class Label(NamedTuple):
    """What a facet's value is called and where its page is."""

    slug: str
    name: Texts


@dataclass
class _State:
    assortment: Assortment | None = None
    villages: dict[int, Label] | None = None
    points: dict[int, Label] | None = None
    has_sample: bool = False
    looked: float = 0.0
    builds: int = 0


_state = _State()
_lock = threading.Lock()


def current() -> Assortment:
    """The assortment, at most LOOK_EVERY seconds behind the database and never a day behind."""
    day = clock.today()
    made = _state.assortment
    if made is not None and made.day == day and time.monotonic() - _state.looked < LOOK_EVERY:
        return made
    with _lock, beside() as fresh:  # not the request's session: its snapshot may be older than the log
        _state.looked = time.monotonic()
        made = _state.assortment
        if made is None or made.day != day:
            made = _build(day, fresh)
        elif (newest := changes.newest(fresh)) != made.seq:
            made = _follow(made, newest, fresh)
        _state.assortment = made
        return made


def is_seen_by_this_request() -> bool:
    """Whether what this request reads from the database is as new as the assortment: else it must not be kept."""
    known, seq = db.session().info, current().seq
    if known.get("seen", -1) < seq:
        known["seen"] = changes.newest()  # a session's view never grows older: asked once
    return bool(known["seen"] >= seq)


def version() -> tuple[int, date, int]:
    """What every derived page depends on: the newest change, the day, and (after a restore) a new beginning."""
    made = current()
    return made.seq, made.day, _state.builds


def villages() -> dict[int, Label]:
    current()
    return _state.villages or {}


def points() -> dict[int, Label]:
    current()
    return _state.points or {}


def has_sample() -> bool:
    """Whether invented sample data is loaded: every page then says so, even the one that says we are closed."""
    with suppress(SQLAlchemyError):
        current()
    return _state.has_sample


def forget() -> None:
    """Drops everything, as at the start of a process (tests, and after a restore)."""
    with _lock:
        _state.assortment = None


def _build(day: date, fresh: Session) -> Assortment:
    seq = changes.newest(fresh)
    _read_labels(fresh)
    _state.builds += 1
    return Assortment.build(_facts(None, fresh), seq=seq, day=day)


def _follow(made: Assortment, newest: int, fresh: Session) -> Assortment:
    log = changes.since(made.seq, session=fresh)
    if newest < made.seq or len(log) == 1_000:  # a restored database, or far behind: begin anew
        return _build(made.day, fresh)
    touched = {product_id for _, product_id in log}
    if 0 in touched:
        _read_labels(fresh)
    changed: dict[int, Facts | None] = dict.fromkeys(touched - {0})
    changed.update({one.product_id: one for one in _facts(sorted(changed), fresh)})
    return made.with_changes(changed, seq=log[-1][0] if log else made.seq)


def _read_labels(fresh: Session) -> None:
    named: Any = select(CraftVillage.id, CraftVillage.slug, CraftVillage.name).order_by(CraftVillage.slug)
    _state.villages = {row.id: Label(row.slug, row.name) for row in fresh.execute(named)}
    named = select(SalesPoint.id, SalesPoint.slug, SalesPoint.name).order_by(SalesPoint.slug)
    _state.points = {row.id: Label(row.slug, row.name) for row in fresh.execute(named)}
    _state.has_sample = fresh.scalar(select(Producer.id).where(Producer.is_sample).limit(1)) is not None


def _facts(product_ids: Sequence[int] | None, fresh: Session) -> Iterator[Facts]:
    shelves: dict[int, list[int]] = defaultdict(list)
    shelf_rows = select(OnShelf.product_id, OnShelf.point_id)
    query = select(
        Product.id,
        Product.village_id,
        Product.group,
        Product.price_from,
        Product.stars,
        Product.stars_until,
        Product.in_stock,
        Product.export,
        Product.seasons,
        Product.published_at,
    ).where(Product.published_at.is_not(None))
    if product_ids is not None:
        shelf_rows = shelf_rows.where(OnShelf.product_id.in_(product_ids))
        query = query.where(Product.id.in_(product_ids))
    for product_id, point_id in fresh.execute(shelf_rows):
        shelves[product_id].append(point_id)
    rows: Iterable[Any] = fresh.execute(query.order_by(Product.id).execution_options(yield_per=5_000))
    for row in rows:
        yield Facts(
            row.id,
            row.village_id,
            row.group.value,
            row.price_from,
            row.stars,
            row.stars_until,
            row.in_stock,
            row.export is not Export.NO,
            tuple(row.seasons),
            tuple(shelves.get(row.id, ())),
            int(row.published_at.timestamp()),
        )
