"""Changing the way to pay of an order that waits: the pay page is ended first, then the new way begins."""

from __future__ import annotations

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, transaction
from shop.core.refusal import N_, Refusal
from shop.orders.models import Order, WayToPay
from shop.orders.placing import pay_by
from shop.payments import cards
from shop.payments.gateway import Gateway
from shop.payments.settling import book


class TooLateToSwitch(Refusal):
    sentence = N_("This order is paid or closed already; its way to pay cannot change.")


def switch_to_transfer(order: Order, gateway: Gateway | None) -> None:
    """From card to transfer. Opens its own transactions, because the gateway is asked between them.

    Raises TooLateToSwitch (also when the card payment turns out to be complete) and GatewayDown.
    """
    number = order.number
    attempt = cards.live_attempt(order)
    if attempt is not None and attempt.session_id and gateway is not None:
        book(gateway.expire(attempt.session_id))
    with transaction():
        held = db.session.scalars(select(Order).where(Order.number == number).with_for_update()).one()
        if not held.waits_for_money or cards.live_attempt(held) is not None:
            raise TooLateToSwitch()
        held.way_to_pay = WayToPay.TRANSFER
        held.pay_by = pay_by(WayToPay.TRANSFER, clock.now())
