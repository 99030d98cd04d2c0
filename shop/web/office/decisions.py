"""From form to preview to proposal: nothing is entered before a second person approves it."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.core.db import transaction
from shop.core.refusal import Refusal
from shop.provenance import proposing, rules
from shop.provenance.entering import Deed
from shop.provenance.ocop_verify.canonical import canonical
from shop.web import visitor
from shop.web.access import for_office
from shop.web.office import bp, saying
from shop.web.office.cases import Case, open_case
from shop.web.office.certificate_sheets import CERTIFICATE_SHEETS
from shop.web.office.effects import effects_of
from shop.web.office.fields import OfficeForm
from shop.web.office.oversight_sheets import OVERSIGHT_SHEETS
from shop.web.office.sheets import Sheet

SHEETS = {**CERTIFICATE_SHEETS, **OVERSIGHT_SHEETS}


@bp.route("/products/<slug>/decisions/<name>", methods=["GET", "POST"])
@for_office
def decision(slug: str, name: str) -> Response | tuple[str, int]:
    sheet = SHEETS.get(name) or abort(404)
    case = open_case(slug, of=request.args.get("of", ""), kept=sheet.kept)
    form = filled(sheet, case)
    step = request.form.get("step", "preview")
    if step != "form" and form.accepted():
        try:
            return _propose(case, sheet, form) if step == "proposal" else _preview(case, sheet, form)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("office/decision.html", case=case, sheet=sheet, form=form), form.status


def filled(sheet: Sheet, case: Case) -> OfficeForm:
    """The sheet's form as sent, or as it first stands."""
    form = sheet.form.sent(data=sheet.form.defaults(case))
    assert isinstance(form, OfficeForm)
    form.prepare(case)
    return form


def entry_bytes(deed: Deed, by: str) -> str:
    """The entry as its bytes will be (JCS); number, time and signature are added when it is entered."""
    document = {
        "v": 1,
        "type": deed.kind,
        "subject": f"urn:ocop:product:P{deed.product_id}",
        "effective_at": deed.day.isoformat(),
        "by": by,
        "body": dict(deed.body),
    }
    return canonical(document).decode()


def _preview(case: Case, sheet: Sheet, form: OfficeForm) -> tuple[str, int]:
    deed = _draft(case, sheet, form)
    rules.check(case.dossier, deed.kind, deed.body, deed.day)
    return render_template(
        "office/preview.html",
        case=case,
        sheet=sheet,
        form=form,
        deed=deed,
        lines=saying.lines(deed.body, case.names),
        effects=effects_of([deed]),
        entry_bytes=entry_bytes(deed, visitor.actor()),
    ), 200


def _propose(case: Case, sheet: Sheet, form: OfficeForm) -> Response:
    with transaction():
        deed = _draft(case, sheet, form)
        facts = {"product": case.product.slug, "of": case.of}
        made = proposing.propose(deed.kind, [deed], by=visitor.actor(), facts=facts)
    return redirect(url_for("office.proposal", number=made.id, proposed="yes"), 303)


def _draft(case: Case, sheet: Sheet, form: OfficeForm) -> Deed:
    assert sheet.draft is not None
    return sheet.draft(case, form)
