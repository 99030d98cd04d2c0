"""Bitstring Status Lists of revoked and suspended certificates, signed by the status key, each told to the log.

A list is made anew at each change, and every twelve hours; it holds for a day. The event with the hash of its bits is
committed before the list is shown, so that nobody can be shown another one. There are no decoys: the register is
public, they would hide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, one_at_a_time, transaction
from shop.provenance.log.appending import Entry, append_all
from shop.provenance.log.models import Event
from shop.provenance.log.publishing import size_now
from shop.provenance.ocop_verify.canonical import canonical, parse
from shop.provenance.ocop_verify.status_list import MINIMUM, encode, with_bit
from shop.provenance.ocop_verify.status_places import marks, place
from shop.provenance.standards.credential import LISTS
from shop.provenance.standards.issuing import Issuer

PUBLISHED = "statuslist.published"
SUBJECT = "urn:ocop:log"
BY = "register"
ENDING = ("certificate.revoked", "certificate.suspended")
RENEWED_AFTER = timedelta(hours=12)
HOLDS = timedelta(hours=24)
TTL = 3_600_000  # milliseconds a reader may keep it
KEPT = 20  # of each list: a bundle needs one that the newest witnessed checkpoint knows
MOST = 1 << 20


@dataclass(frozen=True)
class Published:
    """A list as it was shown; `event` is the index of the leaf that tells its hash."""

    credential: Mapping[str, Any]
    event: int


@dataclass(frozen=True)
class Wanted:
    """A list as its bits should be: purpose, number from 1."""

    purpose: str
    number: int
    bits: bytes

    @property
    def digest(self) -> str:
        return "sha256:" + sha256(self.bits).hexdigest()

    def address(self, host: str) -> str:
        return f"{host}/status/{LISTS[self.purpose]}/{self.number}"


def list_of(wanted: Wanted, issuer: Issuer, at: datetime) -> dict[str, Any]:
    """The signed list credential."""
    address, begins = wanted.address(issuer.host), _instant(at)
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": begins,
        "validUntil": _instant(at + HOLDS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": wanted.purpose,
            "encodedList": encode(wanted.bits),
            "ttl": TTL,
        },
    }
    return issuer.signed(document, "status", begins)


def status_of(purpose: str, number: int, directory: Path, *, size: int | None = None) -> Published | None:
    """The newest list shown that a log of `size` events knows; of all, if not said."""
    files = _files(directory, purpose, number)
    found = next((file for file in files if size is None or int(file.stem) < size), None)
    return Published(parse(found.read_bytes(), most=MOST), int(found.stem)) if found else None


def renew(directory: Path, issuer: Issuer) -> int:
    """Makes and shows the lists that are not as they should be; answers how many. Opens a transaction of its own."""
    directory.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(directory / "status.lock"):
        now = clock.now()
        due = [one for one in wanted_on(clock.today(), issuer.ring.origin) if _is_due(one, issuer.host, directory, now)]
        if not due:
            return 0
        made = [list_of(one, issuer, now) for one in due]
        bodies = [{"list": one.address(issuer.host), "purpose": one.purpose, "sha256": one.digest} for one in due]
        with transaction():
            events = append_all([Entry(PUBLISHED, SUBJECT, body, clock.today(), BY) for body in bodies])
            indices = [event.index for event in events]
        for one, credential, index in zip(due, made, indices, strict=True):
            _show(directory, one, credential, index)
        return len(due)


def wanted_on(day: date, origin: str) -> list[Wanted]:
    """Every list as it should read on this day; two queries, whatever they hold."""
    count = max(size_now() - 1, 0) // MINIMUM + 1
    bits = {(purpose, number): bytearray(MINIMUM // 8) for purpose in LISTS for number in range(1, count + 1)}
    for events in _ended():
        for purpose, leaf in marks(events, day):
            found = place(origin, leaf)
            with_bit(bits[purpose, found.list], found.bit)
    return [Wanted(purpose, number, bytes(array)) for (purpose, number), array in bits.items()]


def _ended() -> Iterator[list[tuple[int, Mapping[str, Any]]]]:
    """The events of each product that ever had a certificate suspended or revoked."""
    subjects = select(Event.subject).where(Event.type.in_(ENDING)).distinct()
    found = select(Event.subject, Event.index, Event.leaf).where(Event.subject.in_(subjects))
    told: list[tuple[int, Mapping[str, Any]]] = []
    about = None
    for subject, index, leaf in db.session.execute(found.order_by(Event.subject, Event.index)):
        if told and subject != about:
            yield told
            told = []
        about = subject
        told.append((index, parse(leaf)))
    if told:
        yield told


def _is_due(wanted: Wanted, host: str, directory: Path, now: datetime) -> bool:
    """Also after the shop moved to another address: a list is known by it."""
    shown = status_of(wanted.purpose, wanted.number, directory)
    if shown is not None and shown.credential["id"] != wanted.address(host):
        return True
    if shown is None or now - datetime.fromisoformat(shown.credential["validFrom"]) >= RENEWED_AFTER:
        return True
    return bool(shown.credential["credentialSubject"]["encodedList"] != encode(wanted.bits))


def _show(directory: Path, wanted: Wanted, credential: Mapping[str, Any], index: int) -> None:
    """Whole or not at all; the oldest ones go."""
    folder = _folder(directory, wanted.purpose, wanted.number)
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{index}.new"
    beside.write_bytes(canonical(credential))
    beside.replace(folder / f"{index}.json")
    for old in _files(directory, wanted.purpose, wanted.number)[KEPT:]:
        old.unlink(missing_ok=True)


def _files(directory: Path, purpose: str, number: int) -> list[Path]:
    """Newest first."""
    return sorted(_folder(directory, purpose, number).glob("*.json"), key=lambda file: int(file.stem), reverse=True)


def _folder(directory: Path, purpose: str, number: int) -> Path:
    return directory / "status" / LISTS[purpose] / str(number)


def _instant(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
