"""The sheets of certificates: issue, suspend, reinstate, revoke, correct. Two people decide each."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from shop.core import clock
from shop.core.languages import Texts
from shop.core.refusal import N_
from shop.provenance import recognising
from shop.provenance.entering import Deed
from shop.provenance.models import RIGHT_LABELS, Certificate, RightKind
from shop.provenance.ocop_verify.folding import points
from shop.provenance.rules import VALID_MONTHS, as_issued, months_after
from shop.web.office.cases import Case
from shop.web.office.fields import (
    InOurTime,
    OfficeForm,
    choice,
    day_field,
    line,
    points_field,
    points_of,
    texts,
    words_field,
)
from shop.web.office.sheets import Sheet, shelf

STARS = {5: N_("5 stars"), 4: N_("4 stars"), 3: N_("3 stars")}


class RulingForm(OfficeForm):
    decision_no = line(_l("Decision number"), 60)
    decision_date = day_field(_l("Signed on"))
    day = day_field(_l("In effect from"))
    reason_vi = words_field(_l("Reason, in Vietnamese"))
    reason_en = words_field(_l("Reason, in English"), optional=True)


class SuspensionForm(RulingForm):
    grounds = choice(_l("Grounds"), recognising.GROUNDS, empty=_l("Please choose …"))
    stops_sale = BooleanField(_l("Also stop its sale"))

    def validate(self, *args: Any, **given: Any) -> bool:
        fine = super().validate(*args, **given)
        if not self.grounds.data:
            self.grounds.errors = [*self.grounds.errors, _l("Please choose one of the grounds.")]
        return fine and bool(self.grounds.data)


class ReinstatementForm(RulingForm):
    """The reason is told only where the decision gives one."""

    reason_vi = words_field(_l("Reason, in Vietnamese"), optional=True)


class Facts(OfficeForm):
    """What a certificate says, as the decision's paper has it."""

    decision_no = line(_l("Decision number"), 60)
    decision_date = day_field(_l("Signed on"))
    stars = choice(_l("Star rank"), STARS)
    potential_five = BooleanField(_l("Potential five-star"))
    a = points_field(_l("Part A: product and community strength"))
    b = points_field(_l("Part B: marketing and story"))
    c = points_field(_l("Part C: quality"))
    right_kind = choice(_l("Intellectual property"), RIGHT_LABELS, empty=_l("No right"))
    right_number = line(_l("Its number"), 60, optional=True)
    capacity = IntegerField(
        _l("Declared capacity in a year"),
        validators=[Optional(), NumberRange(1, 10**9, _l("Please write a whole number."))],
        render_kw={"inputmode": "numeric", "type": "text"},
    )

    @property
    def scores(self) -> dict[str, int]:
        return {part: points_of(self[part].data) for part in "abc"}

    @property
    def right(self) -> dict[str, str] | None:
        return {"kind": self.right_kind.data, "number": self.right_number.data or ""} if self.right_kind.data else None


class IssueForm(Facts):
    number = line(_l("Certificate number"), 60)
    authority = choice(_l("Recognised by"))
    scheme = choice(_l("Criteria set"))
    valid_until = day_field(_l("Valid until"), optional=True)
    prefilled = DateField(validators=[Optional()])

    def prepare(self, case: Case) -> None:
        self.authority.choices = [(code, one.name) for code, one in case.names.authorities.items()]
        self.scheme.choices = [(code, one.name) for code, one in case.names.schemes.items()]

    @classmethod
    def defaults(cls, case: Case) -> dict[str, Any]:
        until = months_after(clock.today(), VALID_MONTHS)
        own = {"stars": "4", "authority": "ha-noi", "valid_until": until, "prefilled": until}
        return super().defaults(case) | own

    def until(self) -> Any:
        """36 months from the signing, unless somebody chose another day than the one that stood there."""
        chosen = self.valid_until.data
        if chosen is None or chosen == self.prefilled.data:
            return months_after(self.decision_date.data, VALID_MONTHS)
        return chosen


class CorrectionForm(Facts):
    valid_from = day_field(_l("Valid from"))
    valid_until = DateField(_l("Valid until"), validators=[InputRequired(_l("Please choose a day.")), InOurTime()])
    reason_vi = words_field(_l("What was wrong, in Vietnamese"))
    reason_en = words_field(_l("What was wrong, in English"), optional=True)

    @classmethod
    def defaults(cls, case: Case) -> dict[str, Any]:
        held = case.thing
        right = held.right or {}
        return {
            "decision_no": held.decision["no"],
            "decision_date": date.fromisoformat(held.decision["date"]),
            "stars": str(held.stars),
            "potential_five": held.is_potential_five,
            **{part: points(score) for part, score in held.scores.items()},
            "right_kind": right.get("kind", ""),
            "right_number": right.get("number", ""),
            "capacity": held.capacity,
            "valid_from": held.valid_from,
            "valid_until": held.valid_until,
        }

    def read(self, held: Any) -> dict[str, Any]:
        """The certificate as this form tells it, in the words of its event."""
        return {
            "stars": int(self.stars.data),
            "potential_five": self.potential_five.data,
            "scores": {part: points(score) for part, score in self.scores.items()},
            "score": points(sum(self.scores.values())),
            "decision": held.decision | {"no": self.decision_no.data, "date": self.decision_date.data.isoformat()},
            "valid_from": self.valid_from.data.isoformat(),
            "valid_until": self.valid_until.data.isoformat(),
            "right": self.right,
            "capacity": self.capacity.data,
        }


def _ruling(form: RulingForm) -> dict[str, Any]:
    return {
        "decision_no": form.decision_no.data,
        "decided_on": form.decision_date.data,
        "reason": texts(form, "reason"),
    }


def suspension(case: Case, form: SuspensionForm) -> Deed:
    more = {"grounds": form.grounds.data, "stops_sale": form.stops_sale.data}
    return recognising.suspending(case.certificate(), from_day=form.day.data, **_ruling(form), **more)


def revocation(case: Case, form: SuspensionForm) -> Deed:
    more = {"grounds": form.grounds.data, "stops_sale": form.stops_sale.data}
    return recognising.revoking(case.certificate(), from_day=form.day.data, **_ruling(form), **more)


def reinstatement(case: Case, form: ReinstatementForm) -> Deed:
    return recognising.reinstating(case.certificate(), on_day=form.day.data, **_ruling(form))


def correction(case: Case, form: CorrectionForm) -> Deed:
    """Only what reads differently; the first entry stays as it was written."""
    stood = as_issued(case.thing)
    fields = {name: value for name, value in form.read(case.thing).items() if value != stood[name]}
    reason: Texts = texts(form, "reason")
    body = {"certificate_no": case.of, "corrects": [case.thing.event], "fields": fields, "reason": dict(reason)}
    return Deed(case.product.id, "certificate.corrected", body, clock.today())


def issue(case: Case, form: IssueForm) -> Deed:
    scores = {f"score_{part}": score for part, score in form.scores.items()}
    return recognising.issuing(
        Certificate(
            product_id=case.product.id,
            authority=case.names.authorities[form.authority.data],
            criteria_set=case.names.schemes[form.scheme.data],
            number=form.number.data,
            decision_no=form.decision_no.data,
            decision_date=form.decision_date.data,
            stars=int(form.stars.data),
            is_potential_five=form.potential_five.data,
            valid_from=form.decision_date.data,
            valid_until=form.until(),
            right_kind=RightKind(form.right_kind.data) if form.right_kind.data else None,
            right_number=form.right_number.data or "",
            capacity=form.capacity.data,
            **scores,
        )
    )


CERTIFICATE_SHEETS = shelf(
    Sheet(
        "certificate",
        N_("Issue a certificate"),
        N_("As the recognition decision has it. It holds 36 months from the signing."),
        IssueForm,
        draft=issue,
    ),
    Sheet(
        "suspension",
        N_("Suspend a certificate"),
        N_("From its day on the product shows no stars, until it is reinstated."),
        SuspensionForm,
        "certificates",
        draft=suspension,
    ),
    Sheet(
        "reinstatement",
        N_("Reinstate a certificate"),
        N_("The suspension ends: from its day on the stars count again."),
        ReinstatementForm,
        "certificates",
        draft=reinstatement,
    ),
    Sheet(
        "revocation",
        N_("Revoke a certificate"),
        N_("The certificate ends on its day. Only an appeal can bring it back."),
        SuspensionForm,
        "certificates",
        draft=revocation,
    ),
    Sheet(
        "correction",
        N_("Correct a certificate"),
        N_("For slips in what was entered. The first entry stays readable beside the correction."),
        CorrectionForm,
        "certificates",
        draft=correction,
    ),
)
