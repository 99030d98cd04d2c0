"""Attempts to pay by card, money received, money given back, and the inbox of Stripe's events."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Key, Model, Stamp
from shop.core.money import Vnd
from shop.orders.models import Order


class AttemptState(enum.StrEnum):
    CREATING = "creating"
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"
    FAILED = "failed"


LIVE = (AttemptState.CREATING, AttemptState.OPEN)


class Attempt(Model):
    """One try to pay an order by card. Its parameters and key are frozen before Stripe hears of it."""

    __tablename__ = "payment_attempt"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    state: Mapped[AttemptState] = mapped_column(default=AttemptState.CREATING)
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    idempotency_key: Mapped[str] = mapped_column(String(60), unique=True)
    session_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    url: Mapped[str | None]
    amount: Mapped[Vnd]
    made_at: Mapped[Stamp]
    expires_at: Mapped[Stamp]

    order: Mapped[Order] = relationship()

    @property
    def is_live(self) -> bool:
        return self.state in LIVE


Index(
    "uq_payment_attempt_one_live",
    Attempt.order_id,
    unique=True,
    sqlite_where=Attempt.state.in_(LIVE),
    postgresql_where=Attempt.state.in_(LIVE),
)


class Payment(Model):
    """Money that arrived, by the reference its sender's side gave it: the same money is booked once."""

    __tablename__ = "payment"

    reference: Mapped[str] = mapped_column(String(120), primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    amount: Mapped[Vnd]
    way: Mapped[str] = mapped_column(String(20))
    at: Mapped[Stamp]
    by: Mapped[str] = mapped_column(String(80))

    order: Mapped[Order] = relationship()

    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)


class RefundState(enum.StrEnum):
    DUE = "due"
    SENT = "sent"
    FAILED = "failed"


class Refund(Model):
    """Money to give back. `request_key` makes the same request one refund."""

    __tablename__ = "refund"

    id: Mapped[Key]
    payment_reference: Mapped[str] = mapped_column(ForeignKey("payment.reference"), index=True)
    request_key: Mapped[str] = mapped_column(String(120), unique=True)
    amount: Mapped[Vnd]
    reason: Mapped[str] = mapped_column(String(60))
    state: Mapped[RefundState] = mapped_column(default=RefundState.DUE)
    provider_reference: Mapped[str | None] = mapped_column(String(120), unique=True)
    made_at: Mapped[Stamp]

    payment: Mapped[Payment] = relationship()

    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)


class StripeEvent(Model):
    """The inbox: Stripe delivers an event one or more times, in any order; here it stands once."""

    __tablename__ = "stripe_event"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    session_id: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[Stamp]


class Discrepancy(Model):
    """Money that does not fit: never guessed away, always looked at by a person."""

    __tablename__ = "discrepancy"

    id: Mapped[Key]
    reference: Mapped[str] = mapped_column(String(120), unique=True)
    what: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[Stamp]
    settled_at: Mapped[datetime | None]
