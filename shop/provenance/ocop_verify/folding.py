"""Folds a product's events into its dossier: the same fold fills the shop's tables and the verifier's verdict.

An event is the parsed leaf: `type`, `subject`, `subject_seq`, `effective_at` (the legal date), `recorded_at`, `body`.
Corrections never edit: `correction` (and `certificate.corrected`) name the events they correct and the fields that
read differently since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from .dossier import (
    Appeal,
    Assessment,
    Certificate,
    Complaint,
    Dossier,
    Facts,
    Inspection,
    LabelBatch,
    Lot,
    Nonconformity,
    Recall,
    Revocation,
    Sample,
    Suspension,
)

Event = Mapping[str, Any]


class Unfoldable(ValueError):
    """The events contradict each other or lack what their type demands."""


def fold(events: Iterable[Event]) -> Dossier:
    """The dossier of the one product these events are about, oldest first. Raises Unfoldable."""
    told = list(events)
    if not told:
        raise Unfoldable("no events")
    try:
        corrected = _corrections(told)
        dossier = Dossier(told[0]["subject"])
    except (KeyError, TypeError, AttributeError) as error:
        raise Unfoldable(f"what an event must have is missing: {error!r}") from error
    for event in told:
        deed = DEEDS.get(event["type"])
        if deed is None:
            dossier.unknown.append(event["type"])
            continue
        fields = corrected.get(event["id"], {})
        body = {**event["body"], **{name: value for name, value in fields.items() if name != "effective_at"}}
        try:
            day = date.fromisoformat(str(fields.get("effective_at", event["effective_at"])))
            deed(dossier, event["id"], day, body)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise Unfoldable(f"{event['id']} ({event['type']}): {error!r}") from error
    return dossier


def hundredths(points: str) -> int:
    """'78.50' → 7850. Scores travel as text, so that no reader makes a float of them."""
    whole, _, rest = points.partition(".")
    if not (
        whole.isascii() and whole.isdigit() and (not rest or (rest.isascii() and rest.isdigit() and len(rest) <= 2))
    ):
        raise ValueError(f"{points!r} is no score")
    return int(whole) * 100 + int(rest.ljust(2, "0") or "0")


def points(hundredths_: int) -> str:
    """7850 → '78.50'."""
    return f"{hundredths_ // 100}.{hundredths_ % 100:02d}"


def evidence_level(body: Mapping[str, Any]) -> str:
    """From what is attached, never from what is claimed: E3 signed by the authority, E2 matched to its public source,
    E1 a document on file, E0 a statement."""
    decision = body.get("decision") or {}
    if decision.get("signature_verified"):
        return "E3"
    if decision.get("source"):
        return "E2"
    return "E1" if decision.get("doc_sha256") else "E0"


def _corrections(events: list[Event]) -> dict[str, Facts]:
    """Event id → the fields that read differently since; a later correction wins."""
    fields: dict[str, Facts] = {}
    for event in events:
        if event["type"] in ("correction", "certificate.corrected"):
            for corrected in event["body"].get("corrects", ()):
                fields.setdefault(corrected, {}).update(event["body"].get("fields", {}))
    return fields


def _registered(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.about = body


def _gtin_bound(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.gtins[body["gtin"]] = None


def _gtin_retired(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.gtins[body["gtin"]] = day


def _assessed(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.assessments[body["assessment"]] = Assessment(
        assessment=body["assessment"],
        scheme=body["scheme"],
        level=body["level"],
        day=day,
        scores={part: hundredths(score) for part, score in body["scores"].items()},
        stars=body.get("stars"),
        reason=body.get("reason", ""),
        event=event,
    )


def _issued(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    number = body["certificate_no"]
    if number in dossier.certificates:
        raise ValueError(f"{number} is issued twice")
    dossier.certificates[number] = Certificate(
        number=number,
        stars=body["stars"],
        is_potential_five=body.get("potential_five", False),
        scheme=body["scheme"],
        scores={part: hundredths(score) for part, score in body["scores"].items()},
        decision=body["decision"],
        valid_from=date.fromisoformat(body.get("valid_from", day.isoformat())),
        valid_until=date.fromisoformat(body["valid_until"]),
        right=body.get("right"),
        capacity=body.get("capacity"),
        evidence_level=evidence_level(body),
        event=event,
    )


def _superseded(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    certificate = dossier.certificates[body["certificate_no"]]
    certificate.superseded_on, certificate.superseded_by = day, body["by"]


def _suspended(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    certificate = dossier.certificates[body["certificate_no"]]
    certificate.suspensions.append(Suspension(**_decided(event, day, body)))


def _reinstated(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    resting = [s for s in dossier.certificates[body["certificate_no"]].suspensions if s.lifted_on is None]
    resting[0].lifted_on = day


def _revoked(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.certificates[body["certificate_no"]].revocation = Revocation(**_decided(event, day, body))


def _decided(event: str, day: date, body: Facts) -> Facts:
    return {
        "from_day": day,
        "decision": body["decision"],
        "grounds": body.get("grounds", ""),
        "reason": body["reason"],
        "stops_sale": body.get("stops_sale", False),
        "event": event,
    }


def _inspection_planned(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    number = body["inspection"]
    dossier.inspections[number] = Inspection(number, body["kind"], day, body["agencies"], event)


def _inspected(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    number = body["inspection"]
    planned = dossier.inspections.get(number) or Inspection(number, body["kind"], None, body["agencies"], event)
    dossier.inspections[number] = replace(
        planned,
        kind=body["kind"],
        agencies=body["agencies"],
        done_on=day,
        outcome=body["outcome"],
        findings=body.get("findings", {}),
    )


def _sample_taken(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.samples[body["sample"]] = Sample(
        sample=body["sample"],
        lot=body.get("lot", ""),
        taken_on=day,
        point=body["point"],
        taken_by=body["taken_by"],
        seal_no=body.get("seal_no", ""),
        event=event,
    )


def _sample_result(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    sample = dossier.samples[body["sample"]]
    sample.result_on, sample.verdict = day, body["verdict"]
    sample.laboratory, sample.accreditation_no = body["laboratory"], body.get("accreditation_no", "")
    sample.results = body.get("results", [])


def _nonconformity_opened(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.nonconformities[body["nonconformity"]] = Nonconformity(
        nonconformity=body["nonconformity"],
        source=body.get("source", ""),
        severity=body["severity"],
        words=body["words"],
        opened_on=day,
        due=date.fromisoformat(body["due"]),
        event=event,
    )


def _nonconformity_closed(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    found = dossier.nonconformities[body["nonconformity"]]
    found.closed_on, found.remedy = day, body.get("remedy", {})


def _appealed(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.appeals[body["appeal"]] = Appeal(
        body["appeal"], body["certificate_no"], body["against"], body["grounds"], day, event
    )


def _appeal_decided(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    """An appeal changes nothing unless it overturns; what it overturns stays readable."""
    appeal = dossier.appeals[body["appeal"]]
    appeal.decided_on, appeal.outcome, appeal.reason = day, body["outcome"], body.get("reason", {})
    certificate = dossier.certificates[appeal.certificate]
    if appeal.outcome != "overturned":
        return
    if certificate.revocation and certificate.revocation.decision["no"] == appeal.against:
        certificate.revocation.overturned_on = day
    for suspension in certificate.suspensions:
        if suspension.decision["no"] == appeal.against and suspension.lifted_on is None:
            suspension.lifted_on = day


def _recalled(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.recalls[body["recall"]] = Recall(
        body["recall"], body.get("lot", ""), day, body["decision"], body["reason"], event
    )


def _recall_closed(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.recalls[body["recall"]].closed_on = day


def _lot_released(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    expires = body.get("expires_on")
    dossier.lots[body["lot"]] = Lot(
        lot=body["lot"],
        gtin=body.get("gtin", ""),
        made_on=date.fromisoformat(body["made_on"]),
        expires_on=date.fromisoformat(expires) if expires else None,
        quantity=body["quantity"],
        certificate=body.get("certificate_no", ""),
        event=event,
    )


def _labels_issued(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.batches[body["batch"]] = LabelBatch(body["batch"], body["lot"], body["count"], body["serial_root"], event)


def _labels_activated(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.batches[body["batch"]].state = "active"


def _labels_voided(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.batches[body["batch"]].state = "voided"


def _complained(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    dossier.complaints[body["complaint"]] = Complaint(body["complaint"], day, body["kind"], event)


def _complaint_answered(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    complaint = dossier.complaints[body["complaint"]]
    complaint.answered_on, complaint.answer = day, body["answer"]


def _told_only(dossier: Dossier, event: str, day: date, body: Facts) -> None:
    """Shown in the timeline; changes nothing by itself."""


DEEDS: dict[str, Callable[[Dossier, str, date, Facts], None]] = {
    "product.registered": _registered,
    "product.gtin_bound": _gtin_bound,
    "product.gtin_retired": _gtin_retired,
    "assessment.recorded": _assessed,
    "certificate.issued": _issued,
    "certificate.superseded": _superseded,
    "certificate.suspended": _suspended,
    "certificate.reinstated": _reinstated,
    "certificate.revoked": _revoked,
    "certificate.corrected": _told_only,
    "inspection.planned": _inspection_planned,
    "inspection.recorded": _inspected,
    "sample.taken": _sample_taken,
    "sample.result": _sample_result,
    "nonconformity.opened": _nonconformity_opened,
    "nonconformity.closed": _nonconformity_closed,
    "appeal.filed": _appealed,
    "appeal.decided": _appeal_decided,
    "recall.opened": _recalled,
    "recall.closed": _recall_closed,
    "lot.released": _lot_released,
    "labels.issued": _labels_issued,
    "labels.activated": _labels_activated,
    "labels.voided": _labels_voided,
    "complaint.received": _complained,
    "complaint.answered": _complaint_answered,
    "evidence.erased": _told_only,
    "correction": _told_only,
}
