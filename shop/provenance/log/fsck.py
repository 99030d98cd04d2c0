"""Checks the log from the ground up: every leaf, chain and signature, the tree, its proofs, files and checkpoints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.provenance.log import keys, publishing
from shop.provenance.log.appending import commitment, digest
from shop.provenance.log.models import Event, LogHead, PrivateValue
from shop.provenance.ocop_verify import keyring, merkle, notes, tiles
from shop.provenance.ocop_verify.canonical import Malformed, canonical, parse
from shop.provenance.ocop_verify.notes import Verifier

AT_ONCE = 2_000


@dataclass(frozen=True)
class Fault:
    """What does not hold, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check_log(directory: Path) -> Iterator[Fault]:
    """Every fault of the log and of its published files in `directory`."""
    reading = _Reading()
    yield from reading.faults()
    subtree = merkle.subtree_of(reading.hashes)
    yield from _checkpoints(reading.hashes, subtree)
    yield from _files(directory, reading.hashes, subtree)
    yield from _proofs(reading.hashes, subtree)
    yield from _private_values()


class _Reading:
    """One pass over all events in the order of the log; `hashes` are computed from the leaves, not read."""

    def __init__(self) -> None:
        self.hashes: list[bytes] = []
        self._heads: dict[str, tuple[int, bytes]] = {}
        self._keys = keyring.Keyring(keys.ring().origin)

    def faults(self) -> Iterator[Fault]:
        start = 0
        while rows := db.session.execute(_page(start)).scalars().all():
            for row in rows:
                yield from (Fault(f"event {row.index}", what) for what in self._look(row))
            start = rows[-1].index + 1
            db.session.expunge_all()
        size = db.session.scalar(select(LogHead.size)) or 0
        if size != len(self.hashes):
            yield Fault("log head", f"counts {size} events, there are {len(self.hashes)}")

    def _look(self, row: Event) -> Iterator[str]:
        if row.index != len(self.hashes):
            yield f"stands at place {len(self.hashes)}"
        hashed = merkle.leaf_hash(row.leaf)
        self.hashes.append(hashed)
        if hashed != row.leaf_hash:
            yield "the leaf is not the one that was hashed"
        try:
            told = parse(row.leaf)
            if canonical(told) != row.leaf:
                yield "the leaf is not canonical JSON"
            yield from self._told(row, told, hashed)
        except (Malformed, KeyError, TypeError) as error:
            yield f"the leaf cannot be read: {error!r}"

    def _told(self, row: Event, told: dict[str, Any], hashed: bytes) -> Iterator[str]:
        copied = {name: getattr(row, name) for name in ("id", "type", "subject", "subject_seq")}
        copied["effective_at"] = row.effective_at.isoformat()
        if any(told[name] != value for name, value in copied.items()):
            yield "its columns differ from its leaf"
        seq, prev = self._heads.get(row.subject, (-1, None))
        if told["subject_seq"] != seq + 1 or told["prev"] != (digest(prev) if prev else None):
            yield "the chain of its subject is broken"
        self._heads[row.subject] = (told["subject_seq"], hashed)
        yield from self._signature(row.index, told)

    def _signature(self, index: int, told: dict[str, Any]) -> Iterator[str]:
        """By a key of ours that counted at that place: the same rule as the stranger's verifier."""
        try:
            if told["subject"].startswith(keyring.PREFIX):
                self._keys.learn(index, told)
            else:
                self._keys.check(index, told)
        except ValueError as error:
            yield f"its signature does not hold: {error}"


def _page(start: int) -> Any:
    return select(Event).where(Event.index >= start).order_by(Event.index).limit(AT_ONCE)


def _checkpoints(hashes: list[bytes], subtree: merkle.Subtree) -> Iterator[Fault]:
    """Whatever was signed once must still be a beginning of what stands now."""
    ring = keys.ring()
    for signed in publishing.all_signed(ring.signed_log):
        where = f"signed checkpoint of size {signed.size}"
        if signed.size > len(hashes):
            yield Fault(where, f"there are only {len(hashes)} events: the history was cut or an old copy restored")
        elif merkle.root(signed.size, subtree) != signed.root:
            yield Fault(where, "the events are not those that were signed: history was rewritten")


def _files(directory: Path, hashes: list[bytes], subtree: merkle.Subtree) -> Iterator[Fault]:
    last = publishing.last_signed(keys.ring().signed_log)
    note = publishing.published_note(directory)
    if last is None or note is None:
        if last is not None:
            yield Fault("checkpoint", "is not published")
        return
    yield from _note(note, last)
    size = min(last.size, len(hashes))
    for level, n, width in tiles.tiles_of(size):
        wanted = b"".join(subtree(8 * level, n * tiles.WIDTH + at) for at in range(width))
        yield from _same(directory / tiles.tile_path(level, n, width), wanted)
    for n, width in tiles.entries_of(size):
        yield from _same(directory / tiles.entries_path(n, width), _entries(n, width))


def _note(note: str, last: Any) -> Iterator[Fault]:
    ring = keys.ring()
    verifier = Verifier.of(ring.origin, ring.current("log").private.public_key(), notes.LOG)
    try:
        opened = notes.open_note(note, [verifier])
        if ring.origin not in opened.signed_by:
            yield Fault("checkpoint", "is not signed by the log's key")
        if opened.text != last.text:
            yield Fault("checkpoint", "the published file is not the newest that was signed")
    except notes.BadNote as error:
        yield Fault("checkpoint", f"the published file was changed: {error}")


def _entries(n: int, width: int) -> bytes:
    first = n * tiles.WIDTH
    found = select(Event.leaf).where(Event.index >= first, Event.index < first + width).order_by(Event.index)
    return tiles.pack(list(db.session.scalars(found)))


def _same(file: Path, wanted: bytes) -> Iterator[Fault]:
    if not file.exists():
        yield Fault(file.name, "the published file is missing")
    elif file.read_bytes() != wanted:
        yield Fault("/".join(file.parts[-3:]), "the published file was replaced")


def _proofs(hashes: list[bytes], subtree: merkle.Subtree) -> Iterator[Fault]:
    """Every leaf can be shown to be in the tree, by the same functions that answer strangers."""
    size = len(hashes)
    if not size:
        return
    root = merkle.root(size, subtree)
    for index, hashed in enumerate(hashes):
        try:
            merkle.check_inclusion(index, size, hashed, merkle.inclusion_proof(index, size, subtree), root)
        except merkle.BadProof as error:
            yield Fault(f"event {index}", f"its proof does not hold: {error}")


def _private_values() -> Iterator[Fault]:
    found = select(PrivateValue, Event.leaf).join(Event, Event.index == PrivateValue.event_index)
    for value, leaf in db.session.execute(found.execution_options(yield_per=500)):
        if value.salt is None:
            continue  # erased: the commitment alone is left
        told = {one["name"]: one["commit"] for one in parse(leaf).get("private", ())}
        if told.get(value.name) != commitment(value.salt, value.value):
            yield Fault(f"event {value.event_index}", f"the private value “{value.name}” is not the one committed to")
