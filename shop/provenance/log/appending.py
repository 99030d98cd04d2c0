"""Appends events to the log: signed, chained per subject, one writer after another, in the open transaction."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from shop.catalogue import changes
from shop.core import clock
from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.core.text import nfc
from shop.provenance.log import keys
from shop.provenance.log.models import Event, LogHead, PrivateValue
from shop.provenance.ocop_verify import integrity, merkle
from shop.provenance.ocop_verify.canonical import canonical

LONGEST = 65_535  # bytes of a leaf: entries of tlog-tiles are prefixed by a uint16
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ISSUER = "urn:ocop:key:issuer-"
# What two people decide: who proposes cannot approve.
TWO_PEOPLE = frozenset(
    {
        *("certificate.issued", "certificate.suspended", "certificate.reinstated", "certificate.revoked"),
        *("certificate.superseded", "certificate.corrected", "appeal.decided", "sample.result"),
        *("recall.opened", "recall.closed"),
    }
)


class TooLong(Refusal):
    sentence = N_("This entry is too long for the log: at most 64 KB, please shorten its texts.")


class NeedsTwoPeople(Refusal):
    sentence = N_("Two people decide this: who proposes cannot approve.")


@dataclass(frozen=True)
class Entry:
    """An event to be. `body` holds text, whole numbers, lists and objects only: no floats."""

    type: str
    subject: str
    body: Mapping[str, Any]
    effective_at: date
    by: str
    approved_by: str | None = None
    private: Mapping[str, Any] = field(default_factory=dict)


def append(entry: Entry) -> Event:
    """Raises NeedsTwoPeople or TooLong."""
    return append_all([entry])[0]


def append_all(entries: Sequence[Entry], *, adopted: bool = False) -> list[Event]:
    """Appends in this order; `adopted` for what was decided before there was a log."""
    if not entries:
        return []
    for entry in entries:
        if entry.type in TWO_PEOPLE and not adopted and entry.approved_by in (None, entry.by):
            raise NeedsTwoPeople()
    ring, now = keys.ring(), clock.now()
    first, told = _take_places(len(entries)), list(entries)
    if first == 0:
        told = [*_enrolments(ring), *entries]
        _take_places(len(told) - len(entries))
    heads = _heads({entry.subject for entry in told})
    key = ring.named(_issuer())
    rows, values = [], []
    for index, entry in enumerate(told, first):
        seq, prev = heads.get(entry.subject, (-1, None))
        private, secret = _commitments(entry.private)
        document = _document(entry, seq + 1, prev, now) | ({"private": private} if private else {})
        proved = integrity.sign(document, key.private, ring.method(key), created=_instant(now))
        leaf = canonical(proved)
        if len(leaf) > LONGEST:
            raise TooLong()
        hashed = merkle.leaf_hash(leaf)
        heads[entry.subject] = (seq + 1, hashed)
        rows.append(_row(index, document, leaf, hashed, key.name, now))
        values += [{"event_index": index, "name": name, **kept} for name, kept in secret.items()]
    db.session.execute(insert(Event), rows)
    if values:
        db.session.execute(insert(PrivateValue), values)
    return [Event(**row) for row in rows[len(told) - len(entries) :]]


def _enrolments(ring: keys.Ring) -> list[Entry]:
    """A log begins with its keys, and with what it commits to for their successors."""
    told = []
    for role in keys.ROLES:
        key = ring.current(role)
        body = {"key": key.name, "role": role, "public": key.multibase, "next": ring.following(role).digest}
        told.append(Entry("key.enrolled", f"urn:ocop:key:{key.name}", body, clock.today(), "register"))
    return told


def digest(leaf_hash: bytes) -> str:
    """How an event names the one before it."""
    return "sha256:" + leaf_hash.hex()


def commitment(salt: bytes, value: Any) -> str:
    return "sha256:" + hashlib.sha256(salt + canonical(value)).hexdigest()


def new_id() -> str:
    """A ULID: 48 bits of milliseconds and 80 of chance, so that ids sort by time and cannot be guessed."""
    number = (int(clock.now().timestamp() * 1000) << 80) | secrets.randbits(80)
    return "urn:ocop:ev:" + "".join(CROCKFORD[number >> shift & 31] for shift in range(125, -1, -5))


def _take_places(count: int) -> int:
    """The index of the first of `count` new events. Waits for its turn; the row stays locked until the commit.

    The turn of the catalogue's change log comes first: whoever needs both takes them in this order.
    """
    changes.take_turn()
    taken = update(LogHead).values(size=LogHead.size + count).returning(LogHead.size)
    size = db.session.scalar(taken)
    if size is None:
        db.session.execute(insert(LogHead), [{"id": 1, "size": count}])
        size = count
    return int(size) - count


def _issuer() -> str:
    """The name of the issuer's key by the log itself: whoever waited for a rotation signs with the new one."""
    last = select(Event.subject).where(Event.type == "key.rotated", Event.subject.startswith(ISSUER))
    subject = db.session.scalar(last.order_by(Event.index.desc()).limit(1))
    return (subject or f"{ISSUER}1").rpartition(":")[2]


def _heads(subjects: set[str]) -> dict[str, tuple[int, bytes]]:
    """Subject → (seq, leaf hash) of its newest event."""
    newest = (
        select(Event.subject, func.max(Event.subject_seq).label("seq"))
        .where(Event.subject.in_(subjects))
        .group_by(Event.subject)
        .subquery()
    )
    found = select(Event.subject, Event.subject_seq, Event.leaf_hash).join(
        newest, (Event.subject == newest.c.subject) & (Event.subject_seq == newest.c.seq)
    )
    return {row.subject: (row.subject_seq, row.leaf_hash) for row in db.session.execute(found)}


def _document(entry: Entry, seq: int, prev: bytes | None, now: datetime) -> dict[str, Any]:
    told = {
        "v": 1,
        "id": new_id(),
        "type": entry.type,
        "subject": entry.subject,
        "subject_seq": seq,
        "prev": digest(prev) if prev else None,
        "effective_at": entry.effective_at.isoformat(),
        "recorded_at": _instant(now),
        "by": entry.by,
        "body": _plain(entry.body),
    }
    return told | ({"approved_by": entry.approved_by} if entry.approved_by else {})


def _commitments(private: Mapping[str, Any]) -> tuple[list[dict[str, str]], dict[str, dict[str, Any]]]:
    told, kept = [], {}
    for name, value in private.items():
        salt = secrets.token_bytes(16)
        plain = _plain(value)
        told.append({"name": name, "commit": commitment(salt, plain)})
        kept[name] = {"salt": salt, "value": plain}
    return told, kept


def _row(
    index: int, document: Mapping[str, Any], leaf: bytes, hashed: bytes, key: str, now: datetime
) -> dict[str, Any]:
    return {
        "index": index,
        "id": document["id"],
        "type": document["type"],
        "subject": document["subject"],
        "subject_seq": document["subject_seq"],
        "effective_at": date.fromisoformat(document["effective_at"]),
        "recorded_at": now.replace(microsecond=0),
        "key": key,
        "leaf": leaf,
        "leaf_hash": hashed,
    }


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(value: Any) -> Any:
    """NFC text and ISO dates in plain containers, so that the same facts are the same bytes."""
    if isinstance(value, str):
        return nfc(str(value))
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
