"""Locations, stock records, holds, and the append-only movements that explain every piece."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalogue.models import Producer, Variant
from shop.core.db import Key, Model, Stamp
from shop.places.models import SalesPoint


class Location(Model):
    """Where pieces lie: a producer's workshop or a sales point."""

    __tablename__ = "location"

    id: Mapped[Key]
    producer_id: Mapped[int | None] = mapped_column(ForeignKey("producer.id"), unique=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("sales_point.id"), unique=True)

    producer: Mapped[Producer | None] = relationship()
    point: Mapped[SalesPoint | None] = relationship()

    __table_args__ = (CheckConstraint("(producer_id IS NULL) <> (point_id IS NULL)", name="one_kind"),)


class Stock(Model):
    """How many pieces of a variant lie at a location, and how many of them are promised."""

    __tablename__ = "stock"

    id: Mapped[Key]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    on_hand: Mapped[int] = mapped_column(default=0)
    held: Mapped[int] = mapped_column(default=0)

    variant: Mapped[Variant] = relationship()
    location: Mapped[Location] = relationship()

    __table_args__ = (
        UniqueConstraint("variant_id", "location_id"),
        CheckConstraint("held >= 0", name="held"),
        CheckConstraint("on_hand >= held", name="free"),
    )

    @property
    def free(self) -> int:
        return self.on_hand - self.held


class HoldState(enum.StrEnum):
    HELD = "held"
    TAKEN = "taken"
    RELEASED = "released"


class Hold(Model):
    """Pieces promised to one order line until it is paid or given up."""

    __tablename__ = "hold"

    id: Mapped[Key]
    stock_id: Mapped[int] = mapped_column(ForeignKey("stock.id"), index=True)
    reference: Mapped[str] = mapped_column(String(60), index=True)
    quantity: Mapped[int]
    state: Mapped[HoldState] = mapped_column(default=HoldState.HELD)
    made_at: Mapped[Stamp]
    ended_at: Mapped[datetime | None]

    stock: Mapped[Stock] = relationship()

    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)


class Reason(enum.StrEnum):
    RECEIVED = "received"
    SOLD = "sold"
    RETURNED = "returned"
    COUNTED = "counted"


class Movement(Model):
    """Pieces that came or went. Append-only: the sum of a stock's movements is what lies there."""

    __tablename__ = "movement"

    id: Mapped[Key]
    stock_id: Mapped[int] = mapped_column(ForeignKey("stock.id"))
    quantity: Mapped[int]
    reason: Mapped[Reason]
    reference: Mapped[str] = mapped_column(String(60), default="")
    by: Mapped[str] = mapped_column(String(80))
    at: Mapped[Stamp]

    __table_args__ = (CheckConstraint("quantity <> 0", name="quantity"),)


Index("ix_movement_stock_at", Movement.stock_id, Movement.at)
