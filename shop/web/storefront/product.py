"""A product's page: pictures, price, arrival, stock by point, certificate; and putting it in the basket."""

from __future__ import annotations

from flask import abort, current_app, redirect, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange

from shop.cart.models import MOST_PIECES, NotForSale
from shop.catalogue import browsing, shelves
from shop.catalogue.assortment import Sort
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import transaction
from shop.core.refusal import Refusal
from shop.delivery.promising import NoPromise, Promise
from shop.delivery.quoting import arrival_in_hanoi
from shop.provenance.status import status_at
from shop.web import addresses, visitor
from shop.web.access import public
from shop.web.forms import ShopForm
from shop.web.starting import shop_config
from shop.web.storefront import bp
from shop.web.storefront.json_ld import product_data
from shop.web.storefront.map import village_map
from shop.web.storefront.shelf import Shelf, fill_shelves


class AddToBasket(ShopForm):
    variant = SelectField(
        _l("Choose"), coerce=int, validate_choice=False, validators=[InputRequired(_l("Please choose one."))]
    )
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
    form = AddToBasket.sent()
    if form.accepted():
        try:
            return _add(slug, form)
        except Refusal as refusal:
            form.refuse(refusal)
    found = browsing.product(slug)
    if found is None:
        abort(404)
    form.variant.choices = [(variant.id, variant.label) for variant in found.variants if variant.is_sold]
    if request.method == "GET" and form.variant.choices:
        form.variant.data = form.variant.choices[0][0]
    return render_template("storefront/product.html", form=form, **_about(found)), form.status


def _add(slug: str, form: AddToBasket) -> Response:
    """Everything is read in the transaction that writes, so that nothing is read twice."""
    with transaction():
        variant = browsing.variant(slug, form.variant.data)
        if variant is None:
            raise NotForSale()
        stars = status_at(variant.product_id, clock.today()).stars
        cart = visitor.basket_or_new()
        cart.add(variant, form.quantity.data, stars=stars)
    return visitor.remember(redirect(f"{addresses.basket()}?added={slug}", 303), cart)


def _about(found: Product) -> dict[str, object]:
    made, status = shelves.current(), status_at(found.id, clock.today())
    facts = made.of(found.id)
    near = made.page(made.matching({"village": frozenset([found.village_id])}), Sort.BEST, size=5)
    neighbours = fill_shelves([Shelf("near", near)])["near"].cards
    about = {
        "product": found,
        "status": status,
        "points": [label for key, label in shelves.points().items() if facts and key in facts.points],
        "arrival": _arrival(found),
        "neighbours": [(card, judged) for card, judged in neighbours if card.id != found.id][:4],
        "map": village_map(found.village.slug),
    }
    host = shop_config(current_app).public_url
    return {**about, "data": product_data(found, status, host)}


def _arrival(found: Product) -> Promise | None:
    try:
        return arrival_in_hanoi(found.lead_days, on_shelf=False) if found.in_stock else None
    except NoPromise:
        return None
