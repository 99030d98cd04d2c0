"""The published copy of a product's stars: written here and nowhere else, and checked against the judge."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from shop.catalogue import changes
from shop.catalogue.models import Product
from shop.catalogue.publishing import publish, take_down
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.db import db, transaction
from shop.provenance.models import Certificate, Revocation, Suspension
from shop.provenance.ocop_verify.judging import is_sale_stopped
from shop.provenance.oversight import Recall
from shop.provenance.status import status_at, statuses

AT_ONCE = 100
REGISTER = "register"


def publish_stars(product_id: int) -> None:
    """Writes the product's copy of its stars."""
    changes.take_turn()
    db.session.flush()  # the judge reads rows
    product = db.session.get_one(Product, product_id)
    status = status_at(product_id, clock.today())
    if (product.stars, product.stars_until) != (status.stars, status.until):
        product.stars, product.stars_until = status.stars, status.until
    if product.is_live and _is_stopped(product_id):
        take_down(product, by=REGISTER, reason="a decision stops its sale")
    elif not product.is_live and _was_taken_down_by_us(product_id) and not _is_stopped(product_id):
        publish(product, by=REGISTER)
    changes.note(product_id)


def expire() -> int:
    """The daily job: publishes the stars of every product whose status may have changed since the last days.

    Opens a transaction for each hundred, so that buyers never wait long for their turn.
    """
    waiting = sorted(_touched())
    for start in range(0, len(waiting), AT_ONCE):
        with transaction():
            for product_id in waiting[start : start + AT_ONCE]:
                publish_stars(product_id)
    return len(waiting)


def disagreements() -> list[int]:
    """Products whose published copy differs from the judge's word today: must be empty after `expire`."""
    today = clock.today()
    published = {
        product.id: product.stars if product.stars_until and product.stars_until >= today else None
        for product in db.session.execute(select(Product.id, Product.stars, Product.stars_until))
    }
    wrong: list[int] = []
    ids = sorted(published)
    for start in range(0, len(ids), 500):
        judged = statuses(ids[start : start + 500], today)
        wrong += [product_id for product_id, status in judged.items() if published[product_id] != status.stars]
        db.session.expunge_all()  # a million products do not fit
    return wrong


def _is_stopped(product_id: int) -> bool:
    held = db.session.scalars(select(Certificate).where(Certificate.product_id == product_id)).all()
    recalls = db.session.scalars(select(Recall).where(Recall.product_id == product_id))
    return is_sale_stopped(held, recalls, clock.today())


def _was_taken_down_by_us(product_id: int) -> bool:
    """What a decision took off the shelf comes back with its end; what its producer took down stays down."""
    last = (
        select(AuditEntry.deed, AuditEntry.by)
        .where(AuditEntry.subject == f"product:{product_id}", AuditEntry.deed.in_(["published", "taken down"]))
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    return tuple(db.session.execute(last).one_or_none() or ()) == ("taken down", REGISTER)


def _touched() -> set[int]:
    today = clock.today()
    lately = today - timedelta(days=10)
    ended = select(Product.id).where(Product.stars_until < today)
    begun = select(Certificate.product_id).where(Certificate.valid_from.between(lately, today))
    lifted = select(Certificate.product_id).join(Suspension).where(Suspension.lifted_on.between(lately, today))
    overturned = select(Certificate.product_id).join(Revocation)
    overturned = overturned.where(Revocation.overturned_on.between(lately, today))
    closed = select(Recall.product_id).where(Recall.closed_on.between(lately, today))
    return {
        product_id for found in (ended, begun, lifted, overturned, closed) for product_id in db.session.scalars(found)
    }
