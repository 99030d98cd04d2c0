"""Reporting a problem: a form of four fields without signing in, and the receipt's own page."""

from __future__ import annotations

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from shop.catalogue.models import Product
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.people import signing_in
from shop.provenance import complaining
from shop.provenance.complaining import KIND_LABELS, Kind
from shop.provenance.log.reading import dossier_of
from shop.web.access import public
from shop.web.forms import ShopForm, at_most
from shop.web.proof import bp
from shop.web.stories import label_of


class Report(ShopForm):
    kind = SelectField(
        _l("What is wrong?"),
        choices=[("", _l("Please choose")), *((kind.value, _l(kind.label)) for kind in Kind)],
        validators=[InputRequired(_l("Please choose one."))],
    )
    text = TextAreaField(
        _l("What did you see?"),
        validators=[InputRequired(_l("Please say in a few words what you saw.")), at_most(4_000)],
    )
    lot = StringField(_l("Lot on the pack"), validators=[at_most(20)], render_kw={"autocomplete": "off"})
    contact = StringField(_l("Phone or e-mail"), validators=[at_most(160)], render_kw={"autocomplete": "email"})


def receive(product: Product, form: Report) -> str:
    """The receipt number. Raises TooManyTries where one network reports too often."""
    network = request.remote_addr or ""
    signing_in.check_tries(f"report:{network}", network)
    with transaction():
        signing_in.note_failure(f"report:{network}", network)
        return complaining.receive(
            product.id, Kind(form.kind.data), form.text.data, lot=form.lot.data, contact=form.contact.data
        )


@bp.get("/reports/<number>")
@public
def report(number: str) -> str:
    """Anybody with the number sees what became of it; never the words."""
    found = complaining.of_number(number.upper())
    if found is None:
        abort(404)
    product = db.session.get_one(Product, found.product_id)
    told = dossier_of(product.id).complaints.get(found.number)
    return render_template(
        "proof/report.html",
        report=found,
        kind=label_of(KIND_LABELS, found.kind),
        answer=Texts(told.answer) if told else Texts(),
        product=product,
    )
