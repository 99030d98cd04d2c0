"""The change log of the catalogue: written with every change of a product, followed by all derived copies."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shop.catalogue.models import CatalogueChange
from shop.core import clock
from shop.core.db import db, is_sqlite

LOCK = 7_310_001  # any number of our own: the advisory lock that keeps the log's numbers in commit order


def take_turn() -> None:
    """Writers of published copies and of the log take turns until they commit; call before reading or writing one.

    On PostgreSQL a reader could see number 10 before 9 is committed and miss 9 for ever; and two who publish the
    same product must see each other. Taken before any product's row, so that nobody waits in a circle.
    """
    if not is_sqlite():
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def note(product_id: int) -> None:
    """Adds `product_id` to the log in the open transaction."""
    take_turn()
    db.session.add(CatalogueChange(product_id=product_id, at=clock.now()))


def newest(session: Session | None = None) -> int:
    return (session or db.session).scalar(select(func.max(CatalogueChange.seq))) or 0


def since(seq: int, *, limit: int = 1_000, session: Session | None = None) -> Sequence[tuple[int, int]]:
    """(seq, product_id) after `seq`, oldest first."""
    rows = (session or db.session).execute(
        select(CatalogueChange.seq, CatalogueChange.product_id)
        .where(CatalogueChange.seq > seq)
        .order_by(CatalogueChange.seq)
        .limit(limit)
    )
    return [(row.seq, row.product_id) for row in rows]
