"""The daily snapshot names the newest event of every subject, and can be made again from the log."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from shop.core.db import db, transaction
from shop.provenance.log import fsck, heads, publishing
from shop.provenance.log.appending import Entry, append_all
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify import heads as shape
from shop.provenance.ocop_verify import keyring, tiles
from shop.provenance.ocop_verify.canonical import parse
from tests.provenance.log.test_fsck import by_force
from tests.provenance.log.test_publishing import DAY

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "story")]


def body_of(event: Event) -> dict[str, Any]:
    return parse(event.leaf)["body"]


def test_a_snapshot_names_the_newest_event_of_every_subject(directory: Path) -> None:
    size = publishing.size_now()
    event = heads.publish_heads(directory)
    newest = select(Event.subject, func.max(Event.subject_seq)).where(Event.index < size).group_by(Event.subject)
    wanted = sorted((subject, seq) for subject, seq in db.session.execute(newest))
    found = [shape.Head.parse(entry) for entry in heads.entries_at(size)]
    assert [(head.subject, head.seq) for head in found] == wanted
    assert body_of(event)["size"] == size and body_of(event)["count"] == len(wanted)


@pytest.mark.parametrize("count", [0, 255, 600])
def test_every_subject_can_be_proven_and_none_hidden(count: int, directory: Path) -> None:
    with transaction():
        append_all([Entry("correction", f"urn:ocop:test:{n}", {"corrects": []}, DAY, "test") for n in range(count)])
    event = heads.publish_heads(directory)
    snapshot, body = heads.Snapshot(directory, event), body_of(event)
    count, root = body["count"], shape.undigest(body["root"])
    for subject in ("urn:ocop:product:P1", "urn:ocop:key:log-1", "urn:ocop:product:P99", "a", "zzz"):
        known = snapshot.stretch(shape.only(subject)).check(count, root, shape.only(subject))
        held = db.session.scalar(select(func.max(Event.subject_seq)).where(Event.subject == subject))
        assert {head.subject: head.seq for head in known.values()} == ({subject: held} if held is not None else {})
    span = shape.all_under(keyring.PREFIX)
    assert len(snapshot.stretch(span).check(count, root, span)) == 3


def test_lost_files_are_made_again_and_old_ones_forgotten(directory: Path) -> None:
    made = [heads.publish_heads(directory) for _ in range(5)]
    assert len(list((directory / "heads").iterdir())) == heads.KEPT
    span = shape.only("urn:ocop:product:P1")
    stretches = [heads.Snapshot(directory, event).stretch(span) for event in made]
    shutil.rmtree(directory / "heads")
    assert [heads.Snapshot(directory, event).stretch(span) for event in made] == stretches


def test_a_snapshot_of_events_that_changed_since_is_not_made_again(directory: Path) -> None:
    event = heads.publish_heads(directory)
    shutil.rmtree(directory / "heads")
    by_force('UPDATE event SET leaf_hash = :hash WHERE "index" = 5', hash=bytes(32))
    with pytest.raises(publishing.Forked):
        heads.Snapshot(directory, event)


def test_it_is_taken_once_a_day(directory: Path, tuesday: Any) -> None:
    assert heads.keep_fresh(directory) is not None
    assert heads.keep_fresh(directory) is None
    tuesday.shift(heads.EVERY)
    assert heads.keep_fresh(directory) is not None


def test_an_empty_log_has_no_snapshot(directory: Path, app: Any) -> None:
    by_force("DELETE FROM event")
    assert heads.publish_heads(directory) is None


def test_the_log_stays_sound_and_its_tiles_apart(directory: Path) -> None:
    heads.publish_heads(directory)
    made = publishing.publish(directory)
    assert list(fsck.check_log(directory)) == []
    assert (directory / tiles.entries_path(0, made.size)).exists()
