"""The sheets of what is entered at once: what somebody saw, received or planned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from shop.core import clock
from shop.core.languages import Texts
from shop.core.refusal import N_, Refusal
from shop.provenance import overseeing
from shop.provenance.models import Level
from shop.provenance.overseeing import Fault
from shop.provenance.oversight import (
    INSPECTION_LABELS,
    SAMPLE_POINT_LABELS,
    SEVERITY_LABELS,
    InspectionKind,
    SamplePoint,
    Severity,
)
from shop.web.office.cases import Case
from shop.web.office.certificate_sheets import STARS
from shop.web.office.fields import OfficeForm, choice, day_field, line, points_field, points_of, texts, words_field
from shop.web.office.sheets import Sheet, shelf

TEAM = (1, 2, 3, 4)
FAULTS = (1, 2, 3)
MONTH = timedelta(days=30)
LEVELS = {
    Level.PROVINCE: N_("City council"),
    Level.CENTRE: N_("Central council"),
    Level.DISTRICT: N_("District council"),
}


class FaultHalf(Refusal):
    sentence = N_("A fault needs its words and the day until which it is mended.")
    field = "fault_1"


class PlanForm(OfficeForm):
    kind = choice(_l("Kind of inspection"), INSPECTION_LABELS)
    day = day_field(_l("Planned for"))
    for _one in TEAM:
        locals()[f"agency_{_one}"] = line(_l("Agency"), 120, optional=_one > 1)

    @property
    def team(self) -> list[str]:
        return [self[f"agency_{one}"].data for one in TEAM if self[f"agency_{one}"].data]

    @classmethod
    def defaults(cls, case: Case) -> dict[str, Any]:
        if not case.thing:
            return super().defaults(case)
        team = {f"agency_{one}": agency for one, agency in zip(TEAM, case.thing.agencies, strict=False)}
        return super().defaults(case) | team | {"kind": case.thing.kind}


class InspectionForm(PlanForm):
    day = day_field(_l("Inspected on"))
    outcome = RadioField(
        _l("Outcome"),
        choices=[(value, _l(words)) for value, words in overseeing.OUTCOMES.items()],
        validators=[InputRequired(_l("Please choose one."))],
    )
    findings_vi = words_field(_l("Findings, in Vietnamese"), optional=True)
    findings_en = words_field(_l("Findings, in English"), optional=True)
    for _one in FAULTS:
        locals()[f"fault_{_one}"] = line(_l("Fault"), 300, optional=True)
        locals()[f"severity_{_one}"] = choice(_l("How grave"), SEVERITY_LABELS)
        locals()[f"due_{_one}"] = day_field(_l("To be mended until"), optional=True)

    @property
    def faults(self) -> list[Fault]:
        return [self._fault(one) for one in FAULTS if self[f"fault_{one}"].data or self[f"due_{one}"].data]

    def _fault(self, one: int) -> Fault:
        words, due = self[f"fault_{one}"].data, self[f"due_{one}"].data
        if not (words and due):
            raise FaultHalf()
        return Fault(Texts(vi=words), Severity(self[f"severity_{one}"].data), due)


class SampleForm(OfficeForm):
    point = choice(_l("Where it was taken"), SAMPLE_POINT_LABELS)
    taken_by = line(_l("Taken by"), 120)
    day = day_field(_l("Taken on"))
    lot = line(_l("Lot"), 20, optional=True)
    seal_no = line(_l("Seal number"), 40, optional=True)


class FaultForm(OfficeForm):
    words_vi = words_field(_l("What is wrong, in Vietnamese"))
    words_en = words_field(_l("What is wrong, in English"), optional=True)
    severity = choice(_l("How grave"), SEVERITY_LABELS)
    day = day_field(_l("Found on"))
    due = day_field(_l("To be mended until"))
    source = line(_l("Found by inspection or sample number"), 60, optional=True)

    @classmethod
    def defaults(cls, case: Case) -> dict[str, Any]:
        return super().defaults(case) | {"due": clock.today() + MONTH}


class RemedyForm(OfficeForm):
    remedy_vi = words_field(_l("What was done about it, in Vietnamese"))
    remedy_en = words_field(_l("What was done about it, in English"), optional=True)
    day = day_field(_l("Mended on"))


class AppealForm(OfficeForm):
    against = choice(_l("Against decision"))
    grounds_vi = words_field(_l("What the producer says, in Vietnamese"))
    grounds_en = words_field(_l("What the producer says, in English"), optional=True)
    day = day_field(_l("Received on"))

    def prepare(self, case: Case) -> None:
        held = case.thing
        decisions = [one.decision["no"] for one in (*held.suspensions, *([held.revocation] if held.revocation else []))]
        self.against.choices = [(number, number) for number in decisions]


class AnswerForm(OfficeForm):
    answer_vi = words_field(_l("Answer, in Vietnamese"))
    answer_en = words_field(_l("Answer, in English"), optional=True)
    day = day_field(_l("Answered on"))


class AssessmentForm(OfficeForm):
    level = choice(_l("Council"), LEVELS)
    scheme = choice(_l("Criteria set"))
    day = day_field(_l("Assessed on"))
    a = points_field(_l("Part A: product and community strength"))
    b = points_field(_l("Part B: marketing and story"))
    c = points_field(_l("Part C: quality"))
    stars = choice(_l("Star rank proposed"), STARS, empty=_l("No star rank"))
    reason = line(_l("Remarks"), 300, optional=True)

    def prepare(self, case: Case) -> None:
        self.scheme.choices = [(code, one.name) for code, one in case.names.schemes.items()]


def plan(case: Case, form: PlanForm, by: str) -> str:
    kind = InspectionKind(form.kind.data)
    return overseeing.plan_inspection(case.product.id, kind=kind, agencies=form.team, day=form.day.data, by=by)


def inspection(case: Case, form: InspectionForm, by: str) -> str:
    return overseeing.record_inspection(
        case.product.id,
        kind=InspectionKind(form.kind.data),
        agencies=form.team,
        day=form.day.data,
        outcome=form.outcome.data,
        findings=texts(form, "findings"),
        faults=form.faults,
        planned=case.of,
        by=by,
    )


def sample(case: Case, form: SampleForm, by: str) -> str:
    return overseeing.take_sample(
        case.product.id,
        point=SamplePoint(form.point.data),
        taken_by=form.taken_by.data,
        day=form.day.data,
        lot=form.lot.data or "",
        seal_no=form.seal_no.data or "",
        by=by,
    )


def fault(case: Case, form: FaultForm, by: str) -> str:
    found = Fault(texts(form, "words"), Severity(form.severity.data), form.due.data)
    return overseeing.open_nonconformity(
        case.product.id, found, day=form.day.data, source=form.source.data or "", by=by
    )


def remedy(case: Case, form: RemedyForm, by: str) -> str:
    done = texts(form, "remedy")
    overseeing.close_nonconformity(case.product.id, case.of, day=form.day.data, remedy=done, by=by)
    return case.of


def appeal(case: Case, form: AppealForm, by: str) -> str:
    return overseeing.file_appeal(
        case.product.id,
        certificate_no=case.of,
        against=form.against.data,
        grounds=texts(form, "grounds"),
        day=form.day.data,
        by=by,
    )


def answer(case: Case, form: AnswerForm, by: str) -> str:
    said = texts(form, "answer")
    overseeing.answer_complaint(case.product.id, case.of, answer=said, day=form.day.data, by=by)
    return case.of


def assessment(case: Case, form: AssessmentForm, by: str) -> str:
    return overseeing.record_assessment(
        case.product.id,
        scheme=form.scheme.data,
        level=form.level.data,
        scores={part: points_of(form[part].data) for part in "abc"},
        stars=int(form.stars.data) if form.stars.data else None,
        reason=form.reason.data or "",
        day=form.day.data,
        by=by,
    )


RECORD_SHEETS = shelf(
    Sheet(
        "planned-inspection",
        N_("Plan an inspection"),
        N_("It stands on the worklist in its week."),
        PlanForm,
        enter=plan,
    ),
    Sheet(
        "inspection",
        N_("Record an inspection"),
        N_("What the team found. Each fault gets a number and a day until which it is mended."),
        InspectionForm,
        "inspections",
        enter=inspection,
    ),
    Sheet("sample", N_("Take a sample"), N_("It waits on the worklist for its result."), SampleForm, enter=sample),
    Sheet(
        "fault",
        N_("Record a fault"),
        N_("It stands on the worklist once its day has passed."),
        FaultForm,
        enter=fault,
    ),
    Sheet(
        "remedy",
        N_("A fault is mended"),
        N_("Say what was done, so that everybody can read it."),
        RemedyForm,
        "nonconformities",
        enter=remedy,
    ),
    Sheet(
        "appeal",
        N_("Record an appeal"),
        N_("It changes nothing by itself, but is shown at once and waits for its decision."),
        AppealForm,
        "certificates",
        enter=appeal,
    ),
    Sheet(
        "answer",
        N_("Answer a complaint"),
        N_("The answer is public; what the buyer wrote is not."),
        AnswerForm,
        "complaints",
        enter=answer,
    ),
    Sheet(
        "assessment",
        N_("Record an assessment"),
        N_("A council's points, whether or not a certificate follows."),
        AssessmentForm,
        enter=assessment,
    ),
)
