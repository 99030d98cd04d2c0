"""An order's life moves only forward, step by step, and is found only by those it belongs to."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm.exc import StaleDataError

from shop.core.db import db, transaction
from shop.orders import checks, finding
from shop.orders.models import NEXT, Order, OrderState, Parcel, WayToPay, WrongMoment
from tests.factories import BY, a_user, an_order

DEEDS = {
    OrderState.CONFIRMED: lambda order: order.confirm(by=BY),
    OrderState.EXPIRED: lambda order: order.expire(by=BY),
    OrderState.CANCELLED: lambda order: order.cancel(by=BY),
}
REFUSED = [(was, wanted) for was in OrderState for wanted in DEEDS if wanted not in NEXT[was]]
ALLOWED = [(was, wanted) for was in OrderState for wanted in DEEDS if wanted in NEXT[was]]


@pytest.mark.parametrize(("was", "wanted"), ALLOWED)
def test_what_may_follow_leaves_a_step(was, wanted):
    order = Order(number="HN1", state=was)
    DEEDS[wanted](order)
    assert order.state is wanted
    assert [(step.was, step.became, step.by) for step in order.history] == [(was, wanted, BY)]


@pytest.mark.parametrize(("was", "wanted"), REFUSED)
def test_what_may_not_follow_is_refused(was, wanted):
    order = Order(number="HN1", state=was)
    with pytest.raises(WrongMoment):
        DEEDS[wanted](order)
    assert (order.state, order.history) == (was, [])


def test_a_collected_or_cancelled_order_is_at_its_end():
    assert not NEXT[OrderState.HANDED_OVER]
    assert not NEXT[OrderState.CANCELLED]
    assert set(NEXT) == set(OrderState)


def test_marking_paid_confirms_what_was_only_placed_and_leaves_the_confirmed():
    waiting, at_the_door = Order(number="1", state=OrderState.PLACED), Order(number="2", state=OrderState.CONFIRMED)
    for order in (waiting, at_the_door):
        order.mark_paid(by=BY)
        assert (order.state, order.is_paid) == (OrderState.CONFIRMED, True)
    assert (len(waiting.history), at_the_door.history) == (1, [])


@pytest.mark.both
def test_of_two_people_changing_one_order_the_second_is_told(app, tuesday):
    order = an_order(way=WayToPay.TRANSFER)
    with pytest.raises(StaleDataError), transaction():
        found = db.session.get_one(Order, order.id)
        another_person = update(Order).where(Order.id == order.id).values(version=Order.version + 1)
        db.session.execute(another_person, execution_options={"synchronize_session": False})
        found.note = "too late"


@pytest.mark.both
def test_an_order_is_found_by_its_address_only_with_its_secret(app, tuesday):
    order = an_order()
    db.session.rollback()
    assert finding.by_address(order.number, order.secret).id == order.id
    for number, secret in ((order.number, ""), (order.number, "ữ" + order.secret), ("HN2222222", order.secret)):
        assert finding.by_address(number, secret) is None


def test_a_guest_without_the_link_needs_number_and_phone(app, tuesday):
    order = an_order(phone="+84912345678")
    assert finding.by_number_and_phone(order.number, "+84912345678").id == order.id
    assert finding.by_number_and_phone(order.number, "+84912345679") is None
    assert finding.by_number_and_phone("HN2222222", "+84912345678") is None


def test_a_signed_in_buyer_sees_only_their_own_orders(app, tuesday):
    mine, other = a_user(), a_user()
    order = an_order(user_id=mine.id)
    an_order(user_id=other.id)
    an_order()
    assert [found.id for found in db.session.scalars(finding.of_user(mine.id))] == [order.id]


def test_an_order_that_does_not_add_up_is_found(app, tuesday):
    right, wrong = an_order(), an_order()
    assert checks.not_adding_up() == []
    with transaction():
        db.session.execute(update(Parcel).where(Parcel.order_id == wrong.id).values(price=1))
    assert checks.not_adding_up() == [wrong.number]
    assert right.total == right.goods_total + right.delivery_total
