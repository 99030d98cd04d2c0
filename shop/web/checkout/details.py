"""The second step: who. Only what this delivery needs."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import BooleanField, StringField, TextAreaField, ValidationError
from wtforms.fields import Field
from wtforms.validators import InputRequired, Optional

from shop.core.refusal import Refusal
from shop.delivery.models import Method
from shop.web.access import public
from shop.web.checkout import bp, draft
from shop.web.forms import PhoneNumber, ShopForm, at_most


def mail_address(_form: ShopForm, field: Field) -> None:
    try:
        field.data = validate_email(field.data, check_deliverability=False).normalized
    except EmailNotValidError as error:
        words = gettext("“%(typed)s” is not a mail address. Write it like name@example.com.", typed=field.data)
        raise ValidationError(words) from error


class ContactForm(ShopForm):
    """Name, phone, mail: enough for a pick-up."""

    name = StringField(
        _l("Your name"),
        validators=[InputRequired(_l("Please tell us your name.")), at_most(120)],
        render_kw={"autocomplete": "name", "autocapitalize": "words", "spellcheck": "false"},
    )
    phone = StringField(
        _l("Phone"),
        validators=[InputRequired(_l("We need a number to call when the parcel is there.")), PhoneNumber()],
        render_kw={"autocomplete": "tel", "inputmode": "tel", "type": "tel"},
    )
    email = StringField(
        _l("E-mail (for your receipt)"),
        validators=[Optional(), mail_address],
        render_kw={"autocomplete": "email", "inputmode": "email", "type": "email", "spellcheck": "false"},
    )
    note = TextAreaField(_l("A note for the maker or the carrier"), validators=[Optional(), at_most(500)])
    gift = BooleanField(_l("It is a gift: no prices in the parcel"))


class HomeContactForm(ContactForm):
    street = StringField(
        _l("House number and street"),
        validators=[
            InputRequired(_l("Please give the house number and street, so that the carrier finds you.")),
            at_most(200),
        ],
        render_kw={"autocomplete": "address-line1"},
    )


class HotelContactForm(ContactForm):
    room = StringField(
        _l("Room or booking number"),
        validators=[
            InputRequired(_l("So that reception finds you: the room or booking number.")),
            at_most(60),
        ],
        render_kw={"autocomplete": "off"},
    )
    consent = BooleanField(
        _l("Reception may take the parcel for me"),
        validators=[InputRequired(_l("We can deliver to a hotel only if reception may take the parcel."))],
    )


FORMS: dict[Method, type[ContactForm]] = {
    Method.HOME: HomeContactForm,
    Method.HOTEL: HotelContactForm,
    Method.POINT: ContactForm,
}
# The order on the page: where to ring comes after who.
SHOWN = {
    Method.HOME: ("name", "phone", "email", "street"),
    Method.HOTEL: ("name", "room", "phone", "email", "consent"),
    Method.POINT: ("name", "phone", "email"),
}


@bp.route("/checkout/details", methods=["GET", "POST"])
@public
def details() -> Response | tuple[str, int]:
    cart = draft.full_basket()
    if cart is None:
        return draft.to_basket()
    facts = draft.facts_of(cart)
    try:
        quote = draft.quote_of(cart, facts)
    except Refusal:
        quote = None
    if quote is None:
        return redirect(url_for("checkout.checkout"), 303)
    method = quote.destination.method
    form = FORMS[method].sent(data=facts)
    if form.accepted():
        draft.keep(cart, **_kept(form), phone_e164=form.phone.e164, details_done=method.value)
        return redirect(url_for("checkout.payment"), 303)
    if request.method == "POST":
        draft.keep(cart, **_kept(form), details_done="")
    page = render_template("checkout/details.html", cart=cart, quote=quote, form=form, shown=SHOWN[method])
    return page, form.status


def _kept(form: ShopForm) -> dict[str, Any]:
    return {name: value for name, value in form.data.items() if value is not None}
