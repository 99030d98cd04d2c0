"""Rebuilds every projected row from the log and compares it with the tables: whoever edits a row is found out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from shop.core.db import db
from shop.provenance import oversight
from shop.provenance.log.adopting import authority_body, criteria_body
from shop.provenance.log.fsck import Fault
from shop.provenance.log.models import Event
from shop.provenance.log.reading import PRODUCT, events_of, product_of
from shop.provenance.lots import projecting as lots
from shop.provenance.lots.models import Gtin, LabelBatch, Lot
from shop.provenance.models import Authority, Certificate, CriteriaSet, Revocation, Suspension
from shop.provenance.ocop_verify.canonical import Malformed, parse
from shop.provenance.ocop_verify.folding import Unfoldable
from shop.provenance.projecting import Codes, Projection, projected

AT_ONCE = 300
FOLLOWING = (
    oversight.Assessment,
    oversight.Inspection,
    oversight.Sample,
    oversight.Nonconformity,
    oversight.Appeal,
    oversight.Recall,
    oversight.Complaint,
    Gtin,
    Lot,
    LabelBatch,
)


def check_projections() -> Iterator[Fault]:
    """Every row of the register that is not what the log tells."""
    yield from _parties()
    codes = Codes.read()
    told = select(Event.subject).where(Event.subject.startswith(PRODUCT)).distinct()
    ids = {product_id for subject in db.session.scalars(told) if (product_id := product_of(subject)) is not None}
    for model in (Certificate, *FOLLOWING):
        ids |= set(db.session.scalars(select(model.product_id).distinct()))
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        try:
            events = events_of(some)
        except Malformed as error:
            yield Fault(f"products {some[0]} to {some[-1]}", f"their events cannot be read: {error}")
            continue
        yield from _products(some, events, codes)
        db.session.expunge_all()


def _products(ids: Sequence[int], events: Mapping[int, Any], codes: Codes) -> Iterator[Fault]:
    held = _Held(ids)
    for product_id in ids:
        where = f"product {product_id}"
        try:
            made = _told(product_id, events.get(product_id), codes)
        except Unfoldable as error:
            yield Fault(where, f"its events contradict each other: {error}")
            continue
        yield from (Fault(where, what) for what in held.differences(product_id, made))


def _told(product_id: int, events: Any, codes: Codes) -> Projection:
    if not events:
        return Projection()
    made = projected(product_id, events, codes)
    made.others |= lots.rows(product_id, events)
    return made


class _Held:
    """The rows of some products as they stand in the tables."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.certificates = _by_product(Certificate, ids)
        numbers = select(Certificate.id).where(Certificate.product_id.in_(ids))
        rests = db.session.scalars(select(Suspension).where(Suspension.certificate_id.in_(numbers)))
        ends = db.session.scalars(select(Revocation).where(Revocation.certificate_id.in_(numbers)))
        self.suspensions: dict[int, list[Suspension]] = {}
        for rest in rests:
            self.suspensions.setdefault(rest.certificate_id, []).append(rest)
        self.revocations = {end.certificate_id: end for end in ends}
        self.following = {model: _by_product(model, ids) for model in FOLLOWING}

    def differences(self, product_id: int, made: Projection) -> Iterator[str]:
        rows = {row.number: row for row in self.certificates.get(product_id, ())}
        yield from _rows("certificate", rows, made.certificates)
        rests = {rest.event: rest for row in rows.values() for rest in self.suspensions.get(row.id, ())}
        yield from _rows("suspension", rests, {event: values for event, (_, values) in made.suspensions.items()})
        ends = {number: self.revocations[row.id] for number, row in rows.items() if row.id in self.revocations}
        yield from _rows("revocation", ends, made.revocations)
        for model in FOLLOWING:
            found = {row.number: row for row in self.following[model].get(product_id, ())}
            yield from _rows(model.__tablename__, found, made.others.get(model, {}))


def _by_product(model: Any, ids: Sequence[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in db.session.scalars(select(model).where(model.product_id.in_(ids))):
        found.setdefault(row.product_id, []).append(row)
    return found


def _rows(what: str, rows: Mapping[Any, Any], wanted: Mapping[Any, Mapping[str, Any]]) -> Iterator[str]:
    for key in rows.keys() - wanted.keys():
        yield f"the {what} {key} stands in the table but not in the log"
    for key, values in wanted.items():
        row = rows.get(key)
        if row is None:
            yield f"the {what} {key} stands in the log but not in the table"
            continue
        for name, value in values.items():
            if getattr(row, name) != value:
                yield f"the {what} {key} has {name}={getattr(row, name)!r}, the log says {value!r}"


def _parties() -> Iterator[Fault]:
    """Authorities and criteria sets: the last word of the log about each."""
    told: dict[str, Any] = {}
    kinds = ("party.registered", "scheme.published")
    for subject, leaf in db.session.execute(
        select(Event.subject, Event.leaf).where(Event.type.in_(kinds)).order_by(Event.index)
    ):
        told[subject] = parse(leaf)["body"]
    rows: dict[str, Any] = {
        f"urn:ocop:authority:{row.code}": authority_body(row) for row in db.session.scalars(select(Authority))
    }
    rows |= {f"urn:ocop:scheme:{row.code}": criteria_body(row) for row in db.session.scalars(select(CriteriaSet))}
    for subject in sorted(told.keys() | rows.keys()):
        if told.get(subject) != rows.get(subject):
            yield Fault(subject, f"the table says {rows.get(subject)}, the log says {told.get(subject)}")
