"""What anybody may be told of a product: the judge's word on it, and whether register and log tell the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.provenance.log.appending import digest
from shop.provenance.log.models import Event
from shop.provenance.log.reading import rows_about, subject_of
from shop.provenance.ocop_verify import merkle
from shop.provenance.ocop_verify.canonical import Malformed, parse
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.ocop_verify.folding import Unfoldable, fold
from shop.provenance.status import State, Status, judge, status_at

# What changes how a buyer looks at goods they have at home.
MATTERS = (
    *("certificate.suspended", "certificate.reinstated", "certificate.revoked", "certificate.superseded"),
    *("certificate.corrected", "appeal.decided", "recall.opened", "recall.closed"),
    *("inspection.recorded", "sample.result", "nonconformity.opened"),
)
MOST = 50


@dataclass(frozen=True)
class Told:
    """One event: its place in the log, when it was recorded, and the parsed leaf."""

    row: Event
    event: dict[str, Any]


@dataclass(frozen=True)
class Proof:
    """`status` is the judge's word on `day`. Where register and log disagree it is none: nothing is certain then."""

    day: date
    status: Status
    dossier: Dossier
    events: list[Told]
    is_sound: bool


def proof_of(product_id: int, day: date, *, lot: str = "") -> Proof:
    """Two queries. Fails closed: whatever does not fit together shows no stars."""
    subject = subject_of(product_id)
    status = status_at(product_id, day, lot=lot)
    try:
        events = _unbroken(rows_about(subject))
        dossier = fold(told.event for told in events) if events else Dossier(subject)
    except (Broken, Malformed, Unfoldable):
        return Proof(day, Status(day, State.NONE), Dossier(subject), [], is_sound=False)
    logged = judge(list(dossier.certificates.values()), day, dossier.recalls.values(), lot=lot)
    if _gist(logged) != _gist(status):
        return Proof(day, Status(day, State.NONE), dossier, events, is_sound=False)
    return Proof(day, status, dossier, events, is_sound=True)


def changes_since(product_ids: Sequence[int], moment: datetime) -> dict[int, list[dict[str, Any]]]:
    """What a buyer should learn of each product since `moment`, the newest first; one query."""
    subjects = {subject_of(product_id): product_id for product_id in product_ids}
    told: dict[int, list[dict[str, Any]]] = {product_id: [] for product_id in product_ids}
    found = select(Event.subject, Event.leaf).where(Event.subject.in_(subjects), Event.type.in_(MATTERS))
    for row in db.session.execute(found.where(Event.recorded_at > moment).order_by(Event.index.desc()).limit(MOST)):
        told[subjects[row.subject]].append(parse(row.leaf))
    return told


class Broken(ValueError):
    """An event is not the one that was hashed, or one is missing before it."""


def _unbroken(rows: Sequence[Event]) -> list[Told]:
    before: bytes | None = None
    told = []
    for place, row in enumerate(rows):
        event = parse(row.leaf)
        follows = event.get("prev") == (digest(before) if before else None) and event.get("subject_seq") == place
        if merkle.leaf_hash(row.leaf) != row.leaf_hash or not follows:
            raise Broken(row.id)
        before = row.leaf_hash
        told.append(Told(row, event))
    return told


def _gist(status: Any) -> tuple[object, ...]:
    number = status.certificate.number if status.certificate else None
    return status.state, status.stars, status.is_potential_five, status.until, number
