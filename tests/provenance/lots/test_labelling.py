"""Labels: by chance, never more than there is goods, and what is beyond goes on record."""

from __future__ import annotations

import hmac
import re
from collections import Counter
from datetime import timedelta
from hashlib import sha256
from itertools import pairwise

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.db import db, transaction
from shop.provenance.entering import enter
from shop.provenance.log import keys
from shop.provenance.log.reading import dossier_of
from shop.provenance.lots import checks, labelling, serials
from shop.provenance.lots.labelling import BeyondCapacity, BeyondLot, Issued
from shop.provenance.lots.models import BatchState, Label, LabelBatch, LabelState, Lot
from shop.provenance.ocop_verify import merkle
from shop.provenance.oversight import Nonconformity, Severity
from tests.factories import BY, SECOND, a_certificate, a_product
from tests.provenance.lots.making import a_lot, labels
from tests.rivals import elsewhere

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("app")]

CROCKFORD = re.compile(r"[0-9A-HJKMNP-TV-Z]{10}")


def issue(lot, count, **more):
    with transaction():
        return labelling.issue(lot, count, by=BY, **more)


def activate(batch):
    with transaction():
        labelling.activate(batch, by=BY)


def void(batch):
    with transaction():
        labelling.void(batch, by=BY, reason="misprinted")


def states(batch):
    db.session.rollback()
    found = select(Label.state, func.count().label("labels")).where(Label.batch_id == batch.id).group_by(Label.state)
    return {row.state: row.labels for row in db.session.execute(found)}


def labelled(lot):
    db.session.rollback()
    return db.session.scalars(select(Lot.labelled).where(Lot.id == lot.id)).one()


def recall(lot):
    body = {
        "recall": "TH-1",
        "lot": lot.number,
        "decision": {"no": "MẪU-9/QĐ", "date": clock.today().isoformat(), "authority": "ha-noi"},
        "reason": {"vi": "Thử", "en": "Test"},
    }
    with transaction():
        enter(lot.product_id, "recall.opened", body, day=clock.today(), by=BY, approved_by=SECOND)


def nonconformities():
    db.session.rollback()
    return db.session.scalars(select(Nonconformity)).all()


def all_is_well():
    db.session.rollback()
    return checks.miscounted() == checks.unrooted() == checks.misstated() == []


def test_issued_labels_have_serials_by_chance_and_the_log_holds_only_their_root():
    lot = a_lot(quantity=300)
    issued = issue(lot, 250)
    assert len(set(issued.serials)) == 250
    assert all(CROCKFORD.fullmatch(serial) for serial in issued.serials)
    assert states(issued.batch) == {LabelState.PRINTED: 250}
    told = dossier_of(lot.product_id).batches[issued.batch.number]
    assert (told.lot, told.count, told.state) == (lot.number, 250, "printed")
    leaves = [merkle.leaf_hash(serial.encode()) for serial in sorted(issued.serials)]
    assert told.serial_root == issued.batch.serial_root == "sha256:" + merkle.root_of(leaves).hex()
    subtree = merkle.subtree_of(leaves)
    proof = merkle.inclusion_proof(17, 250, subtree)
    merkle.check_inclusion(17, 250, leaves[17], proof, merkle.root_of(leaves))
    assert all_is_well()


def test_serials_do_not_follow_one_another():
    numbers = sorted(int("".join(f"{serials.CROCKFORD.index(s):05b}" for s in one), 2) for one in serials.draw(1_000))
    gaps = [high - low for low, high in pairwise(numbers)]
    assert min(gaps) > 1_000, "by chance two of a thousand never lie so close (2⁵⁰ are possible)"
    assert numbers[-1] > 2**49 and numbers[0] < 2**47, "spread over the whole range"
    signs = Counter(sign for one in serials.draw(1_000) for sign in one)
    assert len(signs) == 32 and max(signs.values()) < 2 * min(signs.values())


def test_a_serial_that_is_taken_is_drawn_again(monkeypatch):
    taken = labels(a_lot(), 1).serials[0]
    drawn = iter([taken, "AAAAAAAAAA"])
    monkeypatch.setattr(serials, "_by_chance", lambda signs: next(drawn))
    assert serials.draw(1) == ["AAAAAAAAAA"]


def test_pins_are_told_once_and_kept_only_as_hmacs():
    issued = issue(a_lot(), 5, with_pins=True)
    assert issued.pins.keys() == set(issued.serials) and len(set(issued.pins.values())) == 5
    for label in db.session.scalars(select(Label)):
        pin = issued.pins[label.serial]
        secret = keys.ring().label_secret()
        assert label.pin_hmac == hmac.digest(secret, f"{label.serial}:{pin}".encode(), sha256)
    assert issue(a_lot(), 2).pins == {}


@pytest.mark.parametrize(("typed", "tidy"), [("7kq2 m9xd", "7KQ2M9XD"), ("OIL0-1l", "011011")])
def test_what_people_type_is_read_generously(typed, tidy):
    assert serials.tidy(typed) == tidy


def test_labels_never_exceed_the_lot_and_the_attempt_is_on_record():
    lot = a_lot(quantity=100)
    assert isinstance(issue(lot, 60), Issued)
    refused = issue(lot, 41)
    assert isinstance(refused, BeyondLot)
    assert refused.facts == {"lot": lot.number, "left": 40}
    (found,) = nonconformities()
    assert (found.product_id, found.source, found.severity) == (
        lot.product_id,
        f"labels of lot {lot.number}",
        Severity.MAJOR,
    )
    assert "41" in found.words["vi"] and "40" in found.words["en"]
    assert found.due > found.opened_on
    assert found.number == f"N-{clock.today().year}-0001", "numbered like those the office opens"
    assert dossier_of(lot.product_id).nonconformities[found.number].closed_on is None
    assert db.session.scalars(select(func.count()).select_from(Label)).one() == 60
    assert isinstance(issue(lot, 40), Issued), "what is left may still be printed"
    assert all_is_well()


def test_trying_again_opens_no_second_nonconformity_until_the_first_is_closed():
    lot = a_lot(quantity=1)
    issue(lot, 2), issue(lot, 3)
    (found,) = nonconformities()
    with transaction():
        body = {"nonconformity": found.number, "remedy": {"vi": "Đã giải trình"}}
        enter(lot.product_id, "nonconformity.closed", body, day=clock.today(), by=BY)
    issue(lot, 4)
    assert len(nonconformities()) == 2


def test_labels_never_exceed_the_declared_capacity_of_a_year():
    product = a_product()
    certificate = a_certificate(product, capacity=150)
    first, second = a_lot(product, quantity=100), a_lot(product, quantity=100)
    assert isinstance(issue(first, 100), Issued)
    refused = issue(second, 51)
    assert isinstance(refused, BeyondCapacity)
    assert refused.facts == {"certificate": certificate.number, "left": 50, "year": clock.today().year}
    assert len(nonconformities()) == 1
    assert isinstance(issue(second, 50), Issued)
    assert isinstance(issue(second, 1), BeyondCapacity)
    assert isinstance(issue(second, 1, day=clock.today() + timedelta(days=366)), Issued), "a new year, a new capacity"
    assert all_is_well()


def test_an_overflow_takes_nothing_from_the_lot():
    product = a_product()
    a_certificate(product, capacity=10)
    lot = a_lot(product, quantity=100)
    issue(lot, 50)
    assert labelled(lot) == 0


@pytest.mark.parametrize("count", [0, -1, 10_001])
def test_a_count_that_cannot_be_is_refused(count):
    lot = a_lot(quantity=100_000)
    with pytest.raises(labelling.CountCannotBe):
        issue(lot, count)
    assert nonconformities() == []


def test_active_labels_are_on_the_goods():
    issued = labels(a_lot(), 5, active=False)
    activate(issued.batch)
    assert states(issued.batch) == {LabelState.ACTIVE: 5}
    assert dossier_of(issued.batch.product_id).batches[issued.batch.number].state == "active"
    with pytest.raises(labelling.NotPrinted):
        activate(issued.batch)
    assert all_is_well()


def test_a_recalled_lots_labels_are_not_activated():
    lot = a_lot()
    issued = labels(lot, 5, active=False)
    recall(lot)
    with pytest.raises(labelling.LotIsRecalled):
        activate(issued.batch)


def test_void_labels_count_no_more_and_their_pieces_may_be_labelled_anew():
    lot = a_lot(quantity=10)
    issued = labels(lot, 10)
    assert isinstance(issue(lot, 1), BeyondLot)
    void(issued.batch)
    assert states(issued.batch) == {LabelState.VOIDED: 10}
    assert isinstance(issue(lot, 10), Issued)
    with pytest.raises(labelling.AlreadyVoid):
        void(issued.batch)
    with pytest.raises(labelling.NotPrinted):
        activate(issued.batch)
    assert all_is_well()


def test_void_labels_give_the_years_capacity_back():
    product = a_product()
    a_certificate(product, capacity=10)
    lot = a_lot(product)
    void(labels(lot, 10).batch)
    assert isinstance(issue(lot, 10), Issued)


def test_each_deed_is_in_the_audit_trail():
    issued = labels(a_lot(), 1)
    void(issued.batch)
    deeds = list(db.session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)))
    assert deeds[-5:] == ["GTIN bound", "lot released", "labels issued", "labels activated", "labels voided"]


def test_the_database_itself_refuses_more_labels_than_pieces():
    lot = a_lot(quantity=10)
    with pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Lot).values(labelled=11))
    assert labelled(lot) == 0


def test_a_label_slipped_in_or_taken_out_behind_the_logs_back_is_found():
    kept, robbed, filled = (labels(a_lot(), 3).batch for _ in range(3))
    with transaction():
        serial = db.session.scalars(select(Label.serial).where(Label.batch_id == robbed.id)).first()
        db.session.execute(update(Label).where(Label.serial == serial).values(serial="AAAAAAAAAA"))
        row = {"serial": "BBBBBBBBBB", "batch_id": filled.id, "state": LabelState.VOIDED, "scans": 0, "opened_by": ""}
        db.session.execute(insert(Label), [row])
    assert checks.unrooted() == [robbed.number, filled.number]
    assert checks.misstated() == ["BBBBBBBBBB"]
    with transaction():
        db.session.execute(update(LabelBatch).where(LabelBatch.id == kept.id).values(state=BatchState.VOIDED))
    assert len(checks.miscounted()) == 1


def rivals(app, lot_ids, count, *, tries):
    """Each in a thread and on a connection of its own, issuing `count` labels `tries` times."""
    told = Counter()

    def printing(lot_id):
        def deed():
            with app.app_context():
                for _ in range(tries):
                    with transaction():
                        answered = labelling.issue(db.session.get_one(Lot, lot_id), count, by=BY)
                    told[type(answered).__name__] += 1
                db.session.remove()

        return deed

    elsewhere(*(printing(lot_id) for lot_id in lot_ids))
    return told


def test_four_who_print_the_last_pieces_at_once_never_print_beyond_the_lot(app):
    lot = a_lot(quantity=50)
    told = rivals(app, [lot.id] * 4, 7, tries=3)
    assert told == {"Issued": 7, "BeyondLot": 5}
    assert labelled(lot) == 49
    assert db.session.scalars(select(func.count()).select_from(Label)).one() == 49
    assert len(nonconformities()) == 1
    assert all_is_well()


def test_two_lots_of_one_certificate_at_once_never_go_beyond_its_capacity(app):
    product = a_product()
    a_certificate(product, capacity=100)
    lots = [a_lot(product, quantity=100) for _ in range(2)]
    told = rivals(app, [lot.id for lot in lots] * 2, 15, tries=3)
    assert told == {"Issued": 6, "BeyondCapacity": 6}
    assert db.session.scalars(select(func.count()).select_from(Label)).one() == 90
    assert all_is_well()
