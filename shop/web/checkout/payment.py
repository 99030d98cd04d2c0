"""The third step: look once more, choose how to pay, order. One basket becomes one order."""

from __future__ import annotations

import structlog
from flask import current_app, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from shop.cart import baskets
from shop.cart.models import Cart
from shop.core.db import let_go, transaction
from shop.core.refusal import Refusal
from shop.delivery.quoting import Quote
from shop.orders import placing
from shop.orders.models import Order, WayToPay
from shop.orders.placing import Buyer, place, placed_already
from shop.payments import cards
from shop.payments.gateway import GatewayDown, GatewayRefused
from shop.web import addresses, visitor
from shop.web.access import public
from shop.web.checkout import bp, draft
from shop.web.forms import ShopForm
from shop.web.starting import gateway_of, shop_config

log = structlog.get_logger()


class PayForm(ShopForm):
    way = RadioField(_l("How would you like to pay?"), validators=[InputRequired(_l("Please choose how to pay."))])
    version = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    seen_total = IntegerField(validators=[InputRequired()], widget=HiddenInput())


@bp.route("/checkout/payment", methods=["GET", "POST"])
@public
def payment() -> Response | tuple[str, int]:
    form = PayForm.sent()
    form.way.choices = [(way.value, way.label) for way in WayToPay]
    if form.accepted():
        try:
            return _order(form)
        except Refusal as refusal:
            form.refuse(refusal)
    return _review(form)


def _order(form: PayForm) -> Response:
    """The whole deed in one transaction: what is read in it is what is sold. A double click finds its order."""
    version = form.version.data
    try:
        with transaction():
            visitor.take_turn()
            cart = visitor.basket(pictures=False)
            if cart is None:
                return draft.to_basket()
            # An order counts its basket up in the same transaction: while it is at `version`, it became none.
            order = placed_already(cart.id, version) if cart.version != version else None
            order = order or _place(cart, form)
    except IntegrityError:  # the other of two clicks was faster
        cart = visitor.basket(pictures=False)
        order = placed_already(cart.id, version) if cart else None
        if order is None:
            raise
    if order is None:
        return redirect(url_for("checkout.details"), 303)
    visitor.note_order(order.number, order.secret)
    return visitor.remember(_onward(order), cart)


def _place(cart: Cart, form: PayForm) -> Order | None:
    """The order, or None while a step before this one is open."""
    facts = draft.facts_of(cart)
    quote, buyer, way = draft.quote_of(cart, facts), draft.buyer_of(facts), WayToPay(form.way.data)
    if quote is None or buyer is None:
        return None
    if way not in _ways(quote, cart, buyer):
        raise placing.WayNotOffered()
    version, seen_total = form.version.data, form.seen_total.data
    order = place(cart, quote, buyer, way, version=version, seen_total=seen_total, by=visitor.actor())
    if way is WayToPay.CARD:
        cards.prepare(order, return_addresses(order))
    return order


def _review(form: PayForm) -> Response | tuple[str, int]:
    """The page itself; back to the step that is still open."""
    cart = draft.full_basket()
    if cart is None:
        return draft.to_basket()
    if form.way.data and form.way.data in list(WayToPay):
        draft.keep(cart, way=form.way.data)
    facts = draft.facts_of(cart)
    try:
        quote = draft.quote_of(cart, facts)
    except Refusal:
        quote = None
    buyer = draft.buyer_of(facts)
    if quote is None or buyer is None:
        return redirect(url_for("checkout.details" if quote else "checkout.checkout"), 303)
    ways = _ways(quote, cart, buyer)
    form.way.choices = [(way.value, way.label) for way in ways]
    if request.method == "GET":
        kept = facts.get("way")
        form.way.data = kept if kept in ways else (ways[0].value if len(ways) == 1 else None)
    return _page(cart, quote, buyer, form), form.status


def _ways(quote: Quote, cart: Cart, buyer: Buyer) -> list[WayToPay]:
    """What is offered; a gift is never paid for by the one who receives it."""
    config = shop_config(current_app)
    payable = cards.is_payable(cart.goods_total + quote.total)
    ways = placing.ways_to_pay(
        quote, cart.goods_total, cards=config.cards and payable, transfers=bool(config.bank_account)
    )
    return [way for way in ways if not (buyer.is_gift and way is WayToPay.CASH_ON_DELIVERY)]


def _onward(order: Order) -> Response:
    """To the pay page when a card is to be charged, else to the order's own page."""
    if order.way_to_pay is WayToPay.CARD and order.waits_for_money:
        return to_pay_page(order)
    return redirect(addresses.order(order.number, order.secret), 303)


def to_pay_page(order: Order) -> Response:
    """Opens the frozen attempt at the gateway and sends the buyer there; the order's page if it does not answer."""
    gateway = gateway_of(current_app)
    own = addresses.order(order.number, order.secret)
    attempt = cards.live_attempt(order)
    if gateway is None or attempt is None:
        return redirect(own, 303)
    if attempt.url:
        return redirect(attempt.url, 303)
    try:
        number, params, key = order.number, attempt.params, attempt.idempotency_key
        let_go()
        session = gateway.create(params, key=key)
    except (GatewayDown, GatewayRefused) as error:
        log.warning("pay page not opened", order=number, trouble=str(error))
        return redirect(f"{own}?card=unavailable", 303)
    with transaction():
        cards.opened(attempt, session)
    return redirect(session.url or own, 303)


def return_addresses(order: Order) -> cards.ReturnAddresses:
    own = shop_config(current_app).public_url + addresses.order(order.number, order.secret)
    return cards.ReturnAddresses(paid=f"{own}?card=returned", back=f"{own}?card=left")


def _page(cart: Cart, quote: Quote, buyer: Buyer, form: PayForm) -> str:
    judged = baskets.standing(cart)
    problems = baskets.problems(cart, judged)
    return render_template(
        "checkout/payment.html",
        cart=cart,
        quote=quote,
        buyer=buyer,
        form=form,
        judged=judged,
        problems=problems,
        blocked=any(problem.blocks for wrong in problems.values() for problem in wrong),
        total=cart.goods_total + quote.total,
        has_adult=any(line.variant.product.is_adult for line in cart.lines),
    )
