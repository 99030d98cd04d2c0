"""The first step: where to. The answer is a price and a date, before anybody's name."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from shop.cart.models import Cart
from shop.core import clock
from shop.core.db import db
from shop.core.refusal import Refusal
from shop.delivery.models import HANOI, Method
from shop.places import points, wards
from shop.places.models import Province
from shop.web.access import public
from shop.web.checkout import bp, draft, pick_up
from shop.web.forms import ShopForm, at_most, row_number, tidy


class _WithWard(ShopForm):
    """A ward, chosen from the list or typed; old names and names without tones are understood."""

    ward = SelectField(_l("Ward or commune"), validators=[Optional()], validate_choice=False)
    ward_typed = StringField(_l("Ward or commune"), validators=[Optional(), at_most(120)])

    def validate(self, *args: Any, **given: Any) -> bool:
        """To the reader both are one field: what is wrong with a typed name is said at the ward."""
        fine = super().validate(*args, **given)
        self.ward.errors, self.ward_typed.errors = [*self.ward.errors, *self.ward_typed.errors], []
        return fine


class HomeForm(_WithWard):
    pass


class HotelForm(_WithWard):
    hotel = StringField(
        _l("Hotel and its street"),
        validators=[InputRequired(_l("Please type the name of your hotel.")), at_most(120)],
        render_kw={"autocomplete": "organization", "autocapitalize": "words"},
    )
    check_out = DateField(
        _l("Check-out day"),
        validators=[InputRequired(_l("When do you check out? Write the day like 2026-12-31."))],
    )


class PointForm(ShopForm):
    point = RadioField(_l("Sales point"), validators=[InputRequired(_l("Please choose a sales point."))])


FORMS: dict[Method, type[ShopForm]] = {
    Method.HOME: HomeForm,
    Method.HOTEL: HotelForm,
    Method.POINT: PointForm,
}


@bp.route("/checkout", methods=["GET", "POST"])
@public
def checkout() -> Response | tuple[str, int]:
    cart = draft.full_basket()
    if cart is None:
        return draft.to_basket()
    facts = draft.facts_of(cart)
    method = _method(facts)
    form = _form(method, facts)
    if form.accepted():
        try:
            return _chosen(cart, method, form)
        except Refusal as refusal:
            form.refuse(refusal)
    if request.method == "POST":
        draft.keep(cart, **_typed(method, form), where_done="")
    return _page(cart, method, form), form.status


def _method(facts: dict[str, Any]) -> Method:
    given = request.args.get("method") or facts.get("method")
    return Method(given) if given in list(Method) else Method.HOME


def _form(method: Method, facts: dict[str, Any]) -> ShopForm:
    kept = {name: facts.get(name) for name in ("ward", "hotel", "ward_typed")}
    if facts.get("check_out"):
        kept["check_out"] = date.fromisoformat(facts["check_out"])
    if facts.get("point"):
        kept["point"] = str(facts["point"])
    form = FORMS[method].sent(data=kept)
    if isinstance(form, _WithWard):
        province = _province(method)
        form.ward.choices = [("", ""), *wards.of_province(province)]
    elif isinstance(form, PointForm):
        form.point.choices = [(str(p.id), p.name) for p in db.session.scalars(points.open_on(clock.today()))]
    return form


def _province(method: Method) -> str:
    return HANOI if method is Method.HOTEL else str(tidy(request.args.get("province", ""))) or HANOI


def _chosen(cart: Cart, method: Method, form: ShopForm) -> Response:
    """Keeps the place if a promise can be made for it. Raises UnknownWard, TooLateForHotel and their kin."""
    facts = _typed(method, form)
    if isinstance(form, _WithWard):
        facts["ward"] = wards.find(form.ward_typed.data or form.ward.data or "").code
        facts["ward_typed"] = ""
    facts["where_done"] = method.value
    draft.quote_of(cart, facts)
    draft.keep(cart, **facts)
    return redirect(url_for("checkout.details"), 303)


def _typed(method: Method, form: ShopForm) -> dict[str, Any]:
    data = {name: value for name, value in form.data.items() if value is not None}
    if isinstance(data.get("check_out"), date):
        data["check_out"] = data["check_out"].isoformat()
    if "point" in data:
        data["point"] = _point_number(data["point"])
    return {**data, "method": method.value}


def _point_number(typed: str) -> int | None:
    try:
        return row_number(typed)
    except ValueError:
        return None


def _page(cart: Cart, method: Method, form: ShopForm) -> str:
    return render_template(
        "checkout/where.html",
        cart=cart,
        method=method,
        methods=list(Method),
        form=form,
        province=_province(method),
        provinces=db.session.execute(_PROVINCES).all(),
        areas=pick_up.areas(cart, form.point.data) if isinstance(form, PointForm) else [],
    )


_PROVINCES = select(Province.code, Province.name).order_by(Province.folded)
