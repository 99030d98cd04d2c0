"""Reads the log back: a product's events, parsed strictly from their leaves, and its dossier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.provenance.log.models import Event
from shop.provenance.ocop_verify.canonical import parse
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.ocop_verify.folding import fold

PRODUCT = "urn:ocop:product:P"


def subject_of(product_id: int) -> str:
    return f"{PRODUCT}{product_id}"


def product_of(subject: str) -> int | None:
    """The id of the product an event is about, None for events about authorities, criteria or keys."""
    return int(subject.removeprefix(PRODUCT)) if subject.startswith(PRODUCT) else None


def rows_about(subject: str) -> Sequence[Event]:
    """The rows of one subject, oldest first."""
    return db.session.scalars(select(Event).where(Event.subject == subject).order_by(Event.subject_seq)).all()


def events_of(product_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Product → its parsed events, oldest first; one query."""
    subjects = {subject_of(product_id): product_id for product_id in product_ids}
    told: dict[int, list[dict[str, Any]]] = defaultdict(list)
    found = select(Event.subject, Event.leaf).where(Event.subject.in_(subjects)).order_by(Event.index)
    for row in db.session.execute(found):
        told[subjects[row.subject]].append(parse(row.leaf))
    return told


def dossier_of(product_id: int) -> Dossier:
    """What the log tells of one product; empty where it tells nothing."""
    events = events_of([product_id])[product_id]
    return fold(events) if events else Dossier(subject_of(product_id))
