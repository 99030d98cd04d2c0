"""An order's own page, by its signed address: parcels, dates, certificates as sold, and what is still to pay."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import segno
import structlog
from flask import abort, current_app, redirect, render_template, request
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db, let_go, transaction
from shop.core.refusal import Refusal
from shop.orders.finding import by_address
from shop.orders.models import Order, WayToPay
from shop.payments import banks, cards, switching, transfers
from shop.payments.gateway import GatewayDown, GatewayRefused
from shop.payments.settling import settle
from shop.provenance.proving import changes_since
from shop.provenance.status import statuses
from shop.web import addresses
from shop.web.access import public
from shop.web.checkout import bp
from shop.web.checkout.payment import return_addresses, to_pay_page
from shop.web.presenting import say
from shop.web.starting import gateway_of, shop_config
from shop.web.stories import Story, story_of

log = structlog.get_logger()


@bp.get("/orders/<number>/<secret>")
@public
def order(number: str, secret: str) -> Response | str:
    found = _found(number, secret)
    card = request.args.get("card", "")
    if card and found.waits_for_money:
        _look_at_gateway(found)
        found = _found(number, secret)
    return _page(found, card=card)


@bp.post("/orders/<number>/<secret>/payment")
@public
def pay(number: str, secret: str) -> Response | tuple[str, int]:
    """Pay now: back to the pay page, or to a bank transfer instead."""
    found = _found(number, secret)
    own = addresses.order(number, secret)
    try:
        if request.form.get("way") == WayToPay.TRANSFER:
            if found.way_to_pay is WayToPay.CARD:
                switching.switch_to_transfer(found, gateway_of(current_app))
            return redirect(own, 303)
        with transaction():
            locked = db.session.scalars(select(Order).where(Order.number == number).with_for_update()).one()
            cards.prepare(locked, return_addresses(locked))
        return to_pay_page(locked)
    except GatewayRefused as error:
        log.warning("way to pay not changed", order=number, trouble=str(error))
        return redirect(f"{own}?card=unavailable", 303)
    except Refusal as refusal:
        return _page(_found(number, secret), trouble=str(say(refusal))), 409


@bp.get("/orders/<number>/<secret>/vietqr.svg")
@public
def vietqr(number: str, secret: str) -> Response:
    """The transfer code as a picture to save: a phone cannot scan its own screen."""
    found = _found(number, secret)
    if not (found.waits_for_money and found.way_to_pay is WayToPay.TRANSFER):
        abort(404)
    out = io.BytesIO()
    segno.make(_transfer_payload(found), error="m").save(out, kind="svg", scale=8, border=4, light="#fff")
    response = Response(out.getvalue(), content_type="image/svg+xml")
    response.headers["Content-Disposition"] = f'attachment; filename="vietqr-{found.number}.svg"'
    return response


def _found(number: str, secret: str) -> Order:
    found = by_address(number, secret)
    if found is None:
        abort(404)
    return found


def _look_at_gateway(found: Order) -> None:
    """The buyer came back: the gateway is asked, the address is not believed."""
    gateway, attempt = gateway_of(current_app), cards.live_attempt(found)
    if gateway is None or attempt is None or not attempt.session_id:
        return
    number, session_id = found.number, attempt.session_id
    let_go()
    try:
        settle(session_id, gateway)
    except (GatewayDown, GatewayRefused) as error:
        log.warning("settling on return failed", order=number, trouble=str(error))


def _transfer_payload(found: Order) -> str:
    return transfers.code_for(found, bank_account()).payload()


def bank_account() -> transfers.BankAccount:
    config = shop_config(current_app)
    return transfers.BankAccount(config.bank_bin, config.bank_account, config.bank_holder)


def _page(found: Order, *, card: str = "", trouble: str = "") -> str:
    transfer = found.waits_for_money and found.way_to_pay is WayToPay.TRANSFER
    payload = _transfer_payload(found) if transfer else ""
    code = segno.make(payload, error="m").svg_inline(omitsize=True, border=4, light="#fff") if payload else ""
    products = sorted({line.variant.product_id for line in found.lines})
    return render_template(
        "checkout/order.html",
        order=found,
        card=card,
        trouble=trouble,
        transfer=transfer,
        payload=payload,
        qr=Markup(code),
        qr_alt=gettext("VietQR code for order %(number)s", number=found.number),
        account=bank_account(),
        bank=banks.name_of(bank_account().bin),
        judged=statuses(products, clock.today()),
        slugs=_slugs(products),
        changed=_changed(products, found),
        bought_on=clock.in_hanoi(found.placed_at).date(),
        cards_offered=shop_config(current_app).cards,
    )


def _slugs(products: Sequence[int]) -> dict[int, str]:
    found = db.session.execute(select(Product.id, Product.slug).where(Product.id.in_(products)))
    return {row.id: row.slug for row in found}


def _changed(products: Sequence[int], found: Order) -> dict[int, list[tuple[date, Story]]]:
    """What the log has told of each product since it was bought, the newest first."""
    told = changes_since(products, found.placed_at)
    return {
        product_id: [(date.fromisoformat(event["effective_at"]), story_of(event)) for event in events]
        for product_id, events in told.items()
    }
