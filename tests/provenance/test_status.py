"""The judge of stars, on each day around each boundary."""

from datetime import date, timedelta

import pytest

from shop.core.languages import Texts
from shop.provenance.models import Certificate, Revocation, Suspension
from shop.provenance.status import EXPIRING, State, judge, last_day, status_at, statuses
from tests.factories import a_certificate, a_product

SIGNED, ENDS = date(2024, 3, 15), date(2027, 3, 14)
DAY = timedelta(days=1)


def a_recognition(number=1, stars=4, begins=SIGNED, ends=ENDS, *, revoked=None, rests=(), **fields):
    return Certificate(
        id=number,
        product_id=1,
        stars=stars,
        valid_from=begins,
        valid_until=ends,
        suspensions=[Suspension(from_day=first, lifted_on=lifted) for first, lifted in rests],
        revocation=Revocation(from_day=revoked, reason=Texts()) if revoked else None,
        **{"is_potential_five": False, **fields},
    )


def on(day, *certificates):
    status = judge(certificates, day)
    return status.state, status.stars


def test_a_product_without_certificate_has_no_stars():
    assert on(SIGNED) == (State.NONE, None)


@pytest.mark.parametrize(
    ("day", "state", "stars"),
    [
        (SIGNED - DAY, State.NONE, None),
        (SIGNED, State.VALID, 4),
        (SIGNED + DAY, State.VALID, 4),
        (ENDS - EXPIRING - DAY, State.VALID, 4),
        (ENDS - EXPIRING, State.EXPIRING, 4),
        (ENDS - DAY, State.EXPIRING, 4),
        (ENDS, State.EXPIRING, 4),
        (ENDS + DAY, State.EXPIRED, None),
        (ENDS + 3_000 * DAY, State.EXPIRED, None),
    ],
)
def test_it_counts_from_its_first_to_its_last_day(day, state, stars):
    assert on(day, a_recognition()) == (state, stars)


RESTS, LIFTED = date(2025, 5, 10), date(2025, 6, 20)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (RESTS - DAY, State.VALID),
        (RESTS, State.SUSPENDED),
        (RESTS + DAY, State.SUSPENDED),
        (LIFTED - DAY, State.SUSPENDED),
        (LIFTED, State.VALID),
        (LIFTED + DAY, State.VALID),
    ],
)
def test_a_suspension_rests_from_its_day_until_the_day_it_is_lifted(day, state):
    assert judge([a_recognition(rests=[(RESTS, LIFTED)])], day).state is state


def test_an_open_suspension_rests_on():
    assert on(ENDS, a_recognition(rests=[(RESTS, None)])) == (State.SUSPENDED, None)


def test_of_two_suspensions_each_rests_in_its_time():
    again = date(2025, 9, 1)
    held = a_recognition(rests=[(RESTS, LIFTED), (again, None)])
    assert [judge([held], day).in_force for day in (RESTS, LIFTED, again - DAY, again)] == [False, True, True, False]


REVOKED = date(2025, 8, 1)


@pytest.mark.parametrize(
    ("day", "state", "stars"),
    [
        (REVOKED - DAY, State.VALID, 4),
        (REVOKED, State.REVOKED, None),
        (REVOKED + DAY, State.REVOKED, None),
        (ENDS + DAY, State.REVOKED, None),
    ],
)
def test_a_revocation_ends_it_on_its_day_and_for_ever(day, state, stars):
    assert on(day, a_recognition(revoked=REVOKED)) == (state, stars)


def test_a_revocation_wins_over_a_suspension():
    assert on(REVOKED, a_recognition(revoked=REVOKED, rests=[(RESTS, None)])) == (State.REVOKED, None)


NEW_FROM, NEW_ENDS = date(2026, 12, 1), date(2029, 11, 30)


def re_assessed(**old):
    return a_recognition(1, **old), a_recognition(2, 5, NEW_FROM, NEW_ENDS)


@pytest.mark.parametrize(
    ("day", "stars"),
    [(NEW_FROM - DAY, 4), (NEW_FROM, 5), (ENDS, 5), (ENDS + DAY, 5), (NEW_ENDS, 5), (NEW_ENDS + DAY, None)],
)
def test_a_re_assessment_takes_over_on_its_first_day(day, stars):
    old, new = re_assessed()
    assert judge([old, new], day).stars == judge([new, old], day).stars == stars


def test_an_older_one_still_in_force_wins_over_a_newer_that_is_not():
    old = a_recognition(1)
    suspended = a_recognition(2, 5, NEW_FROM, NEW_ENDS, rests=[(NEW_FROM + DAY, None)])
    revoked = a_recognition(3, 5, NEW_FROM, NEW_ENDS, revoked=NEW_FROM + DAY)
    for newer in (suspended, revoked):
        assert judge([old, newer], NEW_FROM).certificate is newer
        assert judge([old, newer], NEW_FROM + DAY).certificate is old
        assert judge([old, newer], ENDS + DAY).state in (State.SUSPENDED, State.REVOKED)


def test_when_none_is_in_force_the_latest_says_why():
    old, new = re_assessed(revoked=REVOKED)
    assert judge([old, new], NEW_ENDS + DAY).state is State.EXPIRED


def test_of_two_signed_on_one_day_the_one_entered_later_wins():
    first, second = a_recognition(1, 3), a_recognition(2, 4)
    assert judge([first, second], SIGNED).certificate is second


def test_a_potential_five_star_shows_four_and_says_so():
    status = judge([a_recognition(is_potential_five=True)], SIGNED)
    assert (status.stars, status.is_potential_five) == (4, True)
    assert not judge([a_recognition(is_potential_five=True)], ENDS + DAY).is_potential_five


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({}, ENDS),
        ({"revoked": REVOKED}, REVOKED - DAY),
        ({"rests": [(RESTS, None)]}, RESTS - DAY),
        ({"rests": [(RESTS, LIFTED)]}, RESTS - DAY),
        ({"rests": [(SIGNED, SIGNED + DAY)], "revoked": REVOKED}, REVOKED - DAY),
    ],
)
def test_the_last_day_in_force_is_the_one_before_the_next_end(fields, last):
    held, day = a_recognition(**fields), SIGNED + 2 * DAY
    assert last_day(held, day) == last
    assert judge([held], last).in_force
    assert not judge([held], last + DAY).in_force


@pytest.mark.both
def test_many_products_are_judged_with_few_queries_and_each_by_its_own(app, tuesday):
    certified, bare = a_product(stars=4), a_product()
    today = date(2026, 11, 24)
    judged = statuses([certified.id, bare.id], today)
    assert (judged[certified.id].stars, judged[bare.id].state) == (4, State.NONE)
    assert statuses([], today) == {}
    second = a_certificate(certified, stars=5, day=today)
    assert status_at(certified.id, today).certificate is second
    assert status_at(certified.id, today - DAY).stars == 4
