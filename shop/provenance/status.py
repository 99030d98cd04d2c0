"""How products stand on a day: the judge's word over the rows of the register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from shop.core import clock
from shop.core.db import db
from shop.provenance.models import Certificate
from shop.provenance.ocop_verify import judging
from shop.provenance.ocop_verify.judging import EXPIRING, State, judge, last_day
from shop.provenance.oversight import Recall

__all__ = ["EXPIRING", "State", "Status", "judge", "last_day", "status_at", "statuses"]

Status = judging.Status[Certificate]


def status_at(product_id: int, moment: date | datetime, *, lot: str = "") -> Status:
    """How this product stands at `moment`; days begin at midnight in Hanoi. With `lot`, its recalls count too."""
    day = clock.in_hanoi(moment).date() if isinstance(moment, datetime) else moment
    return statuses([product_id], day, lot=lot)[product_id]


def statuses(product_ids: Sequence[int], day: date, *, lot: str = "") -> dict[int, Status]:
    """The status of each product on `day`; two queries, however many products."""
    held: dict[int, list[Certificate]] = defaultdict(list)
    if product_ids:
        for certificate in db.session.scalars(_of(product_ids)).unique():
            held[certificate.product_id].append(certificate)
    recalls: dict[int, list[Recall]] = defaultdict(list)
    for recall in db.session.scalars(select(Recall).where(Recall.product_id.in_(held))) if held else ():
        recalls[recall.product_id].append(recall)
    return {one: judge(held[one], day, recalls[one], lot=lot) for one in product_ids}


def _of(product_ids: Sequence[int]) -> Select[Certificate]:
    return (
        select(Certificate)
        .where(Certificate.product_id.in_(product_ids))
        .order_by(Certificate.id)
        .options(
            joinedload(Certificate.suspensions),
            joinedload(Certificate.revocation),
            joinedload(Certificate.authority),
            joinedload(Certificate.criteria_set),
        )
    )
