"""Whoever edits a row, replaces a file, rewrites a leaf, cuts the history or restores an old copy is found out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from shop.core.db import db, transaction
from shop.provenance.log import key_events, keys, publishing
from shop.provenance.log.appending import digest
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify import integrity, merkle, notes
from shop.provenance.ocop_verify.canonical import canonical, parse
from tests.factories import a_certificate, a_product
from tests.provenance.log.conftest import faults

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday")]


def by_force(*statements: str, **values: Any) -> None:
    """What an operator with the owner's rights can do: the triggers are off."""
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS event_refuses_update")
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS event_refuses_delete")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(text(statement), values)
        if db.engine.dialect.name != "sqlite":
            connection.exec_driver_sql("SET session_replication_role = origin")  # the pool keeps this connection
        connection.commit()


def test_an_honest_shop_has_no_fault(story: Any, directory: Path) -> None:
    assert faults(directory) == []


EDITS = {
    "stars": "UPDATE certificate SET stars = 5 WHERE stars = 4",
    "a later end": "UPDATE certificate SET valid_until = '2039-01-01' WHERE stars = 5",
    "a certificate taken away": "DELETE FROM suspension",
    "a revocation taken away": "DELETE FROM revocation",
    "a suspension that ended": "UPDATE suspension SET lifted_on = '2026-11-24'",
    "another number": "UPDATE certificate SET number = 'X-1' WHERE stars = 5",
    "an authority competent for longer": "UPDATE authority SET competent_until = '2030-01-01' WHERE code = 'gia-lam'",
    "softer bands": "UPDATE criteria_set SET max_a = 9000 WHERE code = '148-2023'",
    "the head moved": "UPDATE log_head SET size = size + 1",
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_row_edited_by_hand_is_named(edit: str, story: Any, directory: Path) -> None:
    try:
        by_force(EDITS[edit])
        assert faults(directory)
    finally:  # the facts are shared by all tests of this process
        by_force(
            "UPDATE authority SET competent_until = '2025-06-30' WHERE code = 'gia-lam'",
            "UPDATE criteria_set SET max_a = 4000 WHERE code = '148-2023'",
        )


def test_a_row_that_never_was_in_the_log_is_named(story: Any, directory: Path) -> None:
    by_force(
        "INSERT INTO certificate (product_id, authority_id, criteria_set_id, number, decision_no, decision_date, stars,"
        " is_potential_five, score_a, score_b, score_c, valid_from, valid_until, right_number, evidence_level)"
        " SELECT product_id, authority_id, criteria_set_id, 'FORGED-1', decision_no, decision_date, stars,"
        " is_potential_five, score_a, score_b, score_c, valid_from, valid_until, '', 'E0' FROM certificate LIMIT 1"
    )
    assert any("FORGED-1 stands in the table but not in the log" in fault for fault in faults(directory))


def test_a_changed_leaf_is_named(story: Any, directory: Path) -> None:
    by_force("UPDATE event SET leaf = :leaf WHERE type = 'certificate.revoked'", leaf=b'{"v":1}')
    found = faults(directory)
    assert any("the leaf is not the one that was hashed" in fault for fault in found)
    assert any("history was rewritten" in fault for fault in found)


def rewrite_the_last_leaf() -> None:
    """The best an operator with the issuer's key can do: a leaf signed anew, hash and columns made to fit."""
    ring = keys.ring()
    row = db.session.scalars(select(Event).order_by(Event.index.desc()).limit(1)).one()
    told = {name: value for name, value in parse(row.leaf).items() if name != "proof"}
    told["body"] = told["body"] | {"reason": {"vi": "Chuyện khác", "en": "Another story"}}
    key = ring.current("issuer")
    leaf = canonical(integrity.sign(told, key.private, ring.method(key), created=told["recorded_at"]))
    db.session.rollback()
    statement = 'UPDATE event SET leaf = :leaf, leaf_hash = :hashed WHERE "index" = :at'
    at = row.index
    db.session.rollback()
    by_force(statement, leaf=leaf, hashed=merkle.leaf_hash(leaf), at=at)


def test_a_leaf_rewritten_and_signed_anew_does_not_fit_the_checkpoint(story: Any, directory: Path) -> None:
    rewrite_the_last_leaf()
    found = faults(directory)
    assert any("history was rewritten" in fault for fault in found)
    assert any("was replaced" in fault for fault in found)


def test_a_rewritten_history_is_never_signed(story: Any, directory: Path) -> None:
    rewrite_the_last_leaf()
    a_certificate(a_product())
    for file in sorted(directory.rglob("*"), reverse=True):
        file.unlink() if file.is_file() else file.rmdir()  # and the files made to fit
    with pytest.raises(publishing.Forked, match="not those that were signed"):
        publishing.publish(directory)


def test_a_cut_history_is_named_and_never_signed(story: Any, directory: Path) -> None:
    by_force(
        'DELETE FROM event WHERE "index" = (SELECT max("index") FROM event)', "UPDATE log_head SET size = size - 1"
    )
    assert any("history was cut" in fault for fault in faults(directory))
    with pytest.raises(publishing.Forked):
        publishing.publish(directory)


def test_a_database_restored_from_an_older_copy_is_never_signed_even_when_it_grew_again(
    story: Any, directory: Path
) -> None:
    last = db.session.scalars(select(Event).order_by(Event.index.desc()).limit(1)).one()
    db.session.rollback()
    by_force('DELETE FROM event WHERE "index" = :at', "UPDATE log_head SET size = size - 1", at=last.index)
    by_force("DELETE FROM revocation")
    a_certificate(a_product())
    a_certificate(a_product())
    with pytest.raises(publishing.Forked, match="not those that were signed"):
        publishing.publish(directory)
    assert any("history was rewritten" in fault for fault in faults(directory))


def test_an_older_copy_that_grew_back_to_the_same_size_is_noticed(story: Any, directory: Path) -> None:
    rewrite_the_last_leaf()
    with pytest.raises(publishing.Forked, match="not the one that was signed"):
        publishing.publish(directory)


@pytest.mark.parametrize("what", ["tile/0/000.p/*", "tile/entries/000.p/*", "checkpoint"])
def test_a_replaced_file_is_named(what: str, story: Any, directory: Path) -> None:
    file = next(directory.glob(what))
    content = bytearray(file.read_bytes())
    content[-3] ^= 1
    file.write_bytes(content)
    assert any("replaced" in fault or "changed" in fault or "newest" in fault for fault in faults(directory))


def test_a_missing_file_is_named(story: Any, directory: Path) -> None:
    next(directory.glob("tile/0/000.p/*")).unlink()
    assert any("missing" in fault for fault in faults(directory))


def test_a_checkpoint_of_somebody_else_is_named(story: Any, directory: Path, tmp_path: Path) -> None:
    stranger = keys.create(tmp_path / "stranger", "phonghe.example/log/1")
    note = (directory / "checkpoint").read_text()
    body = note.split("\n\n")[0] + "\n"
    line = notes.sign(body, stranger.origin, stranger.current("log").private)
    (directory / "checkpoint").write_text(notes.note(body, [line]))
    assert any(fault.startswith("checkpoint: ") for fault in faults(directory))


def test_a_crash_between_signing_and_showing_leaves_nothing_broken(story: Any, directory: Path) -> None:
    signed = keys.ring().signed_log
    whole = signed.read_text()
    signed.write_text(whole + json.dumps({"origin": "phonghe.example/log/1"})[:20])
    a_certificate(a_product())
    made = publishing.publish(directory)
    assert made is not None and made.size == publishing.size_now()
    assert signed.read_text().startswith(whole) and faults(directory) == []


def enter_with(name: str) -> None:
    """A leaf that a thief appends: all right but for the key that signed it."""
    ring, size = keys.ring(), publishing.size_now()
    last = db.session.scalars(select(Event).order_by(Event.index.desc()).limit(1)).one()
    told = {part: value for part, value in parse(last.leaf).items() if part != "proof"}
    told |= {"id": "urn:ocop:ev:stolen", "subject_seq": told["subject_seq"] + 1, "prev": digest(last.leaf_hash)}
    key = ring.named(name)
    leaf = canonical(integrity.sign(told, key.private, ring.method(key), created=told["recorded_at"]))
    row = {part: getattr(last, part) for part in ("type", "subject", "effective_at", "recorded_at")}
    row |= {"index": size, "id": told["id"], "subject_seq": told["subject_seq"], "key": name}
    with transaction():
        db.session.execute(insert(Event), [row | {"leaf": leaf, "leaf_hash": merkle.leaf_hash(leaf)}])
        db.session.execute(text("UPDATE log_head SET size = size + 1"))


def test_a_signature_by_a_key_that_was_given_up_is_named(story: Any, directory: Path) -> None:
    with transaction():
        turned = key_events.rotate("issuer", by="test")
    keys.ring().turn("issuer", turned.subject.rpartition(":")[2])
    a_certificate(a_product())
    publishing.publish(directory)
    assert faults(directory) == [], "a rotation breaks nothing"
    with transaction():
        key_events.compromise("issuer-1", since=date(2026, 11, 24), by="test", reason="stolen")
    publishing.publish(directory)
    assert faults(directory) == [], "what was signed before stays good"
    enter_with("issuer-1")
    assert any("did not count at leaf" in fault for fault in faults(directory))
