"""A batch of labels: how it stands, its sheets, and the two deeds that change it."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import Optional

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.refusal import Refusal
from shop.provenance.lots import labelling, stories
from shop.provenance.lots.models import Label, LabelBatch, Lot
from shop.web import visitor
from shop.web.access import for_office
from shop.web.forms import ShopForm
from shop.web.office import bp
from shop.web.office.fields import line
from shop.web.office.lot_sheets import DIGITS


class ActivationForm(ShopForm):
    """Only a button; what speaks against it is written above."""


class VoidForm(ShopForm):
    reason = line(_l("Why they count no more"), 300)


class SheetForm(ShopForm):
    """Which labels, counted from 1 in the order of their serials; without numbers all of them."""

    first = IntegerField(_l("From label"), validators=[Optional()], render_kw=DIGITS)
    last = IntegerField(_l("to label"), validators=[Optional()], render_kw=DIGITS)


@bp.route("/batches/<number>", methods=["GET", "POST"])
@for_office
def batch(number: str) -> Response | tuple[str, int]:
    held = open_batch(number)
    is_voiding = request.form.get("deed") != "activate"
    form: Any = (VoidForm if is_voiding else ActivationForm).sent()
    if form.accepted():
        try:
            with transaction():
                if is_voiding:
                    labelling.void(held, by=visitor.actor(), reason=form.reason.data)
                else:
                    labelling.activate(held, by=visitor.actor())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("office.batch", number=number), 303)
    held = open_batch(number)
    return page(held, voiding=form) if is_voiding else page(held, form)


def page(
    held: LabelBatch, form: ShopForm | None = None, *, voiding: ShopForm | None = None, sheets: ShopForm | None = None
) -> tuple[str, int]:
    """The batch's page; at most one of its forms was just sent."""
    sent = form or voiding or sheets or ActivationForm()
    labels = select(
        func.sum(Label.scans).label("scans"),
        func.count(Label.pin_hmac).label("pins"),
        func.count(Label.opened_at).label("opened"),
    ).where(Label.batch_id == held.id)
    shown = render_template(
        "office/batch.html",
        batch=held,
        labels=db.session.execute(labels).one(),
        verdict=stories.of_batch(held),
        is_recalled=labelling.is_recalled(held.product_id, held.lot_number, clock.today()),
        form=sent,
        voiding=voiding or VoidForm(),
        sheets=sheets or SheetForm(),
    )
    return shown, sent.status


def open_batch(number: str) -> LabelBatch:
    """With its lot, product and producer; answers 404 for a number nobody gave."""
    product = joinedload(LabelBatch.lot).joinedload(Lot.product)
    found = db.session.scalar(
        select(LabelBatch)
        .where(LabelBatch.number == number)
        .options(product.joinedload(Product.producer))
        .execution_options(populate_existing=True)
    )
    return found or abort(404)
