"""What follows a certificate: inspections, samples, faults, appeals, recalls, complaints, assessments.

What somebody saw or received is entered at once. Laboratory results, decisions on appeals and recalls need two people:
`resulting`, `judging`, `recalling` and `ending` make the deeds that are proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from shop.core.languages import Texts
from shop.core.refusal import N_, Refusal
from shop.provenance.entering import Deed, enter, enter_all
from shop.provenance.numbering import next_number, next_numbers
from shop.provenance.ocop_verify.folding import points
from shop.provenance.oversight import (
    Appeal,
    Assessment,
    Inspection,
    InspectionKind,
    Nonconformity,
    Recall,
    Sample,
    SamplePoint,
    Severity,
)

OUTCOMES = {"conforming": N_("Conforms"), "nonconforming": N_("Does not conform")}
VERDICTS = {"pass": N_("Passed"), "fail": N_("Failed")}
APPEALS = {"upheld": N_("The decision stands"), "overturned": N_("The decision is overturned")}


class NobodyInspects(Refusal):
    sentence = N_("An inspection needs at least one agency.")
    field = "agencies"


class FaultsMissing(Refusal):
    sentence = N_("What does not conform has at least one fault: say which, how grave and until when.")
    field = "fault_1"


class FaultsTooMany(Refusal):
    sentence = N_("What conforms has no faults: take them out, or choose “does not conform”.")
    field = "outcome"


class DueTooEarly(Refusal):
    sentence = N_("A fault is mended after it was found: please check the due date.")
    field = "due"


@dataclass(frozen=True)
class Fault:
    """A nonconformity to be opened: what is wrong, how grave, to be mended until `due`."""

    words: Texts
    severity: Severity
    due: date


class NotAnnounced(Refusal):
    sentence = N_("An unannounced inspection is entered when it is done: the log is open to everybody.")
    field = "kind"


def plan_inspection(product_id: int, *, kind: InspectionKind, agencies: Sequence[str], day: date, by: str) -> str:
    """Answers the inspection's number. Raises NotAnnounced: what is planned here, everybody reads."""
    if kind is InspectionKind.UNANNOUNCED:
        raise NotAnnounced()
    number = next_number(Inspection)
    body = {"inspection": number, "kind": kind.value, "agencies": _team(agencies)}
    enter(product_id, "inspection.planned", body, day=day, by=by)
    return number


def record_inspection(
    product_id: int,
    *,
    kind: InspectionKind,
    agencies: Sequence[str],
    day: date,
    outcome: str,
    by: str,
    findings: Texts | None = None,
    faults: Sequence[Fault] = (),
    planned: str = "",
) -> str:
    """Of a `planned` one, or of one that nobody announced; each fault opens a nonconformity. Answers its number."""
    if outcome == "nonconforming" and not faults:
        raise FaultsMissing()
    if outcome == "conforming" and faults:
        raise FaultsTooMany()
    number = planned or next_number(Inspection)
    body: dict[str, Any] = {"inspection": number, "kind": kind.value, "agencies": _team(agencies), "outcome": outcome}
    body |= {"findings": dict(findings)} if findings else {}
    opened = zip(next_numbers(Nonconformity, len(faults)), faults, strict=True)
    deeds = [_fault_found(product_id, own, fault, day, number) for own, fault in opened]
    enter_all([Deed(product_id, "inspection.recorded", body, day), *deeds], by=by)
    return number


def open_nonconformity(product_id: int, fault: Fault, *, day: date, by: str, source: str = "") -> str:
    """`source` is the inspection or sample that found it. Answers its number."""
    number = next_number(Nonconformity)
    enter_all([_fault_found(product_id, number, fault, day, source)], by=by)
    return number


def close_nonconformity(product_id: int, number: str, *, day: date, remedy: Texts, by: str) -> None:
    """`remedy`: what was done about it. Raises Unknown or AlreadyDone."""
    body = {"nonconformity": number, "remedy": dict(remedy)}
    enter(product_id, "nonconformity.closed", body, day=day, by=by)


def take_sample(
    product_id: int, *, point: SamplePoint, taken_by: str, day: date, by: str, lot: str = "", seal_no: str = ""
) -> str:
    """Answers the sample's number."""
    number = next_number(Sample)
    body = {"sample": number, "lot": lot, "point": point.value, "taken_by": taken_by, "seal_no": seal_no}
    enter(product_id, "sample.taken", body, day=day, by=by)
    return number


def record_result(product_id: int, *, by: str, approved_by: str, **result: Any) -> None:
    """What the laboratory found; `result` as `resulting` takes it."""
    enter_all([resulting(product_id, **result)], by=by, approved_by=approved_by)


def resulting(
    product_id: int,
    *,
    sample: str,
    laboratory: str,
    verdict: str,
    day: date,
    accreditation_no: str = "",
    results: Sequence[Mapping[str, str]] = (),
) -> Deed:
    """`results`: analyte, value, unit and limit as text. `verdict`: pass or fail."""
    body: dict[str, Any] = {
        "sample": sample,
        "laboratory": laboratory,
        "accreditation_no": accreditation_no,
        "verdict": verdict,
    }
    body |= {"results": [dict(one) for one in results]}
    return Deed(product_id, "sample.result", body, day)


def file_appeal(product_id: int, *, certificate_no: str, against: str, grounds: Texts, day: date, by: str) -> str:
    """`against` is the decision's number. Raises NothingToAppeal or AppealWaits. Answers the appeal's number."""
    number = next_number(Appeal)
    body = {"appeal": number, "certificate_no": certificate_no, "against": against, "grounds": dict(grounds)}
    enter(product_id, "appeal.filed", body, day=day, by=by)
    return number


def decide_appeal(product_id: int, *, by: str, approved_by: str, **judgement: Any) -> None:
    """`judgement` as `judging` takes it."""
    enter_all([judging(product_id, **judgement)], by=by, approved_by=approved_by)


def judging(
    product_id: int, *, appeal: str, outcome: str, reason: Texts, decision: Mapping[str, str], day: date
) -> Deed:
    """Only "overturned" changes anything: what was decided no longer counts from `day` on."""
    body = {"appeal": appeal, "outcome": outcome, "reason": dict(reason), "decision": dict(decision)}
    return Deed(product_id, "appeal.decided", body, day)


def open_recall(product_id: int, *, by: str, approved_by: str, **recall: Any) -> str:
    """`recall` as `recalling` takes it. Answers its number."""
    deed = recalling(product_id, **recall)
    enter_all([deed], by=by, approved_by=approved_by)
    return str(deed.body["recall"])


def recalling(product_id: int, *, decision: Mapping[str, str], reason: Texts, day: date, lot: str = "") -> Deed:
    """Of one lot, or of the whole product where `lot` is empty: then it leaves the shelf as well."""
    body = {"recall": next_number(Recall), "lot": lot, "decision": dict(decision), "reason": dict(reason)}
    return Deed(product_id, "recall.opened", body, day)


def close_recall(product_id: int, *, by: str, approved_by: str, **end: Any) -> None:
    """`end` as `ending` takes it."""
    enter_all([ending(product_id, **end)], by=by, approved_by=approved_by)


def ending(product_id: int, *, recall: str, decision: Mapping[str, str], reason: Texts, day: date) -> Deed:
    body = {"recall": recall, "decision": dict(decision), "reason": dict(reason)}
    return Deed(product_id, "recall.closed", body, day)


def answer_complaint(product_id: int, number: str, *, answer: Texts, day: date, by: str) -> None:
    """Raises Unknown or AlreadyDone."""
    enter(product_id, "complaint.answered", {"complaint": number, "answer": dict(answer)}, day=day, by=by)


def record_assessment(
    product_id: int,
    *,
    scheme: str,
    level: str,
    scores: Mapping[str, int],
    day: date,
    by: str,
    stars: int | None = None,
    reason: str = "",
) -> str:
    """A council's scores in hundredths of a point; `stars` it proposed, or None. Answers the assessment's number."""
    number = next_number(Assessment)
    told = {part: points(score) for part, score in scores.items()}
    body: dict[str, Any] = {"assessment": number, "scheme": scheme, "level": level, "scores": told, "reason": reason}
    body |= {"stars": stars} if stars else {}
    enter(product_id, "assessment.recorded", body, day=day, by=by)
    return number


def _team(agencies: Sequence[str]) -> list[str]:
    team = [agency for agency in agencies if agency]
    if not team:
        raise NobodyInspects()
    return team


def _fault_found(product_id: int, number: str, fault: Fault, day: date, source: str) -> Deed:
    if fault.due < day:
        raise DueTooEarly()
    words = {"severity": fault.severity.value, "words": dict(fault.words), "due": fault.due.isoformat()}
    return Deed(product_id, "nonconformity.opened", {"nonconformity": number, "source": source, **words}, day)
