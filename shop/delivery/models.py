"""Dated tables of delivery: what a parcel costs in each zone, and the days on which nobody delivers."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Key, Model
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.core.refusal import N_
from shop.places.models import Ward


class Method(enum.StrEnum):
    HOME = "home"
    HOTEL = "hotel"
    POINT = "point"

    @property
    def label(self) -> str:
        return METHOD_LABELS[self]


METHOD_LABELS = {
    Method.HOME: N_("To an address in Vietnam"),
    Method.HOTEL: N_("To my hotel in Hanoi"),
    Method.POINT: N_("I pick up at a sales point"),
}


class Zone(enum.StrEnum):
    HANOI_URBAN = "hanoi_urban"
    HANOI_RURAL = "hanoi_rural"
    NORTH = "north"
    CENTRAL = "central"
    SOUTH = "south"


HANOI = "01"


def zone_of(ward: Ward) -> Zone:
    if ward.province_code == HANOI:
        return Zone.HANOI_URBAN if ward.urban else Zone.HANOI_RURAL
    return Zone(ward.province.region)


class Rate(Model):
    """What a parcel costs in a zone: a first weight, then steps; and how many working days it is on its way."""

    __tablename__ = "delivery_rate"

    id: Mapped[Key]
    zone: Mapped[Zone]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    first_g: Mapped[int]
    first_price: Mapped[Vnd]
    step_g: Mapped[int]
    step_price: Mapped[Vnd]
    days_least: Mapped[int]
    days_most: Mapped[int]

    __table_args__ = (
        UniqueConstraint("zone", "valid_from"),
        CheckConstraint("first_g > 0 AND step_g > 0", name="weights"),
    )

    def price_of(self, grams: int) -> Vnd:
        steps = max(0, -(-(grams - self.first_g) // self.step_g))
        return Vnd(self.first_price + steps * self.step_price)


class Holiday(Model):
    """A day on which nothing is collected, carried or handed over."""

    __tablename__ = "holiday"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[Texts]
    source: Mapped[str] = mapped_column(String(120), default="")
