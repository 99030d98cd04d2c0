"""Changing the way to pay of an order that waits: the pay page is ended first, then the new way begins."""

from __future__ import annotations

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, let_go, transaction
from shop.core.refusal import N_, Refusal
from shop.orders.models import Order, WayToPay
from shop.orders.placing import longest_hold, pay_by
from shop.payments import cards
from shop.payments.gateway import Gateway
from shop.payments.settling import book


class TooLateToSwitch(Refusal):
    sentence = N_("This order is paid or closed already; its way to pay cannot change.")


def switch_to_transfer(order: Order, gateway: Gateway | None) -> None:
    """From card to transfer. Opens its own transactions, because the gateway is asked between them.

    Raises TooLateToSwitch (also when the card payment turns out to be complete) and GatewayDown.
    """
    number, attempt = order.number, cards.live_attempt(order)
    session_id = attempt.session_id if attempt else None
    let_go()
    if session_id and gateway is not None:
        book(gateway.expire(session_id))
    with transaction():
        held = db.session.scalars(select(Order).where(Order.number == number).with_for_update()).one()
        live = cards.live_attempt(held)
        if live is not None and live.session_id is None:
            cards.refused(live)  # nobody was ever given its address; a payment on it would be given back
            db.session.flush()  # the attempt is over before the order changes
            live = None
        if not held.waits_for_money or live is not None:
            raise TooLateToSwitch()
        held.way_to_pay = WayToPay.TRANSFER
        held.pay_by = min(longest_hold(held), pay_by(WayToPay.TRANSFER, clock.now()) or longest_hold(held))
