"""Gathers what is known of a label or a batch and has it judged: for the proof page and for who watches over copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import joinedload

from shop.core import clock
from shop.core.db import db
from shop.provenance.lots.clones import DEVICES, BatchStory, Level, Sighting, Story, Verdict, judge, judge_batch
from shop.provenance.lots.labelling import is_recalled, labelled_in
from shop.provenance.lots.models import Label, LabelBatch, LabelState, Lot, Scan, ScanKind
from shop.provenance.lots.scanning import KEPT, guesses
from shop.provenance.models import Certificate

AT_MOST = 2_000  # scans of one label that are looked at; a copy shows long before


@dataclass(frozen=True)
class Told:
    """What a page may say of a serial. `label` is None where this product never had it, whatever the code claims."""

    product_id: int
    serial: str
    label: Label | None
    verdict: Verdict

    @property
    def lot(self) -> Lot | None:
        return self.label.batch.lot if self.label else None


def of_label(product_id: int, serial: str, *, lot: str = "") -> Told:
    """`serial` as scanned on a pack of this product, of this lot where the label names one."""
    label = db.session.scalar(
        select(Label)
        .where(Label.serial == serial)
        .options(joinedload(Label.batch).joinedload(LabelBatch.lot))
        .execution_options(populate_existing=True)
    )
    if label and (label.batch.product_id != product_id or lot not in ("", label.batch.lot_number)):
        label = None
    return Told(product_id, serial, label, judge(_story(label, serial, clock.today())))


def of_batch(batch: LabelBatch) -> Verdict:
    """R9 and R10 for a batch: its year's labels against the certificate's capacity, and where it is scanned."""
    number = batch.lot.certificate_no
    capacity = db.session.scalar(select(Certificate.capacity).where(Certificate.number == number)) if number else None
    issued = labelled_in(batch.issued_on.year, number) if number else 0
    seen = (
        select(Scan.province, Scan.network)
        .join(Label, Label.serial == Scan.serial)
        .where(Label.batch_id == batch.id)
        .limit(AT_MOST)
    )
    places = Counter(row.province or row.network for row in db.session.execute(seen))
    return judge_batch(BatchStory(issued, capacity, {place: count for place, count in places.items() if place}))


def suspects(product_ids: Sequence[int] | None = None, *, at_most: int = 100) -> list[Told]:
    """Labels worth a look, the most suspicious first: of these products, or of all. The office and producers watch."""
    devices = func.count(Scan.device.distinct())
    odd = or_(~Scan.is_ours, Scan.kind == ScanKind.PIN, Label.state.in_((LabelState.PRINTED, LabelState.VOIDED)))
    crowded = (
        select(Scan.serial, Scan.product_id)
        .outerjoin(Label, Label.serial == Scan.serial)
        .where(Scan.at > clock.now() - KEPT)
        .group_by(Scan.serial, Scan.product_id)
        .having(or_(devices > DEVICES, func.max(case((odd, 1), else_=0)) == 1))
    )
    if product_ids is not None:
        crowded = crowded.where(Scan.product_id.in_(product_ids))
    found = db.session.execute(crowded.order_by(devices.desc(), Scan.serial).limit(at_most)).all()
    told = [of_label(row.product_id, row.serial) for row in found]
    odd_ones = [one for one in told if one.verdict.level is not Level.NORMAL]
    return sorted(odd_ones, key=lambda one: -sum(reason.weight for reason in one.verdict.reasons))


def _story(label: Label | None, serial: str, today: date) -> Story:
    scans = db.session.scalars(select(Scan).where(Scan.serial == serial).order_by(Scan.at).limit(AT_MOST)).all()
    sightings = [Sighting(scan.at, scan.device, scan.kind, province=scan.province) for scan in scans]
    return Story(
        state=label.state if label else None,
        sightings=sightings,
        opened_at=label.opened_at if label else None,
        opened_by=label.opened_by if label else "",
        is_recalled=label is not None and is_recalled(label.batch.product_id, label.batch.lot_number, today),
        is_guessed=bool(scans) and guesses(scans[-1].network, scans[-1].at),
    )
