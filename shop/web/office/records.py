"""What somebody saw, received or planned: entered at once, by one person."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.core.db import db, transaction
from shop.core.refusal import Refusal
from shop.provenance.log.models import Event, PrivateValue
from shop.web import visitor
from shop.web.access import for_office
from shop.web.office import bp
from shop.web.office.cases import Case, open_case
from shop.web.office.decisions import filled
from shop.web.office.lot_sheets import LOT_SHEETS
from shop.web.office.record_sheets import RECORD_SHEETS

SHEETS = {**RECORD_SHEETS, **LOT_SHEETS}


@bp.route("/products/<slug>/records/<name>", methods=["GET", "POST"])
@for_office
def record(slug: str, name: str) -> Response | tuple[str, int]:
    sheet = SHEETS.get(name) or abort(404)
    case = open_case(slug, of=request.args.get("of", ""), kept=sheet.kept)
    form = filled(sheet, case)
    if form.accepted() and sheet.enter:
        try:
            with transaction():
                number = sheet.enter(case, form, visitor.actor())
            return redirect(url_for("office.dossier", slug=slug, entered=number), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    told = private_words(case) if name == "answer" else {}
    return render_template("office/record.html", case=case, sheet=sheet, form=form, told=told), form.status


def private_words(case: Case) -> dict[str, str]:
    """What the buyer wrote: the log only commits to it, and it may have been erased since."""
    found = (
        select(PrivateValue.name, PrivateValue.value)
        .join(Event, Event.index == PrivateValue.event_index)
        .where(Event.id == case.thing.event, PrivateValue.value.is_not(None))
        .order_by(PrivateValue.id)
    )
    return {row.name: str(row.value) for row in db.session.execute(found)}
