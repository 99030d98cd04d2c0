"""Provinces, wards (with the names they had before July 2025), sales points and their hours."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Key, Model
from shop.core.languages import Texts


class Province(Model):
    """One of the 34 provinces and cities since 1 July 2025. Codes are text: they begin with zeros."""

    __tablename__ = "province"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[Texts]
    region: Mapped[str] = mapped_column(String(10))
    folded: Mapped[str] = mapped_column(String(80))


class Ward(Model):
    """A ward, commune or special zone; addresses have two levels only (Decision 19/2025/QĐ-TTg)."""

    __tablename__ = "ward"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("province.code"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(80), index=True)
    urban: Mapped[bool] = mapped_column(default=False)
    lat: Mapped[float | None]
    lon: Mapped[float | None]

    province: Mapped[Province] = relationship()


class OldWard(Model):
    """A ward's name before 1 July 2025 and the ward of today it went to; one old ward may have gone to several."""

    __tablename__ = "old_ward"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(80))
    district: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(160), index=True)
    ward_code: Mapped[str] = mapped_column(ForeignKey("ward.code"), index=True)
    is_default: Mapped[bool]

    ward: Mapped[Ward] = relationship()


class SalesPoint(Model):
    """A shop or booth of the programme, where goods are sold and orders are handed over."""

    __tablename__ = "sales_point"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Texts]
    address: Mapped[str] = mapped_column(String(200))
    ward_code: Mapped[str] = mapped_column(ForeignKey("ward.code"), index=True)
    lat: Mapped[float]
    lon: Mapped[float]
    phone: Mapped[str] = mapped_column(String(20))
    languages: Mapped[str] = mapped_column(String(40))
    how_to_find: Mapped[Texts]
    opened_text: Mapped[str] = mapped_column(String(80), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    is_reported: Mapped[bool] = mapped_column(default=True)
    is_sample: Mapped[bool] = mapped_column(default=False)
    open_from: Mapped[date | None]
    open_until: Mapped[date | None]

    ward: Mapped[Ward] = relationship()
    hours: Mapped[list[OpeningHours]] = relationship(
        back_populates="point", order_by="OpeningHours.weekday", cascade="all, delete-orphan"
    )

    def hours_on(self, day: date) -> OpeningHours | None:
        """The hours of `day`, or None when the point is closed then."""
        if (self.open_from and day < self.open_from) or (self.open_until and day > self.open_until):
            return None
        return next((hours for hours in self.hours if hours.weekday == day.weekday()), None)


class OpeningHours(Model):
    """One weekday's hours of a point (0 is Monday); a weekday without a row is a closed day."""

    __tablename__ = "opening_hours"

    id: Mapped[Key]
    point_id: Mapped[int] = mapped_column(ForeignKey("sales_point.id"), index=True)
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]

    point: Mapped[SalesPoint] = relationship(back_populates="hours")

    __table_args__ = (CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),)
