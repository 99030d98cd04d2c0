"""What must always hold for payments; each answer lists the order numbers that break it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from shop.core import clock
from shop.core.db import db
from shop.orders.models import Order
from shop.payments.models import Discrepancy, Payment, Refund, RefundState

PATIENCE = timedelta(minutes=15)


def misfits() -> list[str]:
    """Paid-ahead orders whose money less refunds is not their total, and unpaid ones that keep money."""
    came = select(func.coalesce(func.sum(Payment.amount), 0)).where(Payment.order_id == Order.id).scalar_subquery()
    back = (
        select(func.coalesce(func.sum(Refund.amount), 0))
        .join(Payment, Refund.payment_reference == Payment.reference)
        .where(Payment.order_id == Order.id)
        .scalar_subquery()
    )
    kept = came - back
    wrong = (Order.paid_at.is_not(None) & (kept != Order.total)) | (Order.paid_at.is_(None) & (kept != 0))
    return list(db.session.scalars(select(Order.number).where(wrong)))


def refunds_open() -> list[str]:
    """Refunds that failed, and those due for longer than the worker needs to send them."""
    late = (Refund.state == RefundState.DUE) & (Refund.made_at < clock.now() - PATIENCE)
    return list(db.session.scalars(select(Refund.request_key).where((Refund.state == RefundState.FAILED) | late)))


def discrepancies_open() -> list[str]:
    return list(db.session.scalars(select(Discrepancy.reference).where(Discrepancy.settled_at.is_(None))))
