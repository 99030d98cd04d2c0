"""What the worker does each minute: nothing that was paid stays unseen, nothing unpaid holds goods for ever."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import structlog
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, let_go, transaction
from shop.orders.models import Order, OrderState
from shop.payments import cards
from shop.payments.gateway import Gateway, GatewayDown, GatewayRefused
from shop.payments.models import LIVE, Attempt, AttemptState, Payment, Refund, RefundState
from shop.payments.settling import book, note_discrepancy
from shop.stock import keeping

log = structlog.get_logger()
LOOK_BACK = timedelta(days=3)
GRACE = timedelta(minutes=5)


def reconcile(gateway: Gateway | None) -> None:
    """One round. Each item is guarded on its own: one that fails leaves the others their turn."""
    if gateway is not None:
        _adopt(gateway)
        for attempt_id in _ids(AttemptState.CREATING):
            _guarded(_open_again, attempt_id, gateway)
        for request_key in _refunds_due():
            _guarded(send_refund, request_key, gateway)
    for attempt_id in _ids(AttemptState.OPEN, overdue=True):
        _guarded(_expire_first, attempt_id, gateway)
    for order_id in _overdue_orders():
        _guarded(_expire_order, order_id)


def _refunds_due() -> list[str]:
    due = select(Refund.request_key).join(Payment).where(Refund.state == RefundState.DUE, Payment.way == "card")
    return list(db.session.scalars(due.order_by(Refund.id).limit(200)))


def _guarded(deed, *given) -> None:  # type: ignore[no-untyped-def]
    try:
        deed(*given)
    except Exception as error:
        db.session.rollback()
        log.warning("reconciling failed", deed=deed.__name__, item=given[0], trouble=repr(error))


def _adopt(gateway: Gateway) -> None:
    """Finished sessions of the last days, whether or not a webhook told us."""
    try:
        sessions = [s for s in gateway.list_since(clock.now() - LOOK_BACK) if s.attempt_id]
    except (GatewayDown, GatewayRefused) as error:
        log.warning("the card gateway does not answer", trouble=str(error))
        return
    live = set(db.session.scalars(select(Attempt.id).where(Attempt.state.in_(LIVE))))
    for session in sessions:
        if session.attempt_id in live:
            _guarded(book, session)


def _ids(state: AttemptState, *, overdue: bool = False) -> list[int]:
    found = select(Attempt.id).where(Attempt.state == state)
    if overdue:
        found = found.where(Attempt.expires_at < clock.now())
    return list(db.session.scalars(found.limit(200)))


def _open_again(attempt_id: int, gateway: Gateway) -> None:
    """An attempt whose process died before the answer was kept: the same key brings the same session."""
    attempt = db.session.get_one(Attempt, attempt_id)
    params, key, expires_at = attempt.params, attempt.idempotency_key, attempt.expires_at
    let_go()
    try:
        session = gateway.create(params, key=key)
    except GatewayRefused:
        with transaction():
            cards.refused(db.session.get_one(Attempt, attempt_id))
        return
    except GatewayDown:
        if expires_at + GRACE > clock.now():
            raise
        with transaction():  # the listing did not show it either: it never came to be
            cards.refused(db.session.get_one(Attempt, attempt_id))
        return
    with transaction():
        cards.opened(db.session.get_one(Attempt, attempt_id), session)


def _expire_first(attempt_id: int, gateway: Gateway | None) -> None:
    """An overdue pay page: the gateway ends it first, then its answer is booked.

    A page the gateway does not know (another key, a lost account) holds no goods for ever: after a while it counts
    as ended, and stands on the list of things to look at. Money that came all the same is still booked by `settle`.
    """
    attempt = db.session.get_one(Attempt, attempt_id)
    session_id, expires_at = attempt.session_id, attempt.expires_at
    assert session_id is not None
    let_go()
    try:
        if gateway is None:
            raise GatewayRefused("no key of the card gateway")
        book(gateway.expire(session_id))
    except GatewayRefused:
        if expires_at + GRACE > clock.now():
            raise
        with transaction():
            db.session.get_one(Attempt, attempt_id).state = AttemptState.EXPIRED
            note_discrepancy(session_id, "unknown at the gateway", attempt=attempt_id)


def _overdue_orders() -> list[int]:
    return list(
        db.session.scalars(
            select(Order.id)
            .where(Order.state == OrderState.PLACED, Order.pay_by < clock.now())
            .where(~select(Attempt.id).where(Attempt.order_id == Order.id, Attempt.state.in_(LIVE)).exists())
            .order_by(Order.id)
            .limit(200)
        )
    )


def _expire_order(order_id: int) -> None:
    with transaction():
        order = db.session.scalars(select(Order).where(Order.id == order_id).with_for_update()).one()
        late = order.state is OrderState.PLACED and order.pay_by is not None and order.pay_by < clock.now()
        if late and cards.live_attempt(order) is None:
            order.expire(by="clock")
            keeping.release(order.stock_reference)


def send_refund(request_key: str, gateway: Gateway) -> None:
    """Asks the gateway to give back what is due; repeated under the same key it is one refund."""
    refund = db.session.scalars(select(Refund).where(Refund.request_key == request_key)).one()
    if refund.state is not RefundState.DUE:
        return
    reference, amount, key = refund.payment_reference, refund.amount, f"re-{refund.id}"
    let_go()
    sent: str | None = None
    with suppress(GatewayRefused):
        sent = gateway.refund(reference, amount, key=key)
    with transaction():
        refund.provider_reference = sent
        refund.state = RefundState.SENT if sent else RefundState.FAILED
