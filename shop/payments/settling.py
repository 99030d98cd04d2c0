"""The one way an order becomes paid: what the gateway or the bank says, looked at again, booked once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from shop.core import audit, clock, outbox
from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.core.refusal import N_, Refusal
from shop.orders.models import Order, OrderState
from shop.payments.gateway import Gateway, PaySession
from shop.payments.models import Attempt, AttemptState, Discrepancy, Payment, Refund
from shop.stock import keeping
from shop.stock.keeping import OutOfStock


class ReferenceTaken(Refusal):
    sentence = N_("Reference %(reference)s was booked already, for order %(number)s.")


def settle(session_id: str, gateway: Gateway) -> None:
    """Reads the session from the gateway and books what it says. Called by webhook, return page and reconciler.

    Safe to repeat and to run at the same time in several processes. Raises GatewayDown.
    """
    book(gateway.fetch(session_id))


def book(session: PaySession) -> None:
    """Books one session's state in a transaction of its own."""
    with transaction():
        attempt = _attempt_of(session)
        if attempt is None:
            return  # a payment of another site on the same account
        if attempt.session_id is None:
            attempt.session_id, attempt.url = session.id, session.url
        if session.is_paid:
            _paid(attempt, session)
        elif session.status == "expired" and attempt.is_live:
            attempt.state = AttemptState.EXPIRED
        elif attempt.state is AttemptState.CREATING:
            attempt.state = AttemptState.OPEN


def receive(order: Order, amount: Vnd, *, reference: str, way: str, by: str) -> Payment:
    """Books money for an order: exactly once per reference. Late money takes the goods again or goes back."""
    booked = db.session.get(Payment, reference)
    if booked is not None and booked.order_id != order.id:
        raise ReferenceTaken(reference=reference, number=booked.order.number)
    if booked is not None:
        return booked
    paid_before = order.is_paid
    payment = Payment(reference=reference, order=order, amount=amount, way=way, at=clock.now(), by=by)
    db.session.add(payment)
    audit.note("money received", f"order:{order.number}", by=by, amount=amount, reference=reference)
    if paid_before:
        _give_back(payment, "paid twice")
    elif order.state is OrderState.CANCELLED:
        _give_back(payment, "order was cancelled")
    elif order.state is OrderState.EXPIRED and not _retake(order):
        _give_back(payment, "goods were gone")
    else:
        order.mark_paid(by=by)
        keeping.take(order.stock_reference, by=by)
        outbox.put("letter.order_paid", number=order.number)
    return payment


def _attempt_of(session: PaySession) -> Attempt | None:
    """Locked, so that four callers at once book one payment.

    By session, or by what we wrote on it: attempt and order together, because attempts are counted anew in every
    database and another shop on the same account may have the same number.
    """
    known = select(Attempt.id).where(Attempt.session_id == session.id)
    adopted = (
        select(Attempt.id)
        .join(Order)
        .where(
            Attempt.session_id.is_(None), Attempt.id == (session.attempt_id or 0), Order.number == session.order_number
        )
    )
    attempt_id = db.session.scalar(known) or db.session.scalar(adopted)
    return db.session.scalar(select(Attempt).where(Attempt.id == attempt_id).with_for_update()) if attempt_id else None


def _paid(attempt: Attempt, session: PaySession) -> None:
    if session.currency != "vnd" or session.amount != attempt.amount:
        got = {"got": session.amount, "currency": session.currency}
        note_discrepancy(session.id, "amount differs", expected=attempt.amount, **got)
        return
    order = db.session.scalars(select(Order).where(Order.id == attempt.order_id).with_for_update()).one()
    receive(order, session.amount, reference=session.payment_reference or session.id, way="card", by="stripe")
    attempt.state = AttemptState.PAID


def note_discrepancy(reference: str, what: str, **facts: Any) -> None:
    """Money that does not fit: never paid by guess, always shown to a person; once per reference."""
    if db.session.scalar(select(Discrepancy).where(Discrepancy.reference == reference)) is None:
        db.session.add(Discrepancy(reference=reference, what=what, facts=facts, at=clock.now()))


def _retake(order: Order) -> bool:
    try:
        with db.session.begin_nested():
            keeping.hold_again(order.stock_reference)
    except OutOfStock:
        return False
    return True


def _give_back(payment: Payment, reason: str) -> None:
    refund = Refund(
        payment=payment,
        request_key=f"{reason}:{payment.reference}",
        amount=payment.amount,
        reason=reason,
        made_at=clock.now(),
    )
    db.session.add(refund)
    if payment.way == "card":
        outbox.put("stripe.refund", request_key=refund.request_key)
