"""The deeds on certificates: recognise, suspend, reinstate, revoke, correct; appeals and recalls. Two people each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from shop.core import audit
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.refusal import N_, Refusal
from shop.provenance.entering import Deed, enter_all
from shop.provenance.models import Authority, Certificate, CriteriaSet
from shop.provenance.ocop_verify.folding import points

# Why a certificate rests or ends: the grounds of real decisions (specs/provenance.md §3.11).
GROUNDS = {
    "not-reassessed": N_("Not re-assessed after 36 months"),
    "mandatory-criterion": N_("A mandatory criterion is no longer met"),
    "process": N_("The process is not as declared"),
    "food-safety": N_("A breach of food safety with a penalty decision"),
    "stopped": N_("Production has stopped"),
    "no-traceability": N_("The traceability file is missing"),
    "differs": N_("Packaging or quality differs from what was certified"),
}


class GroundsUnknown(Refusal):
    sentence = N_("Please choose one of the grounds that the programme knows.")


def recognise(draft: Certificate, *, by: str, approved_by: str) -> Certificate:
    """Enters a certificate in the register; `draft` carries its facts. Raises the refusals of `rules._issued`."""
    return recognise_all([draft], by=by, approved_by=approved_by)[0]


def recognise_all(drafts: list[Certificate], *, by: str, approved_by: str) -> list[Certificate]:
    """Enters many at once: all or none."""
    enter_all([issuing(draft) for draft in drafts], by=by, approved_by=approved_by)
    numbers = [draft.number for draft in drafts]
    rows = {row.number: row for row in db.session.scalars(select(Certificate).where(Certificate.number.in_(numbers)))}
    for number in numbers:
        row = rows[number]
        audit.note("recognised", f"certificate:{row.id}", by=by, approved_by=approved_by, stars=row.stars)
    return [rows[number] for number in numbers]


def issuing(draft: Certificate) -> Deed:
    """The deed that issues this certificate."""
    authority = draft.authority or db.session.get_one(Authority, draft.authority_id)
    criteria = draft.criteria_set or db.session.get_one(CriteriaSet, draft.criteria_set_id)
    right = {"kind": draft.right_kind.value, "number": draft.right_number or ""} if draft.right_kind else None
    body = {
        "certificate_no": draft.number,
        "scheme": criteria.code,
        "stars": draft.stars,
        "potential_five": bool(draft.is_potential_five),
        "scores": {part: points(getattr(draft, f"score_{part}")) for part in "abc"},
        "score": points(draft.score),
        "valid_from": draft.valid_from.isoformat(),
        "valid_until": draft.valid_until.isoformat(),
        "decision": {"no": draft.decision_no, "date": draft.decision_date.isoformat(), "authority": authority.code},
    }
    body |= {"right": right} if right else {}
    body |= {"capacity": draft.capacity} if draft.capacity else {}
    return Deed(draft.product_id, "certificate.issued", body, draft.valid_from)


def suspend(
    certificate: Certificate,
    *,
    by: str,
    approved_by: str,
    from_day: date,
    decision_no: str,
    reason: Texts,
    **more: Any,
) -> None:
    """From `from_day` on the certificate rests. `more`: `grounds`, `stops_sale`."""
    body = _decided(certificate, from_day, decision_no, reason, **more)
    _enter("suspended", certificate, "certificate.suspended", body, from_day, by, approved_by)


def reinstate(certificate: Certificate, *, by: str, approved_by: str, on_day: date, decision_no: str = "") -> None:
    """The suspension ends; on `on_day` the certificate counts again. Raises NotSuspended."""
    body = {"certificate_no": certificate.number, "decision": _decision(certificate, on_day, decision_no)}
    _enter("reinstated", certificate, "certificate.reinstated", body, on_day, by, approved_by)


def revoke(
    certificate: Certificate,
    *,
    by: str,
    approved_by: str,
    from_day: date,
    decision_no: str,
    reason: Texts,
    **more: Any,
) -> None:
    """The certificate ends on `from_day`. `more`: `grounds`, `stops_sale`. Raises AlreadyRevoked."""
    body = _decided(certificate, from_day, decision_no, reason, **more)
    _enter("revoked", certificate, "certificate.revoked", body, from_day, by, approved_by)


def _decided(
    certificate: Certificate, day: date, decision_no: str, reason: Texts, *, grounds: str = "", stops_sale: bool = False
) -> dict[str, Any]:
    if grounds and grounds not in GROUNDS:
        raise GroundsUnknown()
    return {
        "certificate_no": certificate.number,
        "decision": _decision(certificate, day, decision_no),
        "grounds": grounds,
        "reason": dict(reason),
        "stops_sale": stops_sale,
    }


def _decision(certificate: Certificate, day: date, number: str) -> dict[str, str]:
    return {"no": number, "date": day.isoformat(), "authority": certificate.authority.code}


def _enter(
    deed: str, certificate: Certificate, kind: str, body: Mapping[str, Any], day: date, by: str, approved_by: str
) -> None:
    enter_all([Deed(certificate.product_id, kind, body, day)], by=by, approved_by=approved_by)
    audit.note(deed, f"certificate:{certificate.id}", by=by, approved_by=approved_by, decision=body["decision"]["no"])
