"""Paying by card: an attempt is frozen and committed, then the gateway is called, then its answer is kept."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.money import Vnd
from shop.core.refusal import N_, Refusal
from shop.orders.models import Order, WayToPay
from shop.orders.placing import longest_hold, pay_by
from shop.payments.gateway import PaySession
from shop.payments.models import LIVE, Attempt, AttemptState

SESSION_LASTS = timedelta(minutes=31)
LEAST, MOST = Vnd(15_000), Vnd(99_999_999)


class CardNotPossible(Refusal):
    sentence = N_("This order cannot be paid by card any more.")


@dataclass(frozen=True)
class ReturnAddresses:
    """Where the pay page sends the buyer: absolute addresses of the order's page."""

    paid: str
    back: str


def is_payable(amount: int) -> bool:
    """Whether Stripe takes an amount of đồng at all."""
    return LEAST <= amount <= MOST


def live_attempt(order: Order) -> Attempt | None:
    return db.session.scalar(select(Attempt).where(Attempt.order_id == order.id, Attempt.state.in_(LIVE)))


def prepare(order: Order, addresses: ReturnAddresses) -> Attempt:
    """The live attempt of this order, or a new one with frozen parameters. Raises CardNotPossible."""
    if not (order.waits_for_money and order.way_to_pay is WayToPay.CARD and is_payable(order.total)):
        raise CardNotPossible()
    live = live_attempt(order)
    if live is not None:
        return live
    now = clock.now()
    if now > longest_hold(order):
        raise CardNotPossible()
    attempt = Attempt(
        order=order,
        state=AttemptState.CREATING,
        params={},
        idempotency_key=f"cs-{order.number}-{uuid.uuid4().hex[:12]}",
        amount=order.total,
        made_at=now,
        expires_at=now + SESSION_LASTS,
    )
    db.session.add(attempt)
    db.session.flush()  # the parameters carry the attempt's id
    attempt.params = _params(order, attempt, addresses)
    order.pay_by = max(order.pay_by or now, pay_by(WayToPay.CARD, now) or now)
    return attempt


def opened(attempt: Attempt, session: PaySession) -> None:
    """Keeps the gateway's answer. A repeated answer changes nothing."""
    attempt.session_id, attempt.url = session.id, session.url
    if attempt.state is AttemptState.CREATING:
        attempt.state = AttemptState.OPEN


def refused(attempt: Attempt) -> None:
    """The gateway will never open this attempt."""
    attempt.state = AttemptState.FAILED


def _params(order: Order, attempt: Attempt, addresses: ReturnAddresses) -> dict[str, Any]:
    about = {"order": order.number, "attempt": str(attempt.id)}
    item = {
        "quantity": 1,
        "price_data": {
            "currency": "vnd",
            "unit_amount": order.total,  # VND has no smaller unit: 150000 is 150,000 ₫
            "product_data": {"name": f"Phố Nghề {order.number}"},
        },
    }
    params: dict[str, Any] = {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "allowed_payment_method_types": ["card"],
        "adaptive_pricing": {"enabled": False},
        "line_items": [item],
        "client_reference_id": order.number,
        "metadata": about,
        "payment_intent_data": {"metadata": about},
        "locale": order.language,
        "expires_at": int(attempt.expires_at.timestamp()),
        "success_url": addresses.paid,
        "cancel_url": addresses.back,
    }
    return {**params, "customer_email": order.email} if order.email else params
