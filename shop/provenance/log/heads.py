"""The daily snapshot of heads: its event in the log, and its leaves as tiles beside the log so that proofs can be made.

The snapshot follows from the first `size` events, so lost files are made again, the same bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path

from sqlalchemy import func, select

from shop.core import clock
from shop.core.db import db, let_go, transaction
from shop.provenance.log.appending import Entry, append
from shop.provenance.log.models import Event
from shop.provenance.log.publishing import Forked, size_now
from shop.provenance.ocop_verify import heads, merkle, tiles
from shop.provenance.ocop_verify.canonical import parse

EVERY = timedelta(hours=20)  # a verifier calls a day-old snapshot ageing, so one is taken before the day is over
KEPT = 3
BY = "register"


def keep_fresh(directory: Path) -> Event | None:
    """Publishes a snapshot where the last one is EVERY old; None where there is nothing to do."""
    last = newest()
    if last is not None and clock.now() - last.recorded_at < EVERY:
        return None
    return publish_heads(directory)


def publish_heads(directory: Path) -> Event | None:
    """Takes a snapshot of what is committed and tells the log; `publishing.publish` then signs over it.

    Opens a transaction of its own, and only for the event: a million subjects are sorted before anybody has to wait.
    """
    let_go()
    size = size_now()
    if not size:
        return None
    entries = entries_at(size)
    _write(directory, size, entries)
    with transaction():
        told = append(Entry(heads.TYPE, heads.SUBJECT, heads.body(entries, size), clock.today(), BY))
    _forget(directory)
    return told


def newest(before: int | None = None) -> Event | None:
    """The newest snapshot's event, among the first `before` events of the log."""
    found = select(Event).where(Event.type == heads.TYPE).order_by(Event.index.desc()).limit(1)
    return db.session.scalar(found if before is None else found.where(Event.index < before))


class Snapshot:
    """The leaves of one snapshot, read from its tiles."""

    def __init__(self, directory: Path, told: Event) -> None:
        body = parse(told.leaf)["body"]
        self.count: int = body["count"]
        self._directory = _place(directory, body["size"])
        if not self._directory.is_dir():
            self._make_again(directory, body["size"], body["root"])
        self._reader = tiles.TileReader(self.count, lambda path: (self._directory / path).read_bytes())
        self._bundle = cache(self._read_bundle)

    def stretch(self, span: heads.Span) -> heads.Stretch:
        """What proves that these are all heads of the span."""
        return heads.stretch(self.count, span, entry=self._entry, subtree=self._reader.subtree)

    def _entry(self, place: int) -> bytes:
        return self._bundle(place // tiles.WIDTH)[place % tiles.WIDTH]

    def _read_bundle(self, n: int) -> list[bytes]:
        width = min(tiles.WIDTH, self.count - n * tiles.WIDTH)
        return tiles.unpack((self._directory / tiles.entries_path(n, width)).read_bytes())

    def _make_again(self, directory: Path, size: int, root: str) -> None:
        """Raises Forked where the events are no longer those the snapshot was taken of."""
        entries = entries_at(size)
        if heads.body(entries, size)["root"] != root:
            raise Forked(f"the heads of the first {size} events are not those that were published")
        _write(directory, size, entries)


def entries_at(size: int) -> list[bytes]:
    """The snapshot of the first `size` events: they never change, so no lock is needed."""
    last = (
        select(Event.subject, func.max(Event.subject_seq).label("seq"))
        .where(Event.index < size)
        .group_by(Event.subject)
        .subquery()
    )
    found = select(Event.subject, Event.subject_seq, Event.leaf_hash).join(
        last, (Event.subject == last.c.subject) & (Event.subject_seq == last.c.seq)
    )
    rows = db.session.execute(found.execution_options(yield_per=10_000))
    entries = heads.tree(heads.Head(subject, seq, hashed) for subject, seq, hashed in rows)
    let_go()
    return entries


def _write(directory: Path, size: int, entries: Sequence[bytes]) -> None:
    """Whole or not at all: the directory appears with its last file."""
    beside = directory / "heads" / f"{size}.new"
    shutil.rmtree(beside, ignore_errors=True)
    subtree = merkle.subtree_of([merkle.leaf_hash(entry) for entry in entries])
    for n, width in tiles.entries_of(len(entries)):
        _put(beside / tiles.entries_path(n, width), tiles.pack(entries[n * tiles.WIDTH : n * tiles.WIDTH + width]))
    for level, n, width in tiles.tiles_of(len(entries)):
        hashes = (subtree(tiles.HEIGHT * level, n * tiles.WIDTH + at) for at in range(width))
        _put(beside / tiles.tile_path(level, n, width), b"".join(hashes))
    if not _place(directory, size).exists():
        beside.rename(_place(directory, size))
    else:
        shutil.rmtree(beside)


def _forget(directory: Path) -> None:
    """All but the newest: whoever reads an older one makes it again."""
    sizes = sorted(int(kept.name) for kept in (directory / "heads").iterdir() if kept.name.isdecimal())
    for size in sizes[:-KEPT]:
        shutil.rmtree(_place(directory, size), ignore_errors=True)


def _place(directory: Path, size: int) -> Path:
    return directory / "heads" / str(size)


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
