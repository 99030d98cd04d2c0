"""Finding an order again without its link: by number and phone, slowly for those who guess."""

from __future__ import annotations

from flask import redirect, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from shop.core.db import transaction
from shop.core.refusal import N_, Refusal
from shop.orders import numbers
from shop.orders.finding import by_number_and_phone
from shop.orders.models import Order
from shop.people import signing_in
from shop.web import addresses
from shop.web.access import public
from shop.web.checkout import bp
from shop.web.forms import PhoneNumber, ShopForm, at_most


class NotFound(Refusal):
    sentence = N_("We find no order with this number and phone. Compare both with your letter or receipt.")
    field = "number"


class TrackForm(ShopForm):
    number = StringField(
        _l("Order number"),
        validators=[
            InputRequired(_l("The number begins with HN and stands on your receipt.")),
            at_most(20),
        ],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    phone = StringField(
        _l("Phone"),
        validators=[InputRequired(_l("The phone number you gave with the order.")), PhoneNumber()],
        render_kw={"autocomplete": "tel", "inputmode": "tel", "type": "tel"},
    )


@bp.route("/orders", methods=["GET", "POST"])
@public
def track() -> Response | tuple[str, int]:
    form = TrackForm.sent()
    if form.accepted():
        try:
            found = _find(numbers.tidy(form.number.data), form.phone.e164)
            return redirect(addresses.order(found.number, found.secret), 303)
        except Refusal as refusal:
            form.refuse(refusal)
    return render_template("checkout/track.html", form=form), form.status


def _find(number: str, phone: str) -> Order:
    whom, network = f"order:{number}", request.remote_addr or ""
    signing_in.check_tries(whom, network)
    found = by_number_and_phone(number, phone) if numbers.is_number(number) else None
    if found is None:
        with transaction():
            signing_in.note_failure(whom, network)
        raise NotFound()
    return found
