"""A product's page: pictures, price, arrival, stock by point, certificate; and putting it in the basket."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from shop.cart.models import MOST_PIECES
from shop.catalogue import browsing, shelves
from shop.catalogue.assortment import Sort
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.refusal import Refusal
from shop.delivery.promising import NoPromise, Promise
from shop.delivery.quoting import arrival_in_hanoi
from shop.provenance.status import Status, status_at
from shop.stock import availability
from shop.web import visitor
from shop.web.access import public
from shop.web.forms import ShopForm
from shop.web.starting import shop_config
from shop.web.storefront import bp
from shop.web.storefront.json_ld import product_data
from shop.web.storefront.map import village_map
from shop.web.storefront.shelf import Shelf, fill_shelves


class AddToBasket(ShopForm):
    variant = SelectField(_l("Choose"), coerce=int, validators=[InputRequired(_l("Please choose one."))])
    quantity = IntegerField(
        _l("Quantity"),
        default=1,
        validators=[
            InputRequired(_l("How many would you like?")),
            NumberRange(1, MOST_PIECES, _l("Between 1 and 99 pieces.")),
        ],
    )


@bp.route("/products/<slug>", methods=["GET", "POST"])
@public
def product(slug: str) -> Response | tuple[str, int]:
    found = db.session.scalar(browsing.on_sale().where(Product.slug == slug))
    if found is None:
        abort(404)
    status = status_at(found.id, clock.today())
    form = AddToBasket.sent()
    form.variant.choices = [(variant.id, variant.label) for variant in found.variants if variant.is_sold]
    if form.accepted():
        try:
            return _add(found, form, status)
        except Refusal as refusal:
            form.refuse(refusal)
    elif request.method == "GET" and form.variant.choices:
        form.variant.data = form.variant.choices[0][0]
    return render_template("storefront/product.html", form=form, **_about(found, status)), form.status


def _add(found: Product, form: AddToBasket, status: Status) -> Response:
    with transaction():
        cart = visitor.basket_or_new()
        variant = found.variant(form.variant.data)
        assert variant is not None
        cart.add(variant, form.quantity.data, stars=status.stars)
    return visitor.remember(redirect(url_for("checkout.basket", added=found.slug), 303), cart)


def _about(found: Product, status: Status) -> dict[str, object]:
    made = shelves.current()
    on_shelf = availability.at_points(variant.id for variant in found.variants if variant.is_sold)
    near = made.page(made.matching({"village": frozenset([found.village_id])}), Sort.BEST, size=5)
    neighbours = fill_shelves([Shelf("near", near)])["near"].cards
    about = {
        "product": found,
        "status": status,
        "points": [label for key, label in shelves.points().items() if key in on_shelf],
        "arrival": _arrival(found, bool(on_shelf)),
        "neighbours": [(card, judged) for card, judged in neighbours if card.id != found.id][:4],
        "map": village_map(found.village.slug),
    }
    host = shop_config(current_app).public_url
    return {**about, "data": product_data(found, status, host)}


def _arrival(found: Product, on_shelf: bool) -> Promise | None:
    try:
        return arrival_in_hanoi(found.lead_days, on_shelf=on_shelf and not found.in_stock) if found.in_stock else None
    except NoPromise:
        return None
