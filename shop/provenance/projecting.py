"""Writes what the log tells of a product into the tables; the same rows are what `fsck` compares them with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from shop.core.db import Model, db
from shop.core.languages import Texts
from shop.provenance import oversight
from shop.provenance.lots import projecting as lots
from shop.provenance.models import Authority, Certificate, CriteriaSet, Revocation, RightKind, Suspension
from shop.provenance.ocop_verify import dossier as told
from shop.provenance.ocop_verify.folding import fold

Values = dict[str, Any]


@dataclass(frozen=True)
class Codes:
    """The ids of authorities and criteria sets by their codes."""

    authorities: Mapping[str, int]
    schemes: Mapping[str, int]

    @classmethod
    def read(cls) -> Codes:
        authorities = db.session.execute(select(Authority.code, Authority.id))
        schemes = db.session.execute(select(CriteriaSet.code, CriteriaSet.id))
        return cls({row.code: row.id for row in authorities}, {row.code: row.id for row in schemes})


@dataclass
class Projection:
    """The rows one product must have: by model, then by number. Suspensions are keyed by their event."""

    certificates: dict[str, Values] = field(default_factory=dict)
    suspensions: dict[str, tuple[str, Values]] = field(default_factory=dict)  # event → (certificate's number, values)
    revocations: dict[str, Values] = field(default_factory=dict)  # by the certificate's number
    others: dict[type[Any], dict[str, Values]] = field(default_factory=dict)


def projected(product_id: int, events: Sequence[Mapping[str, Any]], codes: Codes) -> Projection:
    """What the events of one product say its rows are. Raises Unfoldable."""
    dossier = fold(events)
    written = {event["id"]: event for event in events}
    made = Projection()
    for number, certificate in dossier.certificates.items():
        made.certificates[number] = {"product_id": product_id, **_certificate(certificate, codes)}
        for suspension in certificate.suspensions:
            values = _decided(suspension, written) | {"lifted_on": suspension.lifted_on}
            made.suspensions[suspension.event] = (number, values)
        if certificate.revocation:
            over = {"overturned_on": certificate.revocation.overturned_on}
            made.revocations[number] = _decided(certificate.revocation, written) | over
    made.others = _others(product_id, dossier)
    return made


def project(product_id: int, events: Sequence[Mapping[str, Any]], codes: Codes | None = None) -> None:
    """Makes the rows of one product what its events say."""
    made = projected(product_id, events, codes or Codes.read())
    held = {row.number: row for row in held_certificates(product_id)}
    for number, values in made.certificates.items():
        row = held.get(number)
        if row is None:
            row = held[number] = Certificate(number=number, suspensions=[], revocation=None)
            db.session.add(row)
        _set(row, values)
    for event, (number, values) in made.suspensions.items():
        _set(_suspension(held[number], event, values), values)
    for number, values in made.revocations.items():
        end = held[number].revocation or Revocation()
        held[number].revocation = end
        _set(end, values)
    for model, rows in made.others.items():
        _upsert(model, product_id, rows)
    if any(event["type"].startswith(("lot.", "labels.", "product.gtin")) for event in events):
        lots.project(product_id, events)


def held_certificates(product_id: int) -> Sequence[Certificate]:
    return db.session.scalars(
        select(Certificate).where(Certificate.product_id == product_id).order_by(Certificate.id)
    ).all()


def _certificate(certificate: told.Certificate, codes: Codes) -> Values:
    right = certificate.right or {}
    decision = certificate.decision
    return {
        "authority_id": codes.authorities[decision["authority"]],
        "criteria_set_id": codes.schemes[certificate.scheme],
        "decision_no": decision["no"],
        "decision_date": date.fromisoformat(decision["date"]),
        "stars": certificate.stars,
        "is_potential_five": certificate.is_potential_five,
        **{f"score_{part}": certificate.scores[part] for part in "abc"},
        "valid_from": certificate.valid_from,
        "valid_until": certificate.valid_until,
        "right_kind": RightKind(right["kind"]) if right else None,
        "right_number": right.get("number", ""),
        "capacity": certificate.capacity,
        "evidence_level": certificate.evidence_level,
        "superseded_on": certificate.superseded_on,
        "superseded_by": certificate.superseded_by,
        "event": certificate.event,
    }


def _decided(deed: told.Suspension | told.Revocation, written: Mapping[str, Mapping[str, Any]]) -> Values:
    event = written[deed.event]
    return {
        "from_day": deed.from_day,
        "decision_no": deed.decision["no"],
        "grounds": deed.grounds,
        "reason": Texts(deed.reason),
        "stops_sale": deed.stops_sale,
        "at": datetime.fromisoformat(event["body"].get("entered_at", event["recorded_at"])),
        "by": event["body"].get("entered_by", event["by"]),
        "event": deed.event,
    }


def _others(product_id: int, dossier: told.Dossier) -> dict[type[Any], dict[str, Values]]:
    own = {"product_id": product_id}
    return {
        oversight.Assessment: {
            number: own
            | {"scheme": a.scheme, "level": a.level, "day": a.day, "stars": a.stars}
            | {"score": sum(a.scores.values())}
            for number, a in dossier.assessments.items()
        },
        oversight.Inspection: {
            number: own
            | {"kind": oversight.InspectionKind(i.kind), "agencies": list(i.agencies)}
            | {"planned_on": i.planned_on, "done_on": i.done_on, "outcome": i.outcome}
            for number, i in dossier.inspections.items()
        },
        oversight.Sample: {
            number: own
            | {"lot": s.lot, "point": oversight.SamplePoint(s.point), "taken_on": s.taken_on}
            | {"result_on": s.result_on, "laboratory": s.laboratory, "verdict": s.verdict}
            for number, s in dossier.samples.items()
        },
        oversight.Nonconformity: {
            number: own
            | {"source": n.source, "severity": oversight.Severity(n.severity), "words": Texts(n.words)}
            | {"opened_on": n.opened_on, "due": n.due, "closed_on": n.closed_on}
            for number, n in dossier.nonconformities.items()
        },
        oversight.Appeal: {
            number: own
            | {"certificate_no": a.certificate, "against": a.against, "filed_on": a.filed_on}
            | {"decided_on": a.decided_on, "outcome": a.outcome}
            for number, a in dossier.appeals.items()
        },
        oversight.Recall: {
            number: own | {"lot": r.lot, "from_day": r.from_day, "closed_on": r.closed_on, "reason": Texts(r.reason)}
            for number, r in dossier.recalls.items()
        },
        oversight.Complaint: {
            number: own | {"kind": c.kind, "received_on": c.received_on, "answered_on": c.answered_on}
            for number, c in dossier.complaints.items()
        },
    }


def _suspension(certificate: Certificate, event: str, values: Values) -> Suspension:
    """The row of this event; one from before the log is known by its day and decision."""
    for row in certificate.suspensions:
        same = (row.from_day, row.decision_no) == (values["from_day"], values["decision_no"])
        if row.event == event or (row.event is None and same):
            return row
    made = Suspension()
    certificate.suspensions.append(made)
    return made


def _upsert(model: type[Any], product_id: int, rows: Mapping[str, Values]) -> None:
    if not rows:
        return
    held = {row.number: row for row in db.session.scalars(select(model).where(model.product_id == product_id))}
    for number, values in rows.items():
        row = held.get(number)
        if row is None:
            row = model(number=number)
            db.session.add(row)
        _set(row, values)


def _set(row: Model, values: Values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
