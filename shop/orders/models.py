"""Orders, their parcels and lines, their steps, and the draft a buyer fills in before."""

from __future__ import annotations

import enum
import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.cart.models import Cart
from shop.catalogue.models import Variant
from shop.core import clock
from shop.core.db import Key, Model, Stamp
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.core.refusal import N_, Refusal
from shop.delivery.models import Method
from shop.people.models import User
from shop.places.models import SalesPoint, Ward
from shop.provenance.models import Certificate
from shop.stock.models import Location


class WayToPay(enum.StrEnum):
    CASH_ON_DELIVERY = "cash_on_delivery"
    AT_POINT = "at_point"
    TRANSFER = "transfer"
    CARD = "card"

    @property
    def label(self) -> str:
        return WAY_LABELS[self]

    @property
    def is_ahead(self) -> bool:
        """Whether money moves before the goods do."""
        return self in (WayToPay.TRANSFER, WayToPay.CARD)


WAY_LABELS = {
    WayToPay.CASH_ON_DELIVERY: N_("Cash on delivery"),
    WayToPay.AT_POINT: N_("Pay at the sales point"),
    WayToPay.TRANSFER: N_("Bank transfer by VietQR"),
    WayToPay.CARD: N_("Card"),
}


class OrderState(enum.StrEnum):
    PLACED = "placed"
    CONFIRMED = "confirmed"
    HANDED_OVER = "handed_over"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    OrderState.PLACED: N_("Waiting for payment"),
    OrderState.CONFIRMED: N_("Confirmed"),
    OrderState.HANDED_OVER: N_("Handed over"),
    OrderState.EXPIRED: N_("Expired: not paid in time"),
    OrderState.CANCELLED: N_("Cancelled"),
}

NEXT = {
    OrderState.PLACED: {OrderState.CONFIRMED, OrderState.EXPIRED, OrderState.CANCELLED},
    OrderState.CONFIRMED: {OrderState.HANDED_OVER, OrderState.CANCELLED},
    OrderState.HANDED_OVER: frozenset(),
    OrderState.EXPIRED: {OrderState.CONFIRMED},
    OrderState.CANCELLED: frozenset(),
}


class WrongMoment(Refusal):
    sentence = N_("Order %(number)s cannot change that way any more.")


class Draft(Model):
    """What a buyer has told the checkout so far: every step is kept, so that Back, errors and cancel lose nothing."""

    __tablename__ = "checkout_draft"

    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id"), primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    changed_at: Mapped[Stamp]

    cart: Mapped[Cart] = relationship()

    def keep(self, **facts: Any) -> None:
        self.facts = {**self.facts, **facts}
        self.changed_at = clock.now()


class Order(Model):
    """One order. Prices, names and certificates on its lines are copies of the day it was placed."""

    __tablename__ = "order"

    id: Mapped[Key]
    number: Mapped[str] = mapped_column(String(12), unique=True)
    secret: Mapped[str] = mapped_column(String(40))
    checkout_key: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[OrderState] = mapped_column(default=OrderState.PLACED)
    version: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(5))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    way_to_pay: Mapped[WayToPay]
    method: Mapped[Method]
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(254), default="")
    street: Mapped[str] = mapped_column(String(200), default="")
    ward_code: Mapped[str | None] = mapped_column(ForeignKey("ward.code"))
    hotel: Mapped[str] = mapped_column(String(120), default="")
    room: Mapped[str] = mapped_column(String(60), default="")
    check_out: Mapped[date | None]
    point_id: Mapped[int | None] = mapped_column(ForeignKey("sales_point.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    is_gift: Mapped[bool] = mapped_column(default=False)
    goods_total: Mapped[Vnd]
    delivery_total: Mapped[Vnd]
    total: Mapped[Vnd]
    placed_at: Mapped[Stamp]
    is_scarce: Mapped[bool] = mapped_column(default=False)
    pay_by: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]

    ward: Mapped[Ward | None] = relationship()
    point: Mapped[SalesPoint | None] = relationship()
    user: Mapped[User | None] = relationship()
    parcels: Mapped[list[Parcel]] = relationship(back_populates="order", order_by="Parcel.position")
    history: Mapped[list[OrderStep]] = relationship(back_populates="order", order_by="OrderStep.id")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("total = goods_total + delivery_total", name="total"),
        CheckConstraint("goods_total > 0 AND delivery_total >= 0", name="amounts"),
    )

    @property
    def lines(self) -> list[OrderLine]:
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def is_paid(self) -> bool:
        return self.paid_at is not None

    @property
    def waits_for_money(self) -> bool:
        return self.state is OrderState.PLACED and self.way_to_pay.is_ahead

    @property
    def is_collected_by_parcel(self) -> bool:
        """Whether several carriers, or one on several days, each want the money of what they bring."""
        due = self.state is OrderState.CONFIRMED and not self.is_paid
        return due and self.way_to_pay is WayToPay.CASH_ON_DELIVERY and len(self.parcels) > 1

    @property
    def stock_reference(self) -> str:
        return f"order:{self.number}"

    def confirm(self, *, by: str) -> None:
        """The shop takes the order on: paid ahead, or to be paid at the door or the counter."""
        self._move(OrderState.CONFIRMED, by)

    def mark_paid(self, *, by: str) -> None:
        self.paid_at = clock.now()
        if self.state is not OrderState.CONFIRMED:
            self.confirm(by=by)

    def expire(self, *, by: str) -> None:
        self._move(OrderState.EXPIRED, by)

    def cancel(self, *, by: str, note: str = "") -> None:
        self._move(OrderState.CANCELLED, by, note)

    def begin(self, *, by: str) -> None:
        self.history.append(OrderStep(was=None, became=self.state, by=by, note="", at=clock.now()))

    def _move(self, wanted: OrderState, by: str, note: str = "") -> None:
        if wanted not in NEXT[self.state]:
            raise WrongMoment(number=self.number, state=self.state, wanted=wanted)
        self.history.append(OrderStep(was=self.state, became=wanted, by=by, note=note, at=clock.now()))
        self.state = wanted


Index(
    "ix_order_unpaid",
    Order.pay_by,
    sqlite_where=Order.state == "placed",
    postgresql_where=Order.state == "placed",
)


class Parcel(Model):
    """What one place sends or keeps ready for an order, with the price and the promise made for it."""

    __tablename__ = "parcel"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    position: Mapped[int]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    sender: Mapped[Texts]
    charged_g: Mapped[int]
    price: Mapped[Vnd]
    promised_first: Mapped[date]
    promised_last: Mapped[date]

    order: Mapped[Order] = relationship(back_populates="parcels")
    location: Mapped[Location] = relationship()
    lines: Mapped[list[OrderLine]] = relationship(back_populates="parcel", order_by="OrderLine.id")

    @property
    def total(self) -> Vnd:
        """Its goods and its delivery: what a carrier collects for it when the order is paid at the door."""
        return Vnd(sum(line.total for line in self.lines) + self.price)


class OrderLine(Model):
    """Goods as sold: name, price, tax and certificate of that day."""

    __tablename__ = "order_line"

    id: Mapped[Key]
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcel.id"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    name: Mapped[Texts]
    label: Mapped[Texts]
    maker: Mapped[str] = mapped_column(String(160))
    quantity: Mapped[int]
    price: Mapped[Vnd]
    total: Mapped[Vnd]
    vat_bp: Mapped[int]
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    stars: Mapped[int | None]

    parcel: Mapped[Parcel] = relationship(back_populates="lines")
    variant: Mapped[Variant] = relationship()
    certificate: Mapped[Certificate | None] = relationship()

    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("total = price * quantity", name="total"),
    )


class OrderStep(Model):
    """One move in an order's life: who, when, from what to what."""

    __tablename__ = "order_step"

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("order.id"), index=True)
    was: Mapped[OrderState | None]
    became: Mapped[OrderState]
    by: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Stamp]

    order: Mapped[Order] = relationship(back_populates="history")


def new_secret() -> str:
    """The part of an order's address that nobody can guess."""
    return secrets.token_urlsafe(16)
