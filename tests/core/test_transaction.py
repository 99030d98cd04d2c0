"""`transaction()`: all of it or nothing, never two at once, never on an old snapshot."""

import pytest
from sqlalchemy import select

from shop.core import outbox
from shop.core.db import db, transaction
from shop.core.outbox import Job
from tests.rivals import elsewhere

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("app")]


def kinds():
    db.session.rollback()
    return list(db.session.scalars(select(Job.kind).order_by(Job.id)))


def test_what_was_written_is_kept_after_it():
    with transaction():
        outbox.put("letter.one")
    assert kinds() == ["letter.one"]


def test_an_error_undoes_all_of_it_and_is_passed_on():
    with pytest.raises(ZeroDivisionError), transaction():
        outbox.put("letter.one")
        db.session.flush()
        outbox.put("letter.two")
        1 / 0
    assert kinds() == []


def test_a_second_one_inside_is_refused_and_the_first_is_undone():
    with pytest.raises(RuntimeError, match="open already"), transaction():
        outbox.put("letter.one")
        with transaction():
            outbox.put("letter.two")
    assert kinds() == []


def test_after_an_error_the_next_one_works():
    with pytest.raises(ZeroDivisionError), transaction():
        1 / 0
    with transaction():
        outbox.put("letter.one")
    assert kinds() == ["letter.one"]


def test_what_was_read_before_is_read_anew_inside(app):
    """Somebody else writes between our read and our transaction: the transaction must see it."""
    with transaction():
        outbox.put("letter.one")
    job = db.session.scalars(select(Job)).one()
    assert job.attempts == 0

    def write():
        with app.app_context(), transaction():
            db.session.scalars(select(Job)).one().attempts = 7

    elsewhere(write)
    with transaction():
        assert job.attempts == 7
        job.attempts += 1
    db.session.rollback()
    assert db.session.scalars(select(Job.attempts)).one() == 8


def test_two_writers_at_once_wait_for_each_other(app):
    """Twenty increments by read and write in four threads: none is lost where each takes its turn."""
    with transaction():
        outbox.put("counter")

    def count():
        with app.app_context():
            for _ in range(5):
                with transaction():
                    db.session.scalars(select(Job).with_for_update()).one().attempts += 1

    elsewhere(*[count] * 4)
    db.session.rollback()
    assert db.session.scalars(select(Job.attempts)).one() == 20
