"""What must always hold for lots and labels; each answer lists the records that break it."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.core.db import db
from shop.provenance.lots import serials
from shop.provenance.lots.models import BatchState, Label, LabelBatch, LabelState, Lot


def miscounted() -> list[int]:
    """Lots whose count of labels differs from their batches that are not void."""
    printed = (
        select(func.coalesce(func.sum(LabelBatch.count), 0))
        .where(LabelBatch.product_id == Lot.product_id, LabelBatch.lot_number == Lot.number)
        .where(LabelBatch.state != BatchState.VOIDED)
        .scalar_subquery()
    )
    return list(db.session.scalars(select(Lot.id).where(Lot.labelled != printed)))


def unrooted() -> list[str]:
    """Batches whose serials are not those the log committed to: one was added, taken out or changed."""
    wrong = []
    for batch in db.session.scalars(select(LabelBatch).order_by(LabelBatch.id)):
        held = db.session.scalars(select(Label.serial).where(Label.batch_id == batch.id)).all()
        if len(held) != batch.count or serials.root(held) != batch.serial_root:
            wrong.append(batch.number)
    return wrong


def misstated() -> list[str]:
    """Labels whose state does not fit their batch's."""
    fitting = {
        BatchState.PRINTED: (LabelState.PRINTED,),
        BatchState.ACTIVE: (LabelState.ACTIVE, LabelState.OPENED),
        BatchState.VOIDED: (LabelState.VOIDED,),
    }
    found = select(Label.serial).join(LabelBatch)
    wrong: list[str] = []
    for state, fit in fitting.items():
        wrong += db.session.scalars(found.where(LabelBatch.state == state, Label.state.not_in(fit)))
    return wrong
