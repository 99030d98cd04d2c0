"""The basket's page: lines with their own problems, the total with delivery before anybody's name."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from shop.cart import baskets
from shop.cart.models import MOST_PIECES, Cart
from shop.catalogue.models import Variant
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.refusal import Refusal
from shop.delivery import promising
from shop.delivery.models import Zone
from shop.delivery.parcels import plan
from shop.delivery.quoting import rate_on
from shop.orders.models import Order
from shop.provenance.status import status_at
from shop.stock.availability import of_variants
from shop.web import visitor
from shop.web.access import public
from shop.web.checkout import bp
from shop.web.forms import ShopForm, row_number


class LineForm(ShopForm):
    quantity = IntegerField(
        _l("Quantity"),
        validators=[
            InputRequired(_l("How many would you like?")),
            NumberRange(0, MOST_PIECES, _l("Between 1 and 99 pieces.")),
        ],
    )


@bp.get("/basket")
@public
def basket() -> Response | str:
    return _page(visitor.basket())


@bp.post("/basket/lines/<int:variant_id>")
@public
def change_line(variant_id: int) -> Response | tuple[str, int]:
    """A new quantity for a line; 0 takes it out, and the page then offers to put it back."""
    form = LineForm(request.form)
    cart = visitor.basket()
    if cart is None:
        return redirect(url_for("checkout.basket"), 303)
    line = cart.line_of(variant_id)
    was = line.quantity if line else 0
    if not form.validate():
        return _page(cart, {variant_id: form}).get_data(as_text=True), 422
    try:
        with transaction():
            visitor.take_turn()
            cart.change(variant_id, form.quantity.data)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(cart, {variant_id: form}).get_data(as_text=True), 422
    taken_out = form.quantity.data == 0 and was > 0
    back = url_for("checkout.basket", out=variant_id, was=was) if taken_out else url_for("checkout.basket")
    return visitor.remember(redirect(back, 303), cart)


@bp.post("/basket/lines/<int:variant_id>/return")
@public
def put_back(variant_id: int) -> Response:
    """Undoes taking a line out."""
    variant = db.session.get(Variant, variant_id)
    if variant is None:
        abort(404)
    quantity = request.form.get("quantity", 1, type=int)
    stars = status_at(variant.product_id, clock.today()).stars
    try:
        with transaction():
            cart = visitor.basket_or_new()
            cart.add(variant, max(1, min(quantity, MOST_PIECES)), stars=stars)
    except Refusal:
        return redirect(url_for("checkout.basket"), 303)
    return visitor.remember(redirect(url_for("checkout.basket"), 303), cart)


@bp.post("/basket/changes-seen")
@public
def accept_changes() -> Response:
    """The buyer has read what changed and goes on."""
    cart = visitor.basket()
    if cart is not None:
        stars = {product_id: status.stars for product_id, status in baskets.standing(cart).items()}
        with transaction():
            cart.accept_changes(stars)
    return redirect(url_for("checkout.basket"), 303)


def _page(cart: Cart | None, forms: Mapping[int, LineForm] | None = None) -> Response:
    lines = cart.lines if cart else []
    judged = baskets.standing(cart) if cart else {}
    problems = baskets.problems(cart, judged) if cart else {}
    page = render_template(
        "checkout/basket.html",
        cart=cart,
        lines=lines,
        judged=judged,
        problems=problems,
        blocked=any(problem.blocks for wrong in problems.values() for problem in wrong),
        changed=any(not problem.blocks for wrong in problems.values() for problem in wrong),
        forms=forms or {},
        estimate=_estimate(cart) if lines else None,
        waiting=None if lines else _waiting_order(),
        added=request.args.get("added"),
        taken_out=_taken_out(),
    )
    return visitor.remember(Response(page, content_type="text/html; charset=utf-8"), cart)


def _waiting_order() -> Order | None:
    """The order this visitor has just placed and not paid: an empty basket must not look like a lost one."""
    order = visitor.newest_order()
    return order if order is not None and order.waits_for_money else None


def _taken_out() -> dict[str, object] | None:
    variant_id = request.args.get("out", type=row_number)
    variant = db.session.get(Variant, variant_id) if variant_id else None
    if variant is None or not (variant.is_sold and variant.product.is_live):
        return None
    return {"variant": variant, "quantity": request.args.get("was", 1, type=int)}


def _estimate(cart: Cart | None) -> dict[str, object] | None:
    """What delivery to urban Hanoi would cost and when it would come: the usual case, named as such."""
    assert cart is not None
    plans = plan(cart.lines, of_variants(line.variant_id for line in cart.lines))
    if not plans:
        return None
    rate = rate_on(Zone.HANOI_URBAN, clock.today())
    days = promising.calendar()
    promises = [promising.by_carrier(parcel.lead_days, rate, clock.now(), days) for parcel in plans]
    return {
        "price": sum(rate.price_of(parcel.charged_g) for parcel in plans),
        "parcels": len(plans),
        "first": min(promise.first for promise in promises),
        "last": max(promise.last for promise in promises),
    }
