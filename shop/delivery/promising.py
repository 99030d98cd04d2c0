"""The promised day: lead time, cut-off, working days, holidays, and the hours of a sales point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from shop.catalogue.remembering import Remembered
from shop.core import clock
from shop.core.db import db
from shop.core.refusal import N_, Refusal
from shop.delivery.models import Holiday, Rate
from shop.places.models import SalesPoint

CUT_OFF = time(15, 0)
SUNDAY = 6
TO_POINT_DAYS = 2  # working days from a workshop to a sales point
FARTHEST = 120  # days: beyond this nothing is promised


class NoPromise(Refusal):
    sentence = N_("We cannot promise a day for this delivery. Please choose another way.")


@dataclass(frozen=True)
class Promise:
    """Arrives (or is ready) between these two days, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Calendar:
    """The days on which nothing moves."""

    holidays: frozenset[date]

    def works_on(self, day: date) -> bool:
        return day.weekday() != SUNDAY and day not in self.holidays

    def after(self, day: date, working_days: int) -> date:
        """`working_days` working days after `day`; 0 answers the first working day from `day` on."""
        while not self.works_on(day):
            day += timedelta(days=1)
        for _ in range(working_days):
            day += timedelta(days=1)
            while not self.works_on(day):
                day += timedelta(days=1)
        return day


_kept: Remembered[Calendar] = Remembered()


def calendar() -> Calendar:
    """The calendar from today on; who changes the holidays notes a change of the catalogue (0: no product)."""
    return _kept.get("holidays", _read_calendar)


def _read_calendar() -> Calendar:
    today = clock.today()
    days = select(Holiday.day).where(Holiday.day.between(today, today + timedelta(days=400)))
    return Calendar(frozenset(db.session.scalars(days)))


def starts(moment: datetime) -> date:
    """The day from which an order of this moment counts: the next one after the cut-off."""
    here = clock.in_hanoi(moment)
    return here.date() + timedelta(days=int(here.time() >= CUT_OFF))


def by_carrier(lead_days: int, rate: Rate, moment: datetime, days: Calendar) -> Promise:
    handed_over = days.after(starts(moment), lead_days)
    return Promise(days.after(handed_over, rate.days_least), days.after(handed_over, rate.days_most))


def at_point(point: SalesPoint, lead_days: int, moment: datetime, days: Calendar, *, on_shelf: bool) -> Promise:
    """When goods are ready at a point: on its shelf within its hours, else when they were brought there."""
    day = starts(moment)
    if not on_shelf:
        day = days.after(days.after(day, lead_days), TO_POINT_DAYS)
    for _ in range(FARTHEST):
        if day not in days.holidays and point.hours_on(day):
            return Promise(day, day)
        day += timedelta(days=1)
    raise NoPromise()
