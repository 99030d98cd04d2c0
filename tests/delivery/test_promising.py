"""The promised day: cut-off, Sundays, Tết, and the days a sales point is closed."""

from datetime import UTC, date, datetime

import pytest

from shop.core.clock import HANOI
from shop.delivery import promising
from shop.delivery.models import Rate
from shop.delivery.promising import Calendar, NoPromise, Promise, at_point, by_carrier, starts
from tests.factories import a_point

RATE = Rate(days_least=1, days_most=2)
TET = Calendar(frozenset(date(2027, 2, day) for day in range(5, 11)))
NO_HOLIDAYS = Calendar(frozenset())


def hanoi(month, day, hour=10, minute=0, second=0):
    return datetime(2027 if month < 6 else 2026, month, day, hour, minute, second, tzinfo=HANOI)


def day(month, number):
    return hanoi(month, number).date()


@pytest.mark.parametrize(
    ("moment", "counts_from"),
    [
        (hanoi(11, 24, 0, 0), day(11, 24)),
        (hanoi(11, 24, 14, 59, 59), day(11, 24)),
        (hanoi(11, 24, 15, 0), day(11, 25)),
        (hanoi(11, 24, 23, 59), day(11, 25)),
        (datetime(2026, 11, 24, 7, 59, 59, tzinfo=UTC), day(11, 24)),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), day(11, 25)),
        (datetime(2026, 11, 24, 17, 0, tzinfo=UTC), day(11, 25)),
    ],
)
def test_after_three_in_the_afternoon_in_hanoi_an_order_counts_from_the_next_day(moment, counts_from):
    assert starts(moment) == counts_from


@pytest.mark.parametrize(
    ("moment", "lead_days", "first", "last"),
    [
        (hanoi(11, 24), 0, day(11, 25), day(11, 26)),
        (hanoi(11, 24, 15), 0, day(11, 26), day(11, 27)),
        (hanoi(11, 24), 3, day(11, 28), day(11, 30)),
        (hanoi(11, 28), 0, day(11, 30), day(12, 1)),
        (hanoi(11, 28, 16), 0, day(12, 1), day(12, 2)),
        (hanoi(11, 29), 0, day(12, 1), day(12, 2)),
    ],
    ids=["plain", "after the cut-off", "made first", "saturday", "late on saturday", "sunday"],
)
def test_on_sundays_nothing_moves(moment, lead_days, first, last):
    assert by_carrier(lead_days, RATE, moment, NO_HOLIDAYS) == Promise(first, last)


@pytest.mark.parametrize(
    ("moment", "lead_days", "first", "last"),
    [
        (hanoi(2, 3), 0, day(2, 4), day(2, 11)),
        (hanoi(2, 4), 0, day(2, 11), day(2, 12)),
        (hanoi(2, 4, 16), 0, day(2, 12), day(2, 13)),
        (hanoi(2, 6), 0, day(2, 12), day(2, 13)),
        (hanoi(2, 4), 1, day(2, 12), day(2, 13)),
    ],
)
def test_over_tet_nothing_moves(moment, lead_days, first, last):
    assert by_carrier(lead_days, RATE, moment, TET) == Promise(first, last)


def test_the_calendar_knows_the_holidays_ahead(app, tuesday):
    days = promising.calendar()
    assert [number for number in range(1, 15) if day(2, number) in days.holidays] == [5, 6, 7, 8, 9, 10]
    assert not days.works_on(day(2, 7))
    assert not days.works_on(day(11, 29))
    assert days.works_on(day(11, 28))


@pytest.fixture
def weekdays(app):
    return a_point("mon-fri 08:00-18:00")


@pytest.fixture
def every_day(app):
    return a_point()


def ready(point, moment, lead_days=0, *, on_shelf, days=TET):
    promise = at_point(point, lead_days, moment, days, on_shelf=on_shelf)
    assert promise.first == promise.last
    return promise.first


def test_goods_on_its_shelf_are_ready_the_same_day_before_the_cut_off(every_day):
    assert ready(every_day, hanoi(11, 24), on_shelf=True) == day(11, 24)
    assert ready(every_day, hanoi(11, 24, 15), on_shelf=True) == day(11, 25)
    assert ready(every_day, hanoi(11, 24), lead_days=5, on_shelf=True) == day(11, 24)


def test_a_point_open_on_sunday_hands_over_on_sunday(every_day, weekdays):
    assert ready(every_day, hanoi(11, 29), on_shelf=True) == day(11, 29)
    assert ready(weekdays, hanoi(11, 28), on_shelf=True) == day(11, 30)


def test_what_comes_from_a_workshop_takes_two_working_days_more(every_day, weekdays):
    assert ready(every_day, hanoi(11, 24), on_shelf=False) == day(11, 26)
    assert ready(every_day, hanoi(11, 24), lead_days=2, on_shelf=False) == day(11, 28)
    assert ready(weekdays, hanoi(11, 24), lead_days=2, on_shelf=False) == day(11, 30)
    assert ready(every_day, hanoi(11, 27, 16), on_shelf=False) == day(12, 1)


def test_a_point_is_closed_over_tet(every_day):
    assert ready(every_day, hanoi(2, 4, 16), on_shelf=True) == day(2, 11)


def test_a_booth_hands_over_on_its_days_only(app):
    booth = a_point(open_from=day(11, 26), open_until=day(11, 27))
    assert ready(booth, hanoi(11, 24), on_shelf=True) == day(11, 26)
    with pytest.raises(NoPromise):
        ready(booth, hanoi(11, 27, 16), on_shelf=True)


def test_where_no_hours_are_known_nothing_is_promised(app):
    with pytest.raises(NoPromise):
        ready(a_point(""), hanoi(11, 24), on_shelf=True)
