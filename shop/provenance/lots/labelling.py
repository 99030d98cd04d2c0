"""Labels: issue a batch, activate it, void it. Never more than the lot has pieces or the year's capacity allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import CursorResult

from shop.catalogue import changes
from shop.core import audit, clock
from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.provenance.entering import enter
from shop.provenance.lots import serials
from shop.provenance.lots.models import BatchState, Label, LabelBatch, LabelState, Lot
from shop.provenance.models import Certificate
from shop.provenance.numbering import next_number
from shop.provenance.ocop_verify.judging import is_recalled_on
from shop.provenance.oversight import Nonconformity, Recall

MOST_AT_ONCE = 10_000
TIME_TO_EXPLAIN = timedelta(days=30)


class CountCannotBe(Refusal):
    sentence = N_("Between 1 and %(most)s labels are issued at once.")
    field = "count"


class Overflow(Refusal):
    """More labels than there can be goods. It also opened a nonconformity, so the transaction must be kept."""

    field = "count"


class BeyondLot(Overflow):
    sentence = N_("Lot %(lot)s has only %(left)s pieces without a label. The attempt is on record.")


class BeyondCapacity(Overflow):
    sentence = N_(
        "Certificate %(certificate)s declares a capacity that leaves %(left)s labels for %(year)s. "
        "The attempt is on record."
    )


class NotPrinted(Refusal):
    sentence = N_("These labels are active already, or void.")


class AlreadyVoid(Refusal):
    sentence = N_("These labels are void already.")


class LotIsRecalled(Refusal):
    sentence = N_("Lot %(lot)s is recalled: its labels cannot be activated.")


@dataclass(frozen=True)
class Issued:
    """A new batch and its serials, sorted. `pins` are told this once and kept nowhere."""

    batch: LabelBatch
    serials: list[str]
    pins: dict[str, str]


def issue(lot: Lot, count: int, *, by: str, with_pins: bool = False, day: date | None = None) -> Issued | Overflow:
    """Issues `count` labels. Raises CountCannotBe.

    An Overflow is answered, not raised: the nonconformity it opened must be committed with it.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise CountCannotBe(most=MOST_AT_ONCE)
    day = day or clock.today()
    changes.take_turn()  # before any row, as whoever enters a deed does; here it also keeps the year's sum true
    overflow = _beyond_capacity(lot, count, day) or _beyond_lot(lot, count)
    if overflow:
        _put_on_record(overflow, lot, count, by=by, day=day)
        return overflow
    return _issued(lot, count, by=by, with_pins=with_pins, day=day)


def activate(batch: LabelBatch, *, by: str, day: date | None = None) -> None:
    """The labels are on the goods: from now on a scan says so. Raises NotPrinted or LotIsRecalled."""
    day = day or clock.today()
    _take_turn(batch)
    if batch.state is not BatchState.PRINTED:
        raise NotPrinted()
    if is_recalled(batch.product_id, batch.lot_number, day):
        raise LotIsRecalled(lot=batch.lot_number)
    body = {"batch": batch.number, "lot": batch.lot_number}
    enter(batch.product_id, "labels.activated", body, day=day, by=by)
    _set_labels(batch, LabelState.ACTIVE)
    audit.note("labels activated", f"label_batch:{batch.id}", by=by)


def void(batch: LabelBatch, *, by: str, reason: str, day: date | None = None) -> None:
    """The labels count no more: misprinted, lost, stolen. Their pieces may be labelled anew. Raises AlreadyVoid."""
    _take_turn(batch)
    if batch.state is BatchState.VOIDED:
        raise AlreadyVoid()
    body = {"batch": batch.number, "lot": batch.lot_number, "reason": reason}
    enter(batch.product_id, "labels.voided", body, day=day or clock.today(), by=by)
    _set_labels(batch, LabelState.VOIDED)
    audit.note("labels voided", f"label_batch:{batch.id}", by=by, reason=reason)


def is_recalled(product_id: int, lot: str, day: date) -> bool:
    found = select(Recall).where(Recall.product_id == product_id, Recall.lot.in_(("", lot)))
    return any(is_recalled_on(recall, day) for recall in db.session.scalars(found))


def labelled_in(year: int, certificate_no: str) -> int:
    """Labels issued in a calendar year for goods under this certificate, void ones left out."""
    issued = (
        select(func.coalesce(func.sum(LabelBatch.count), 0))
        .join(Lot, (Lot.product_id == LabelBatch.product_id) & (Lot.number == LabelBatch.lot_number))
        .where(Lot.certificate_no == certificate_no, LabelBatch.state != BatchState.VOIDED)
        .where(LabelBatch.issued_on.between(date(year, 1, 1), date(year, 12, 31)))
    )
    return int(db.session.scalars(issued).one())


def _take_turn(batch: LabelBatch) -> None:
    """Waits for whoever is changing this batch, and reads what became of it."""
    changes.take_turn()
    db.session.refresh(batch)


def _beyond_capacity(lot: Lot, count: int, day: date) -> Overflow | None:
    held = select(Certificate.capacity).where(Certificate.number == lot.certificate_no)
    capacity = db.session.scalar(held) if lot.certificate_no else None
    if capacity is None:
        return None
    left = capacity - labelled_in(day.year, lot.certificate_no)
    if count <= left:
        return None
    return BeyondCapacity(certificate=lot.certificate_no, left=max(left, 0), year=day.year)


def _beyond_lot(lot: Lot, count: int) -> Overflow | None:
    """Takes the pieces by one conditional UPDATE: two who print at once cannot both take the last ones."""
    taken = db.session.execute(
        update(Lot).where(Lot.id == lot.id, Lot.labelled + count <= Lot.quantity).values(labelled=Lot.labelled + count),
        execution_options={"synchronize_session": False},
    )
    assert isinstance(taken, CursorResult)
    db.session.refresh(lot, ["labelled"])
    return None if taken.rowcount else BeyondLot(lot=lot.number, left=lot.left)


def _issued(lot: Lot, count: int, *, by: str, with_pins: bool, day: date) -> Issued:
    drawn = serials.draw(count)
    pins = {serial: serials.draw_pin() for serial in drawn} if with_pins else {}
    number = f"B-{serials.draw_pin()}"
    root = serials.root(drawn)
    body = {"batch": number, "lot": lot.number, "count": count, "serial_root": root}
    enter(lot.product_id, "labels.issued", body, day=day, by=by)
    batch = db.session.scalars(select(LabelBatch).where(LabelBatch.number == number)).one()
    rows = [
        {
            "serial": serial,
            "batch_id": batch.id,
            "state": LabelState.PRINTED,
            "opened_by": "",
            "scans": 0,
            "pin_hmac": serials.sealed(serial, pins[serial]) if with_pins else None,
        }
        for serial in drawn
    ]
    db.session.execute(insert(Label), rows)
    audit.note("labels issued", f"label_batch:{batch.id}", by=by, lot=lot.number, count=count)
    return Issued(batch, drawn, pins)


def _put_on_record(overflow: Overflow, lot: Lot, count: int, *, by: str, day: date) -> None:
    """Opens a nonconformity, unless one for this lot's labels is open still: trying again tells nothing new."""
    source = f"labels of lot {lot.number}"
    still = select(Nonconformity.id).where(
        Nonconformity.product_id == lot.product_id,
        Nonconformity.source == source,
        Nonconformity.closed_on.is_(None),
    )
    if db.session.scalar(still) is not None:
        return
    left = overflow.facts["left"]
    body = {
        "nonconformity": next_number(Nonconformity),
        "source": source,
        "severity": "major",
        "words": {
            "vi": f"Yêu cầu in {count} nhãn cho lô {lot.number} trong khi chỉ còn được phép in {left} nhãn.",
            "en": f"{count} labels were asked for lot {lot.number} where only {left} more may be printed.",
        },
        "due": (day + TIME_TO_EXPLAIN).isoformat(),
    }
    enter(lot.product_id, "nonconformity.opened", body, day=day, by=by)


def _set_labels(batch: LabelBatch, state: LabelState) -> None:
    """Moves the whole batch; a label that was opened already stays so, unless it becomes void."""
    moved = update(Label).where(Label.batch_id == batch.id).values(state=state)
    if state is LabelState.ACTIVE:
        moved = moved.where(Label.state == LabelState.PRINTED)
    db.session.execute(moved)
