"""What stood in the register before there was a log is taken into it: nothing is lost, nothing changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select, text

from shop import setting_up
from shop.core.db import db, transaction
from shop.provenance.log import adopting, keys
from shop.provenance.log.models import Event, LogHead
from shop.provenance.log.reading import dossier_of
from shop.provenance.models import Certificate
from shop.provenance.status import status_at
from tests.factories import a_certificate, a_product
from tests.provenance.log.conftest import faults
from tests.provenance.log.test_fsck import by_force

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday")]

KEPT = {
    "certificate": "SELECT id, product_id, number, decision_no, decision_date, stars, is_potential_five,"
    " score_a, score_b, score_c, valid_from, valid_until, right_kind, right_number FROM certificate ORDER BY id",
    "suspension": "SELECT id, certificate_id, from_day, lifted_on, decision_no, reason, at, by FROM suspension",
    "revocation": "SELECT certificate_id, from_day, decision_no, reason, at, by FROM revocation",
}


def standing() -> dict[str, list[Any]]:
    with db.engine.connect() as connection:
        return {
            table: [tuple(str(value) for value in row) for row in connection.execute(text(words))]
            for table, words in KEPT.items()
        }


def forget_the_log() -> None:
    by_force(
        "DELETE FROM event",
        "DELETE FROM log_head",
        "UPDATE certificate SET event = NULL, evidence_level = 'E0'",
        "UPDATE suspension SET event = NULL",
        "UPDATE revocation SET event = NULL",
    )


def test_the_migration_there_and_back_keeps_every_row(shops: Any, tmp_path: Path, database: str) -> None:
    app = shops.empty_app(database, tmp_path / "old")
    with app.app_context():
        upgrade()
        setting_up.load_facts()
        held = [a_certificate(a_product(), stars=stars) for stars in (5, 4)]
        was = standing()
        downgrade(revision="0001")
        assert standing() == was
        upgrade()
        assert standing() == was
        assert adopting.adopt() == len(held)
        assert standing() == was
        db.session.remove()
        db.engine.dispose()


def test_rows_from_before_the_log_are_taken_in_as_they_stand(story: Any, directory: Path) -> None:
    was = standing()
    statuses = {held.product_id: status_at(held.product_id, held.valid_from).stars for held in story}
    forget_the_log()
    for file in sorted(directory.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()
    keys.ring().signed_log.unlink()
    assert adopting.adopt() == 3
    assert standing() == was
    assert faults(directory) == []
    db.session.rollback()
    assert all(status_at(product_id, story[0].valid_from).stars == stars for product_id, stars in statuses.items())
    assert dossier_of(story[2].product_id).certificates[story[2].number].revocation is not None


def test_taking_in_again_changes_nothing(story: Any, directory: Path) -> None:
    with transaction():
        before = db.session.scalar(select(LogHead.size))
    assert adopting.adopt() == 0
    with transaction():
        assert db.session.scalar(select(LogHead.size)) == before


def test_every_certificate_names_its_leaf(story: Any) -> None:
    assert db.session.scalars(select(Certificate).where(Certificate.event.is_(None))).all() == []
    named = {held.event for held in db.session.scalars(select(Certificate))}
    known = set(db.session.scalars(select(Event.id).where(Event.type == "certificate.issued")))
    assert named == known
