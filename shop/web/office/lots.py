"""The lots of a product, and one lot with its labels: where labels are issued."""

from __future__ import annotations

from typing import Any, NamedTuple

from flask import abort, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from werkzeug.wrappers import Response
from wtforms import BooleanField, IntegerField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from shop.catalogue import changes
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.refusal import N_, Refusal
from shop.provenance.lots import labelling, releasing
from shop.provenance.lots import models as rows
from shop.provenance.lots.labelling import Issued, Overflow
from shop.provenance.ocop_verify.dossier import Dossier, LabelBatch, Lot
from shop.provenance.ocop_verify.judging import is_recalled_on
from shop.web import visitor
from shop.web.access import for_office
from shop.web.forms import ShopForm
from shop.web.office import bp
from shop.web.office.cases import Case, open_case
from shop.web.office.lot_sheets import DIGITS
from shop.web.office.pins import seal
from shop.web.office.printing import parts


class LotCard(NamedTuple):
    """A lot as the log tells it, and its labels that are not void."""

    held: Lot
    labelled: int
    is_recalled: bool
    batches: list[LabelBatch]

    @property
    def left(self) -> int:
        return self.held.quantity - self.labelled


class IssuedMeanwhile(Refusal):
    """Also what a page sent twice comes to."""

    sentence = N_("Labels of this lot were issued since you opened this page: please look below before issuing more.")
    field = "count"


class LabelsForm(ShopForm):
    count = IntegerField(
        _l("How many labels"), validators=[InputRequired(_l("How many labels shall be issued?"))], render_kw=DIGITS
    )
    seen = IntegerField(validators=[Optional()], widget=HiddenInput())  # batches the page showed
    with_pins = BooleanField(_l("With a hidden PIN on each label"))


def lot_card(dossier: Dossier, number: str) -> LotCard:
    today = clock.today()
    batches = [one for one in dossier.batches.values() if one.lot == number]
    return LotCard(
        held=dossier.lots[number],
        labelled=sum(one.count for one in batches if one.state != rows.BatchState.VOIDED),
        is_recalled=any(one.lot in ("", number) and is_recalled_on(one, today) for one in dossier.recalls.values()),
        batches=batches[::-1],
    )


def lot_cards(dossier: Dossier) -> list[LotCard]:
    """The newest lot first; no query."""
    return [lot_card(dossier, number) for number in reversed(dossier.lots)]


@bp.route("/products/<slug>/lots/<lot>", methods=["GET", "POST"])
@for_office
def lot(slug: str, lot: str) -> Response | tuple[str, int]:
    case = open_case(slug, of=lot, kept="lots")
    card = lot_card(case.dossier, lot)
    form: Any = LabelsForm.sent()
    if form.accepted():
        try:
            with transaction():
                answer = _issue(case, form)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            if isinstance(answer, Issued):
                return _issued(case, answer)
            form.refuse(answer)
    page = render_template("office/lot.html", case=case, card=card, form=form, states=rows.BATCH_LABELS)
    return page, form.status


def _issue(case: Case, form: Any) -> Issued | Overflow:
    """An Overflow is an answer: what it put on record is kept. Raises IssuedMeanwhile or CountCannotBe."""
    changes.take_turn()
    batch = rows.LabelBatch
    issued = select(func.count()).where(batch.product_id == case.product.id, batch.lot_number == case.of)
    if form.seen.data not in (None, db.session.scalar(issued)):
        raise IssuedMeanwhile()
    held = releasing.lot_of(case.product.id, case.of) or abort(404)
    return labelling.issue(held, form.count.data, by=visitor.actor(), with_pins=form.with_pins.data)


def _issued(case: Case, issued: Issued) -> Response | tuple[str, int]:
    """PINs are kept nowhere: they must be told in this very answer."""
    if not issued.pins:
        return redirect(url_for("office.batch", number=issued.batch.number, issued="yes"), 303)
    batch = issued.batch
    told = {"pins": issued.pins, "sealed": seal(batch.number, issued.pins), "parts": parts(batch.count)}
    return render_template("office/pins.html", case=case, batch=batch, **told), 200
