"""Appending: who may, in which order, how long; and fifty at once without gap or fork."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from shop.core.db import db, transaction
from shop.provenance.entering import enter
from shop.provenance.log import publishing
from shop.provenance.log.appending import Entry, NeedsTwoPeople, TooLong, append, commitment
from shop.provenance.log.models import Event, PrivateValue
from shop.provenance.log.reading import subject_of
from shop.provenance.ocop_verify.canonical import parse
from tests.factories import a_certificate, a_product
from tests.provenance.log.conftest import faults

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday")]
DAY = date(2026, 11, 24)


def planned(product_id: int, number: int) -> dict[str, Any]:
    return {"inspection": f"I-{product_id}-{number}", "kind": "planned", "agencies": ["Sở NN&MT"]}


@pytest.mark.parametrize("approver", [None, "user:1"])
def test_who_proposes_cannot_approve(app: Any, approver: str | None) -> None:
    held = a_certificate(a_product())
    body = {"certificate_no": held.number, "decision": {"no": "1", "date": "2026-11-24", "authority": "ha-noi"}}
    with pytest.raises(NeedsTwoPeople), transaction():
        enter(
            held.product_id, "certificate.revoked", {**body, "reason": {"vi": "x"}}, day=DAY, by="user:1",
            approved_by=approver,
        )  # fmt: skip


def test_a_leaf_that_is_too_long_is_refused_and_leaves_no_gap(app: Any, directory: Path) -> None:
    product = a_product()
    with pytest.raises(TooLong), transaction():
        append(Entry("correction", subject_of(product.id), {"corrects": [], "reason": "x" * 65_536}, DAY, "user:1"))
    a_certificate(product)
    publishing.publish(directory)
    assert not [fault for fault in faults(directory) if "urn:ocop:" not in fault]


def test_the_same_words_in_two_encodings_are_the_same_leaf(app: Any) -> None:
    product = a_product()
    with transaction():
        decomposed = {"inspection": "I-1", "kind": "planned", "agencies": ["Sở Nông nghiệp"]}
        event = enter(product.id, "inspection.planned", decomposed, day=DAY, by="user:1")
    assert parse(event.leaf)["body"]["agencies"] == ["Sở Nông nghiệp"]


def test_a_private_value_is_only_committed_to_and_can_be_erased(app: Any, directory: Path) -> None:
    product = a_product()
    with transaction():
        body = {"complaint": "K-1", "kind": "label"}
        event = enter(
            product.id,
            "complaint.received",
            body,
            day=DAY,
            by="visitor",
            private={"words": "Tem bị bóc, gọi 0912345678"},
        )
    assert b"0912345678" not in event.leaf
    kept = db.session.scalars(select(PrivateValue)).one()
    assert parse(event.leaf)["private"] == [{"name": "words", "commit": commitment(kept.salt, kept.value)}]
    with transaction():
        row = db.session.scalars(select(PrivateValue)).one()
        row.salt = row.value = None
    publishing.publish(directory)
    assert not [fault for fault in faults(directory) if "urn:ocop:" not in fault]


@pytest.mark.parametrize("deed", ["UPDATE event SET type = 'x'", "DELETE FROM event"])
def test_the_database_refuses_to_change_the_log(app: Any, deed: str) -> None:
    a_certificate(a_product())
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(text(deed))


def test_fifty_at_once_leave_neither_gap_nor_fork(app: Any, directory: Path) -> None:
    products = [a_product().id for _ in range(5)]
    db.session.rollback()
    troubles: list[BaseException] = []

    def one(number: int) -> None:
        with app.app_context():
            try:
                with transaction():
                    product_id = products[number % 5]
                    enter(product_id, "inspection.planned", planned(product_id, number), day=DAY, by=f"user:{number}")
            except BaseException as trouble:
                troubles.append(trouble)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(20) as pool:  # as many as one process has connections
        list(pool.map(one, range(50)))
    assert troubles == []
    assert (
        db.session.scalar(select(text("count(*)")).select_from(Event).where(Event.type == "inspection.planned")) == 50
    )
    publishing.publish(directory)
    assert not [fault for fault in faults(directory) if "urn:ocop:" not in fault]
