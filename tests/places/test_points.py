"""Sales points: the hours of a day, and booths that exist only for some days."""

from datetime import date, time

import pytest

from shop.core.db import db
from shop.places.loading import hours_of
from shop.places.points import km_from_centre, open_on
from tests.factories import a_point

MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)


def test_hours_are_read_as_they_are_written():
    hours = hours_of("mon-fri 08:00-18:00; sat 08:30-20:00")
    assert [one.weekday for one in hours] == [0, 1, 2, 3, 4, 5]
    assert (hours[0].opens, hours[0].closes) == (time(8), time(18))
    assert (hours[5].opens, hours[5].closes) == (time(8, 30), time(20))
    assert hours_of("") == []


def test_a_weekday_without_hours_is_a_closed_day(app):
    point = a_point("mon-sat 09:00-17:00")
    assert point.hours_on(SATURDAY).opens == time(9)
    assert point.hours_on(SUNDAY) is None


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(MONDAY, False), (date(2026, 11, 24), True), (date(2026, 11, 26), True), (date(2026, 11, 27), False)],
)
def test_a_fair_s_booth_is_there_from_its_first_to_its_last_day(app, day, is_open):
    booth = a_point(open_from=date(2026, 11, 24), open_until=date(2026, 11, 26))
    always = a_point()
    assert bool(booth.hours_on(day)) is is_open
    there = {point.id for point in db.session.scalars(open_on(day))}
    assert there == ({booth.id, always.id} if is_open else {always.id})


def test_distances_are_told_from_the_lake_in_the_middle(app):
    assert km_from_centre(a_point(lat=21.0287, lon=105.8523)) == 0
    assert km_from_centre(a_point(lat=20.9959, lon=105.9195)) == pytest.approx(7.9, abs=0.1)  # Bát Tràng
