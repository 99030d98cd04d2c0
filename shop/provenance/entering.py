"""The one way into the register: a deed is checked, appended to the log, projected, and the stars published anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.catalogue import changes
from shop.catalogue.models import Product
from shop.core import clock, outbox
from shop.core.db import db
from shop.provenance import rules
from shop.provenance.log.appending import Entry, append, append_all
from shop.provenance.log.models import Event
from shop.provenance.log.reading import events_of, subject_of
from shop.provenance.ocop_verify.canonical import parse
from shop.provenance.ocop_verify.dossier import Dossier
from shop.provenance.ocop_verify.folding import fold
from shop.provenance.projecting import Codes, project
from shop.provenance.publishing_stars import publish_stars


@dataclass(frozen=True)
class Deed:
    """One event to be entered for one product. `body` has the fields its type demands (ocop_verify/folding.py)."""

    product_id: int
    kind: str
    body: Mapping[str, Any]
    day: date
    private: Mapping[str, Any] = field(default_factory=dict)


def enter(
    product_id: int,
    kind: str,
    body: Mapping[str, Any],
    *,
    day: date,
    by: str,
    approved_by: str | None = None,
    private: Mapping[str, Any] | None = None,
) -> Event:
    """Enters one deed; `day` is its legal date. Raises a refusal of `rules`, NeedsTwoPeople or TooLong."""
    return enter_all([Deed(product_id, kind, body, day, private or {})], by=by, approved_by=approved_by)[0]


def enter_all(deeds: Sequence[Deed], *, by: str, approved_by: str | None = None) -> list[Event]:
    """Enters all of them or none, in this order; answers their events."""
    changes.take_turn()
    told = _told({deed.product_id for deed in deeds}, by)
    made = []
    for deed in deeds:
        events = told[deed.product_id]
        rules.check(fold(events), deed.kind, deed.body, deed.day)
        event = append(_entry(deed, by, approved_by))
        events.append(parse(event.leaf))
        made.append(event)
        for entry in _superseding(deed, fold(events), by, approved_by):
            events.append(parse(append(entry).leaf))
    codes = Codes.read()
    for product_id, events in told.items():
        project(product_id, events, codes)
        publish_stars(product_id)
    for deed in deeds:
        if deed.kind == "recall.opened":
            outbox.put("recall.tell_buyers", product_id=deed.product_id, recall=deed.body["recall"])
    return made


def _entry(deed: Deed, by: str, approved_by: str | None) -> Entry:
    subject = subject_of(deed.product_id)
    return Entry(deed.kind, subject, deed.body, deed.day, by, approved_by, dict(deed.private))


def _superseding(deed: Deed, dossier: Dossier, by: str, approved_by: str | None) -> Iterable[Entry]:
    """A re-assessment replaces what was still in force on the day it begins."""
    if deed.kind != "certificate.issued":
        return
    new = dossier.certificates[deed.body["certificate_no"]]
    for old in dossier.certificates.values():
        ended = old.revocation and old.revocation.overturned_on is None
        if old.number == new.number or old.superseded_on or ended:
            continue
        if old.valid_from <= new.valid_from <= old.valid_until:
            body = {"certificate_no": old.number, "by": new.number}
            subject = subject_of(deed.product_id)
            yield Entry("certificate.superseded", subject, body, new.valid_from, by, approved_by)


def _told(product_ids: set[int], by: str) -> dict[int, list[dict[str, Any]]]:
    """The events of these products; one that the log has not met yet is registered first."""
    told = events_of(product_ids)
    unmet = sorted(product_id for product_id in product_ids if not told.get(product_id))
    if unmet:
        entries = [Entry("product.registered", subject_of(p.id), about(p), _since(p), by) for p in _products(unmet)]
        for product_id, event in zip(unmet, append_all(entries), strict=True):
            told[product_id].append(parse(event.leaf))
    return defaultdict(list, told)


def about(product: Product) -> dict[str, Any]:
    """How the log names a product: enough for a stranger to know which one is meant."""
    return {
        "slug": product.slug,
        "name": dict(product.name),
        "group": product.group.value,
        "producer": {"slug": product.producer.slug, "name": product.producer.name},
        "village": {"slug": product.village.slug, "name": dict(product.village.name)},
    }


def _since(product: Product) -> date:
    return clock.in_hanoi(product.published_at).date() if product.published_at else clock.today()


def _products(ids: Sequence[int]) -> Sequence[Product]:
    found = select(Product).where(Product.id.in_(ids)).order_by(Product.id)
    return db.session.scalars(found.options(joinedload(Product.producer), joinedload(Product.village))).all()
