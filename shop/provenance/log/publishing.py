"""Publishes the log as static files: tiles, entries and a signed checkpoint (C2SP tlog-tiles).

A checkpoint is written to the durable list of everything ever signed, and flushed, before anybody sees it. What would
not extend the last one signed is never signed: neither a database restored from an older copy nor a rewritten leaf.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import func, select

from shop.core import clock
from shop.core.db import db, one_at_a_time
from shop.provenance.log import keys
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify import merkle, notes, tiles
from shop.provenance.ocop_verify.checkpoint import Checkpoint

CHECKPOINT = "checkpoint"
AT_ONCE = 256 * 40


class Forked(RuntimeError):
    """The database tells another history than the one that was signed: nothing is signed until people have looked."""


def publish(directory: Path) -> Checkpoint | None:
    """Writes what is new since the last time and signs it; None while there is nothing to sign. Raises Forked."""
    ring = keys.ring()
    directory.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(directory / "publishing.lock"):
        last, size = last_signed(ring.signed_log), size_now()
        if last and size < last.size:
            raise Forked(f"the database holds {size} events, but {last.size} were signed")
        if size == 0 or (last and last.size == size and _published(directory) == size):
            _same_newest(directory, size)
            return last
        _write_tiles(directory, _published(directory), size)
        reader = tiles.TileReader(size, _reading(directory))
        if last and merkle.root(last.size, reader.subtree) != last.root:
            raise Forked(f"the first {last.size} events are not those that were signed")
        made = Checkpoint(ring.origin, size, merkle.root(size, reader.subtree))
        key = ring.current("log").private
        _sign(directory, ring.signed_log, made, notes.note(made.text, [notes.sign(made.text, ring.origin, key)]))
        return made


def _same_newest(directory: Path, size: int) -> None:
    """A restored database that grew back to the size that was signed tells another story from its last leaf on."""
    if size:
        newest = db.session.scalar(select(Event.leaf_hash).where(Event.index == size - 1))
        if reader_of(directory, size).subtree(0, size - 1) != newest:
            raise Forked(f"the event {size - 1} is not the one that was signed")


def size_now() -> int:
    """How many events are committed."""
    newest = db.session.scalar(select(func.max(Event.index)))
    return 0 if newest is None else newest + 1


def last_signed(file: Path) -> Checkpoint | None:
    """The newest line of the durable list."""
    signed = list(all_signed(file))
    return signed[-1] if signed else None


def all_signed(file: Path) -> Iterator[Checkpoint]:
    """Everything that was ever signed, oldest first. A last line cut short by a crash was never shown to anybody."""
    if not file.exists():
        return
    for line in file.read_text().splitlines(keepends=True):
        if line.endswith("\n"):
            told = json.loads(line)
            yield Checkpoint(told["origin"], told["size"], base64.b64decode(told["root"]))


def published_note(directory: Path) -> str | None:
    """The checkpoint with its signatures as anybody may read it now."""
    file = directory / CHECKPOINT
    return file.read_text() if file.exists() else None


def reader_of(directory: Path, size: int) -> tiles.TileReader:
    """Reads the published tree of this size."""
    return tiles.TileReader(size, _reading(directory))


def _published(directory: Path) -> int:
    note = published_note(directory)
    return Checkpoint.parse(note.split("\n\n")[0] + "\n").size if note else 0


def _reading(directory: Path) -> Callable[[str], bytes]:
    return lambda path: (directory / path).read_bytes()


def _write_tiles(directory: Path, old: int, size: int) -> None:
    """Entries and the lowest tiles come from the database, each higher tile from the full ones below it."""
    for start in range(old // tiles.WIDTH * tiles.WIDTH, size, AT_ONCE):
        rows = db.session.execute(
            select(Event.index, Event.leaf)
            .where(Event.index >= start, Event.index < min(size, start + AT_ONCE))
            .order_by(Event.index)
        ).all()
        if [at for at, _ in rows] != list(range(start, min(size, start + AT_ONCE))):
            raise Forked(f"the events from {start} on have gaps")
        _write_lowest(directory, start, [leaf for _, leaf in rows])
    reader = tiles.TileReader(size, _reading(directory))
    for level, n, width in tiles.new_tiles(old, size):
        if level:
            hashes = [_crown(reader, level, n * tiles.WIDTH + at) for at in range(width)]
            _put(directory / tiles.tile_path(level, n, width), b"".join(hashes))


def _crown(reader: tiles.TileReader, level: int, n: int) -> bytes:
    """The hash over a full tile of the level below: what the higher tile holds of it."""
    halves = tiles.HEIGHT * level - 1
    return merkle.node_hash(reader.subtree(halves, 2 * n), reader.subtree(halves, 2 * n + 1))


def _write_lowest(directory: Path, start: int, leaves: Sequence[bytes]) -> None:
    for at in range(0, len(leaves), tiles.WIDTH):
        some = leaves[at : at + tiles.WIDTH]
        n = (start + at) // tiles.WIDTH
        _put(directory / tiles.entries_path(n, len(some)), tiles.pack(some))
        _put(directory / tiles.tile_path(0, n, len(some)), b"".join(merkle.leaf_hash(leaf) for leaf in some))


def _sign(directory: Path, signed_log: Path, made: Checkpoint, note: str) -> None:
    told = {
        "origin": made.origin,
        "size": made.size,
        "root": base64.b64encode(made.root).decode(),
        "at": clock.now().isoformat(timespec="seconds"),
        "note": note,
    }
    _mend(signed_log)
    with signed_log.open("a") as file:
        file.write(json.dumps(told) + "\n")
        file.flush()
        os.fsync(file.fileno())
    _put(directory / CHECKPOINT, note.encode())


def _mend(signed_log: Path) -> None:
    """Takes away a last line that a crash cut short: it was never shown."""
    if not signed_log.exists():
        return
    content = signed_log.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if whole != content:
        with signed_log.open("r+b") as file:
            file.truncate(len(whole))


def _put(file: Path, content: bytes) -> None:
    """Whole or not at all: readers never see half a tile."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(file.name + ".new")
    beside.write_bytes(content)
    beside.replace(file)
