"""Loads the dated delivery tables: working estimates until the carriers' contracts are signed (facts.md §3.3)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from shop.catalogue import changes
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.delivery.models import Holiday, Rate, Zone

SINCE = date(2026, 1, 1)
# zone: first grams, its price, step grams, step price, working days least and most
RATES = {
    Zone.HANOI_URBAN: (1_000, 20_000, 500, 3_000, 1, 2),
    Zone.HANOI_RURAL: (1_000, 25_000, 500, 4_000, 1, 3),
    Zone.NORTH: (500, 30_000, 500, 6_000, 2, 4),
    Zone.CENTRAL: (500, 34_000, 500, 8_000, 3, 5),
    Zone.SOUTH: (500, 38_000, 500, 9_000, 3, 6),
}
SOURCE = "Working calendar, to be confirmed by the office each year"
HOLIDAYS = (
    (date(2027, 1, 1), 1, "Tết Dương lịch", "New Year's Day"),
    (date(2027, 2, 5), 6, "Tết Nguyên đán", "Lunar New Year"),
    (date(2027, 4, 16), 1, "Giỗ Tổ Hùng Vương", "Hùng Kings' Day"),
    (date(2027, 4, 30), 2, "Ngày Thống nhất và Quốc tế Lao động", "Reunification and Labour Days"),
    (date(2027, 9, 2), 2, "Quốc khánh", "National Day"),
)


def load() -> None:
    known, changed = set(db.session.scalars(select(Rate.zone))), False
    for zone, (first_g, first_price, step_g, step_price, least, most) in RATES.items():
        if zone not in known:
            db.session.add(
                Rate(
                    zone=zone,
                    valid_from=SINCE,
                    first_g=first_g,
                    first_price=Vnd(first_price),
                    step_g=step_g,
                    step_price=Vnd(step_price),
                    days_least=least,
                    days_most=most,
                )
            )
            changed = True
    days = set(db.session.scalars(select(Holiday.day)))
    for begins, length, vi, en in HOLIDAYS:
        for day in (begins + timedelta(days=i) for i in range(length)):
            if day not in days:
                db.session.add(Holiday(day=day, name=Texts(vi=vi, en=en), source=SOURCE))
                changed = True
    if changed:
        changes.note(0)  # prices and promises are remembered until the log says so
