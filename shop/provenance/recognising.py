"""The deeds on certificates: recognise, suspend, reinstate, revoke, correct; appeals and recalls. Two people each."""

from __future__ import annotations

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


def suspend(certificate: Certificate, *, by: str, approved_by: str, **ruling: Any) -> None:
    """From its day on the certificate rests; `ruling` as `suspending` takes it. Raises AlreadySuspended."""
    _enter("suspended", certificate, suspending(certificate, **ruling), by, approved_by)


def reinstate(certificate: Certificate, *, by: str, approved_by: str, **ruling: Any) -> None:
    """The suspension ends; `ruling` as `reinstating` takes it. Raises NotSuspended."""
    _enter("reinstated", certificate, reinstating(certificate, **ruling), by, approved_by)


def revoke(certificate: Certificate, *, by: str, approved_by: str, **ruling: Any) -> None:
    """The certificate ends; `ruling` as `revoking` takes it. Raises AlreadyRevoked."""
    _enter("revoked", certificate, revoking(certificate, **ruling), by, approved_by)


def suspending(certificate: Certificate, *, from_day: date, **ruling: Any) -> Deed:
    """The deed that lets it rest from `from_day`. `ruling`: decision_no, reason; perhaps decided_on, grounds,
    stops_sale."""
    body = _decided(certificate, from_day, **ruling)
    return Deed(certificate.product_id, "certificate.suspended", body, from_day)


def revoking(certificate: Certificate, *, from_day: date, **ruling: Any) -> Deed:
    """The deed that ends it on `from_day`; `ruling` as for `suspending`."""
    body = _decided(certificate, from_day, **ruling)
    return Deed(certificate.product_id, "certificate.revoked", body, from_day)


def reinstating(
    certificate: Certificate,
    *,
    on_day: date,
    decision_no: str = "",
    decided_on: date | None = None,
    reason: Texts | None = None,
) -> Deed:
    """The deed with which it counts again on `on_day`."""
    decision = decision_of(certificate.authority, decision_no, decided_on or on_day)
    body = {"certificate_no": certificate.number, "decision": decision}
    body |= {"reason": dict(reason)} if reason else {}
    return Deed(certificate.product_id, "certificate.reinstated", body, on_day)


def decision_of(authority: Authority, number: str, day: date) -> dict[str, str]:
    """How a decision is named; what an abolished authority issued is decided on by its successor of that day."""
    while authority.successor and not authority.is_competent_on(day):
        authority = authority.successor
    return {"no": number, "date": day.isoformat(), "authority": authority.code}


def _decided(
    certificate: Certificate,
    day: date,
    *,
    decision_no: str,
    reason: Texts,
    decided_on: date | None = None,
    grounds: str = "",
    stops_sale: bool = False,
) -> dict[str, Any]:
    if grounds and grounds not in GROUNDS:
        raise GroundsUnknown()
    return {
        "certificate_no": certificate.number,
        "decision": decision_of(certificate.authority, decision_no, decided_on or day),
        "grounds": grounds,
        "reason": dict(reason),
        "stops_sale": stops_sale,
    }


def _enter(told: str, certificate: Certificate, deed: Deed, by: str, approved_by: str) -> None:
    enter_all([deed], by=by, approved_by=approved_by)
    number = deed.body["decision"]["no"]
    audit.note(told, f"certificate:{certificate.id}", by=by, approved_by=approved_by, decision=number)
