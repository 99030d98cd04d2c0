"""The sheets of what two people decide beside certificates: results, appeals, recalls."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from shop.core.refusal import N_
from shop.provenance import overseeing
from shop.provenance.entering import Deed
from shop.provenance.recognising import decision_of
from shop.web.office.cases import Case
from shop.web.office.certificate_sheets import RulingForm
from shop.web.office.fields import OfficeForm, choice, day_field, line, texts
from shop.web.office.sheets import Sheet, shelf

ANALYTES = (1, 2, 3, 4)


class ResultForm(OfficeForm):
    laboratory = line(_l("Laboratory"), 120)
    accreditation_no = line(_l("Accreditation number"), 60, optional=True)
    day = day_field(_l("Day of the report"))
    verdict = choice(_l("Verdict"), overseeing.VERDICTS, empty=_l("Please choose …"))
    for _row in ANALYTES:
        locals()[f"analyte_{_row}"] = line(_l("What was measured"), 80, optional=True)
        locals()[f"value_{_row}"] = line(_l("Value"), 40, optional=True)
        locals()[f"unit_{_row}"] = line(_l("Unit"), 20, optional=True)
        locals()[f"limit_{_row}"] = line(_l("Limit"), 40, optional=True)

    def validate(self, *args: Any, **given: Any) -> bool:
        fine = super().validate(*args, **given)
        if not self.verdict.data:
            self.verdict.errors = [*self.verdict.errors, _l("Please choose whether it passed.")]
        return fine and bool(self.verdict.data)

    @property
    def measured(self) -> list[dict[str, str]]:
        names = ("analyte", "value", "unit", "limit")
        rows = [{name: self[f"{name}_{row}"].data or "" for name in names} for row in ANALYTES]
        return [row for row in rows if row["analyte"]]


class JudgementForm(RulingForm):
    outcome = RadioField(
        _l("What becomes of the decision"),
        choices=[(value, _l(words)) for value, words in overseeing.APPEALS.items()],
        validators=[InputRequired(_l("Please choose one."))],
    )


class RecallForm(RulingForm):
    lot = line(_l("Lot"), 20, optional=True)


def result(case: Case, form: ResultForm) -> Deed:
    return overseeing.resulting(
        case.product.id,
        sample=case.of,
        laboratory=form.laboratory.data,
        accreditation_no=form.accreditation_no.data or "",
        verdict=form.verdict.data,
        day=form.day.data,
        results=form.measured,
    )


def judgement(case: Case, form: JudgementForm) -> Deed:
    return overseeing.judging(case.product.id, appeal=case.of, outcome=form.outcome.data, **_ruling(case, form))


def recall(case: Case, form: RecallForm) -> Deed:
    return overseeing.recalling(case.product.id, lot=form.lot.data or "", **_ruling(case, form))


def end_of_recall(case: Case, form: RulingForm) -> Deed:
    return overseeing.ending(case.product.id, recall=case.of, **_ruling(case, form))


def _ruling(case: Case, form: RulingForm) -> dict[str, Any]:
    decision = decision_of(case.authority(), form.decision_no.data, form.decision_date.data)
    return {"decision": decision, "reason": texts(form, "reason"), "day": form.day.data}


OVERSIGHT_SHEETS = shelf(
    Sheet(
        "result",
        N_("Record a laboratory result"),
        N_("As the laboratory's report has it: a second person compares it with the paper."),
        ResultForm,
        "samples",
        draft=result,
    ),
    Sheet(
        "judgement",
        N_("Decide an appeal"),
        N_("An appeal changes nothing until it is decided. What is overturned stays readable."),
        JudgementForm,
        "appeals",
        draft=judgement,
    ),
    Sheet(
        "recall",
        N_("Recall a lot or the product"),
        N_("Without a lot the whole product is recalled: it loses its stars and leaves the shelf."),
        RecallForm,
        draft=recall,
    ),
    Sheet(
        "end-of-recall",
        N_("End a recall"),
        N_("From its day on what was recalled may be sold again."),
        RulingForm,
        "recalls",
        draft=end_of_recall,
    ),
)
