"""The published tree grows tile by tile, in one go or step by step, and never differs from the tree in memory."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from shop.core.db import db, transaction
from shop.provenance.log import fsck, keys, publishing
from shop.provenance.log.appending import Entry, append_all
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify import merkle, tiles

pytestmark = pytest.mark.usefixtures("tuesday", "app")
DAY = date(2026, 11, 24)


def grow(count: int) -> None:
    with transaction():
        append_all([Entry("correction", f"urn:ocop:test:{n % 7}", {"corrects": []}, DAY, "test") for n in range(count)])


@pytest.mark.parametrize("steps", [[700], [250, 3, 1, 1, 300, 145], [1] * 8 + [600]])
def test_tiles_are_those_of_the_whole_tree(steps: list[int], directory: Path) -> None:
    for step in steps:
        grow(step)
        publishing.publish(directory)
    hashes = list(db.session.scalars(select(Event.leaf_hash).order_by(Event.index)))
    made = publishing.last_signed(keys.ring().signed_log)
    assert made is not None and (made.size, made.root) == (len(hashes), merkle.root_of(hashes))
    reader = publishing.reader_of(directory, made.size)
    assert merkle.root(made.size, reader.subtree) == made.root
    assert list(fsck.check_log(directory)) == []
    entries = [leaf for n, width in tiles.entries_of(made.size) for leaf in unpacked(directory, n, width)]
    assert [merkle.leaf_hash(leaf) for leaf in entries] == hashes


def unpacked(directory: Path, n: int, width: int) -> list[bytes]:
    return tiles.unpack((directory / tiles.entries_path(n, width)).read_bytes())


def test_files_that_got_lost_are_written_anew_from_the_database(directory: Path) -> None:
    grow(600)
    publishing.publish(directory)
    was = {file.relative_to(directory): file.read_bytes() for file in directory.rglob("*") if file.is_file()}
    for file in was:
        (directory / file).unlink()
    publishing.publish(directory)
    now: dict[Path, Any] = {
        file.relative_to(directory): file.read_bytes() for file in directory.rglob("*") if file.is_file()
    }
    assert now == was


def test_publishing_again_signs_nothing_new(directory: Path) -> None:
    grow(3)
    first = publishing.publish(directory)
    assert publishing.publish(directory) == first
    assert len(list(publishing.all_signed(keys.ring().signed_log))) == 1
