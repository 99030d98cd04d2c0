"""A decision's list of products comes in from a file: shown line by line first, then proposed as a whole.

Between the two pages the list travels through the page, signed: nothing is kept of a file nobody proposed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import case, select
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Optional

from shop.core.db import db, transaction
from shop.core.refusal import Refusal
from shop.provenance.importing import example, previewing, tables
from shop.provenance.importing.headings import HEADINGS
from shop.provenance.importing.previewing import Heading, LineState, Preview
from shop.provenance.importing.tables import Line, Table
from shop.provenance.models import Authority, CriteriaSet, Level
from shop.web import visitor
from shop.web.access import for_office
from shop.web.forms import ShopForm
from shop.web.office import bp
from shop.web.office.fields import day_field, line

MOST_SENT = 16 * 1024 * 1024  # above it the server hangs up; from 2 MB on a sentence says why the file is not read
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLES = {"csv": (example.as_csv, "text/csv; charset=utf-8"), "xlsx": (example.as_xlsx, XLSX)}
OPTIONAL = ("ordinal", "slug", "address", "total", "potential", "right", "right_number", "capacity")


class ImportForm(ShopForm):
    number = line(_l("Number of the decision"), 60)
    day = day_field(_l("Date of the decision"))
    authority = SelectField(_l("Authority"))
    criteria = SelectField(_l("Criteria set"))
    numbered = BooleanField(_l("Number certificates by decision and line where the list has no numbers"))
    file = StringField(_l("The list as CSV or XLSX"), validators=[Optional()])


@bp.route("/imports", methods=["GET", "POST"])
@for_office
def imports() -> Response | tuple[str, int]:
    _allow_files()
    form = _form()
    if form.accepted():
        try:
            name, table = _sent_list()
            return _page(_judged(table, form), name, table, form)
        except Refusal as refusal:
            form.refuse(refusal)
    return _form_page(form)


@bp.post("/imports/proposal")
@for_office
def import_proposal() -> Response | tuple[str, int]:
    """The list as it was shown, judged again: what changed meanwhile is shown instead of proposed."""
    _allow_files()
    name, table, form = _unsealed(request.form.get("list", ""))
    try:
        made = _judged(table, form)
    except Refusal as refusal:
        form.refuse(refusal)
        return _form_page(form)
    try:
        with transaction():
            proposal = previewing.propose(made, by=visitor.actor(), file=name)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(_judged(table, form), name, table, form)
    return redirect(url_for("office.proposal", number=proposal.id), 303)


@bp.get("/imports/example.<kind>")
@for_office
def import_example(kind: str) -> Response:
    if kind not in EXAMPLES:
        abort(404)
    made, content_type = EXAMPLES[kind]
    response = Response(made(), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="danh-sach-ocop.{kind}"'
    return response


def _allow_files() -> None:
    request.max_content_length = request.max_form_memory_size = MOST_SENT


def _form_page(form: Any) -> tuple[str, int]:
    return render_template("office/import.html", form=form, headings=HEADINGS, optional=OPTIONAL), form.status


def _judged(table: Table, form: Any) -> Preview:
    return previewing.preview(table, _heading(form.data), numbered=form.numbered.data)


def _form(sent: dict[str, Any] | None = None) -> Any:
    """The form as sent, or as it was when the list was read."""
    form: Any = ImportForm(data=sent) if sent else ImportForm.sent()
    nearest = case({Level.PROVINCE: 0, Level.CENTRE: 1}, value=Authority.level, else_=2)
    authorities = db.session.scalars(select(Authority).order_by(nearest, Authority.competent_from.desc(), Authority.id))
    form.authority.choices = [(one.code, one.name) for one in authorities]
    sets = db.session.scalars(select(CriteriaSet).order_by(CriteriaSet.in_force_from.desc()))
    form.criteria.choices = [(one.code, one.name) for one in sets]
    return form


def _heading(data: dict[str, Any]) -> Heading:
    authority = db.session.scalars(select(Authority).where(Authority.code == data["authority"])).one()
    criteria = db.session.scalars(select(CriteriaSet).where(CriteriaSet.code == data["criteria"])).one()
    return Heading(data["number"], data["day"], authority, criteria)


def _sent_list() -> tuple[str, Table]:
    """Raises what is wrong with the file."""
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise tables.NoFile()
    return sent.filename[-120:], tables.read(sent.stream.read(tables.MOST_BYTES + 1))


def _page(made: Preview, name: str, table: Table, form: Any) -> tuple[str, int]:
    of_state = {state: [one for one in made.lines if one.state is state] for state in LineState}
    page = render_template(
        "office/import_preview.html",
        made=made,
        lines={state.value: found for state, found in of_state.items()},
        file=name,
        form=form,
        sealed=_sealed(name, table, form),
    )
    return page, 422 if of_state[LineState.WRONG] or form.problems else 200


def _sealed(name: str, table: Table, form: Any) -> str:
    told = {field: form[field].data for field in ("number", "authority", "criteria", "numbered")}
    readings = [[(one.number, one.cells) for one in reading] for reading in table.readings]
    return str(_seal().dumps([name, {**told, "day": form.day.data.isoformat()}, readings, table.guessed]))


def _unsealed(sealed: str) -> tuple[str, Table, Any]:
    try:
        name, told, kept, guessed = _seal().loads(sealed)
    except BadData:
        abort(400)
    readings = tuple(tuple(Line(number, tuple(cells)) for number, cells in reading) for reading in kept)
    form = _form({**told, "day": date.fromisoformat(told["day"])})
    return name, Table(readings, guessed), form


def _seal() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="a list to be proposed")
