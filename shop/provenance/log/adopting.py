"""Takes into the log what was in the register before it: keys, criteria, authorities and every certificate.

Run at each set-up; what is in the log already stays as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import Product
from shop.core.db import db, transaction
from shop.provenance.entering import about
from shop.provenance.log.appending import Entry, append_all
from shop.provenance.log.models import Event
from shop.provenance.log.reading import subject_of
from shop.provenance.models import Authority, Certificate, CriteriaSet
from shop.provenance.ocop_verify.folding import points
from shop.provenance.recognising import issuing

AT_ONCE = 500
BY = "register"
PART_NAMES = "abc"


def adopt() -> int:
    """Answers how many certificates were taken in. Opens a transaction for each AT_ONCE of them."""
    with transaction():
        append_all([*_criteria(), *_authorities()])
    taken = 0
    while True:
        with transaction():
            waiting = _without_event()
            if waiting:
                _take_in(waiting)
        if not waiting:
            return taken
        taken += len(waiting)
        db.session.expunge_all()


def authority_body(authority: Authority) -> dict[str, Any]:
    """How the log tells of an authority; its competence may be told anew, the last word counts."""
    until = authority.competent_until
    return {
        "code": authority.code,
        "name": dict(authority.name),
        "level": authority.level.value,
        "competent_from": authority.competent_from.isoformat(),
        "competent_until": until.isoformat() if until else None,
        "successor": authority.successor.code if authority.successor else None,
    }


def criteria_body(criteria: CriteriaSet) -> dict[str, Any]:
    until = criteria.in_force_until
    return {
        "code": criteria.code,
        "decision_no": criteria.decision_no,
        "name": dict(criteria.name),
        "in_force_from": criteria.in_force_from.isoformat(),
        "in_force_until": until.isoformat() if until else None,
        "parts": {part: points(getattr(criteria, f"max_{part}")) for part in PART_NAMES},
        "bands": {stars: points(score) for stars, score in criteria.bands.items()},
    }


def _criteria() -> list[Entry]:
    rows = db.session.scalars(select(CriteriaSet).order_by(CriteriaSet.id))
    return _new(
        [Entry("scheme.published", f"urn:ocop:scheme:{c.code}", criteria_body(c), c.in_force_from, BY) for c in rows]
    )


def _authorities() -> list[Entry]:
    rows = db.session.scalars(select(Authority).order_by(Authority.id))
    return _new(
        [
            Entry("party.registered", f"urn:ocop:authority:{a.code}", authority_body(a), a.competent_from, BY)
            for a in rows
        ]
    )


def _new(entries: Sequence[Entry]) -> list[Entry]:
    """Those whose subject the log has never met."""
    subjects = [entry.subject for entry in entries]
    met = set(db.session.scalars(select(Event.subject).where(Event.subject.in_(subjects))))
    return [entry for entry in entries if entry.subject not in met]


def _without_event() -> list[Certificate]:
    """The next certificates from before the log, a product's own together and in the order of their days."""
    some = select(Certificate.product_id).where(Certificate.event.is_(None)).distinct()
    some = some.order_by(Certificate.product_id).limit(AT_ONCE)
    found = (
        select(Certificate)
        .where(Certificate.product_id.in_(some), Certificate.event.is_(None))
        .order_by(Certificate.product_id, Certificate.valid_from, Certificate.id)
        .options(
            joinedload(Certificate.product).joinedload(Product.producer),
            joinedload(Certificate.product).joinedload(Product.village),
            joinedload(Certificate.authority),
            joinedload(Certificate.criteria_set),
            selectinload(Certificate.suspensions),
            joinedload(Certificate.revocation),
        )
    )
    return list(db.session.scalars(found))


def _take_in(certificates: Sequence[Certificate]) -> None:
    entries: list[Entry] = []
    rows: list[Any] = []
    met = _met(certificates)
    for certificate in certificates:
        subject = subject_of(certificate.product_id)
        if certificate.product_id not in met:
            met.add(certificate.product_id)
            entries.append(Entry("product.registered", subject, about(certificate.product), certificate.valid_from, BY))
            rows.append(None)
        for row, kind, body, day in _story(certificate):
            entries.append(Entry(kind, subject, body, day, BY))
            rows.append(row)
    for row, event in zip(rows, append_all(entries, adopted=True), strict=True):
        if row is not None:
            row.event = event.id


def _met(certificates: Sequence[Certificate]) -> set[int]:
    ids = {certificate.product_id: subject_of(certificate.product_id) for certificate in certificates}
    met = set(db.session.scalars(select(Event.subject).where(Event.subject.in_(ids.values())).distinct()))
    return {product_id for product_id, subject in ids.items() if subject in met}


def _story(certificate: Certificate) -> list[tuple[Any, str, dict[str, Any], Any]]:
    """(row that keeps the event's id, type, body, legal date) of everything that is known of this certificate."""
    issued = issuing(certificate)
    told: list[tuple[Any, str, dict[str, Any], Any]] = [(certificate, issued.kind, dict(issued.body), issued.day)]
    for rest in certificate.suspensions:
        told.append((rest, "certificate.suspended", _decided(certificate, rest), rest.from_day))
        if rest.lifted_on:
            body = {"certificate_no": certificate.number, "decision": _decision(certificate, rest)}
            told.append((None, "certificate.reinstated", body, rest.lifted_on))
    if certificate.revocation:
        end = certificate.revocation
        told.append((end, "certificate.revoked", _decided(certificate, end), end.from_day))
    return told


def _decided(certificate: Certificate, row: Any) -> dict[str, Any]:
    """`entered_at` and `entered_by` keep when and by whom it was entered before there was a log."""
    return {
        "certificate_no": certificate.number,
        "decision": _decision(certificate, row),
        "reason": dict(row.reason),
        "entered_at": row.at.isoformat(),
        "entered_by": row.by,
    }


def _decision(certificate: Certificate, row: Any) -> dict[str, str]:
    return {"no": row.decision_no, "date": row.from_day.isoformat(), "authority": certificate.authority.code}
