"""What must always hold for payments; each answer lists the order numbers that break it."""

from __future__ import annotations

from sqlalchemy import func, select

from shop.core.db import db
from shop.orders.models import Order
from shop.payments.models import Payment, Refund


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
