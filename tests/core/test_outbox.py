"""The outbox: a promise is kept at least once, retried with patience, given up in the end, done by one worker."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core import outbox
from shop.core.db import db, transaction
from shop.core.outbox import GIVE_UP_AFTER, LEASE, Job
from tests.rivals import elsewhere

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("app")]


class Kept(list):
    """A handler that remembers what it did, and fails as often as told."""

    def __init__(self, failures=0):
        self.failures = failures

    def __call__(self, facts):
        self.append(facts["number"])
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the post office is closed")


def put(number=1, kind="letter"):
    with transaction():
        outbox.put(kind, number=number)


def the_job():
    db.session.rollback()
    return db.session.scalars(select(Job), execution_options={"populate_existing": True}).one()


def test_a_promise_is_kept_once(tuesday):
    put()
    letters = Kept()
    assert outbox.work({"letter": letters}) == 1
    assert outbox.work({"letter": letters}) == 0
    assert letters == [1]
    assert the_job().done_at is not None


def test_the_oldest_is_kept_first(tuesday):
    for number in (1, 2, 3):
        put(number)
        tuesday.shift(1)
    letters = Kept()
    assert outbox.work({"letter": letters}, limit=2) == 2
    assert letters == [1, 2]


def test_a_promise_of_an_undone_deed_was_never_made():
    with pytest.raises(ZeroDivisionError), transaction():
        outbox.put("letter", number=1)
        1 / 0
    letters = Kept()
    assert outbox.work({"letter": letters}) == 0
    assert letters == []


def test_a_failure_is_tried_again_later_and_later(tuesday):
    put()
    letters = Kept(failures=3)
    for waits in (2, 4, 8):
        assert outbox.work({"letter": letters}) == 0
        assert the_job().trouble == "ConnectionError: the post office is closed"
        tuesday.shift(waits - 1)
        before = len(letters)
        outbox.work({"letter": letters})
        assert len(letters) == before, "too early"
        tuesday.shift(1.5)
    assert outbox.work({"letter": letters}) == 1
    assert letters == [1, 1, 1, 1]
    assert the_job().trouble is None


def test_it_is_given_up_after_two_days_of_failures_and_says_why(tuesday):
    put()
    letters = Kept(failures=99)
    for _ in range(GIVE_UP_AFTER + 3):
        outbox.work({"letter": letters})
        tuesday.shift(timedelta(hours=1))
    assert len(letters) == GIVE_UP_AFTER == 48
    job = the_job()
    assert (job.done_at, job.given_up_at is None, job.attempts) == (None, False, GIVE_UP_AFTER)
    assert "post office" in job.trouble


def test_a_kind_that_nobody_keeps_is_trouble_not_silence(tuesday):
    put(kind="telegram")
    assert outbox.work({}) == 0
    assert the_job().trouble == "KeyError: 'telegram'"


def test_one_failing_promise_does_not_hold_up_the_next(tuesday):
    put(1, "broken")
    put(2)
    letters = Kept()
    assert outbox.work({"letter": letters, "broken": Kept(failures=99)}) == 1
    assert letters == [2]


def test_after_a_crash_it_is_done_again_when_the_lease_is_over(tuesday):
    put()
    letters = Kept()

    class PowerCut(BaseException):
        pass

    def crash(facts):
        letters(facts)
        raise PowerCut

    with pytest.raises(PowerCut):
        outbox.work({"letter": crash})
    db.session.rollback()
    assert outbox.work({"letter": letters}) == 0, "the lease still runs"
    tuesday.shift(LEASE + timedelta(seconds=1))
    assert outbox.work({"letter": letters}) == 1
    assert letters == [1, 1]


def test_a_handler_may_open_transactions_and_its_failure_undoes_them(tuesday):
    put()

    def half(facts):
        with transaction():
            outbox.put("half", number=2)
        with transaction():
            outbox.put("never", number=3)
            raise ConnectionError("half way")

    assert outbox.work({"letter": half}, limit=1) == 0
    db.session.rollback()
    assert set(db.session.scalars(select(Job.kind))) == {"letter", "half"}


def test_two_workers_do_a_promise_once(app):
    for number in range(12):
        put(number)
    letters = Kept()

    def work():
        with app.app_context():
            outbox.work({"letter": letters})

    elsewhere(work, work, work)
    assert sorted(letters) == list(range(12))
