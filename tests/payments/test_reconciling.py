"""Each minute's round: nothing paid stays unseen, nothing unpaid holds goods for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core.db import db, transaction
from shop.orders.models import Order, OrderState, WayToPay
from shop.payments import cards, checks
from shop.payments.models import Attempt, AttemptState
from shop.payments.reconciling import reconcile
from shop.payments.transfers import came_in
from shop.stock import checks as stock_checks
from tests.factories import a_product, an_order, stock_of
from tests.fakes import down, refused
from tests.payments.card_orders import a_card_order, begun, opened

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]

MINUTE = timedelta(minutes=1)
PAGE_ENDED, HOLD_ENDED = 32 * MINUTE, 6 * MINUTE


@pytest.fixture
def cup():
    return a_product(stock=1)


def state(order):
    db.session.rollback()
    return db.session.scalars(select(Order.state).where(Order.id == order.id)).one()


def attempt_of(order):
    db.session.rollback()
    found = select(Attempt).where(Attempt.order_id == order.id).order_by(Attempt.id.desc())
    return db.session.scalars(found, execution_options={"populate_existing": True}).first()


def paid(order):
    db.session.rollback()
    return db.session.scalars(select(Order.paid_at).where(Order.id == order.id)).one() is not None


def all_is_well():
    db.session.rollback()
    return checks.misfits() == stock_checks.unexplained() == stock_checks.overheld() == []


def test_a_page_never_asked_for_is_opened_by_the_round(gateway, cup):
    order = a_card_order(cup)
    begun(order)
    reconcile(gateway)
    assert (attempt_of(order).state, attempt_of(order).session_id) == (AttemptState.OPEN, "cs_1")
    assert attempt_of(order).url == "https://pay.example/1"


def test_a_page_whose_answer_was_lost_is_the_same_page(gateway, cup):
    order = a_card_order(cup)
    attempt = begun(order)
    gateway.fault("create", down(), after_the_deed=True)
    with pytest.raises(type(down())):
        gateway.create(attempt.params, key=attempt.idempotency_key)
    reconcile(gateway)
    assert len(gateway.sessions) == 1
    assert attempt_of(order).session_id == "cs_1"


def test_a_gateway_that_replays_its_saved_error_for_ever_is_overcome_by_its_list(gateway, cup):
    order = a_card_order(cup)
    attempt = begun(order)
    gateway.create(attempt.params, key=attempt.idempotency_key)
    gateway.pay("cs_1")
    gateway.fault("create", down())
    reconcile(gateway)
    assert paid(order)
    assert gateway.heard.count("create") == 1


def test_a_page_the_gateway_refuses_gives_the_goods_back_when_the_hold_ends(gateway, cup, tuesday):
    order = a_card_order(cup)
    begun(order)
    gateway.fault("create", refused())
    reconcile(gateway)
    assert attempt_of(order).state is AttemptState.FAILED
    tuesday.shift(PAGE_ENDED + HOLD_ENDED)
    reconcile(gateway)
    assert (state(order), stock_of(cup).free) == (OrderState.EXPIRED, 1)
    assert all_is_well()


def test_a_gateway_that_is_down_all_the_time_holds_the_goods_no_longer_than_the_grace(gateway, cup, tuesday):
    order = a_card_order(cup)
    begun(order)
    for _ in range(4):
        gateway.fault("create", down())
        gateway.fault("list_since", down())
        reconcile(gateway)
        assert (attempt_of(order).state, stock_of(cup).held) == (AttemptState.CREATING, 1)
        tuesday.shift(9 * MINUTE)
    tuesday.shift(MINUTE)
    gateway.fault("create", down())
    gateway.fault("list_since", down())
    reconcile(gateway)
    assert attempt_of(order).state is AttemptState.FAILED
    assert (state(order), stock_of(cup).free) == (OrderState.EXPIRED, 1)


def test_a_lost_webhook_is_made_good_within_a_round(gateway, cup):
    order = a_card_order(cup)
    gateway.pay(opened(order, gateway).id)
    reconcile(gateway)
    assert paid(order)
    reconcile(gateway)
    assert all_is_well()


def test_an_overdue_page_is_ended_at_the_gateway_before_the_goods_are_let_go(gateway, cup, tuesday):
    order = a_card_order(cup)
    opened(order, gateway)
    tuesday.shift(PAGE_ENDED)
    gateway.heard.clear()
    reconcile(gateway)
    assert "expire" in gateway.heard
    assert attempt_of(order).state is AttemptState.EXPIRED
    assert (state(order), stock_of(cup).held) == (OrderState.PLACED, 1)
    tuesday.shift(HOLD_ENDED)
    reconcile(gateway)
    assert (state(order), stock_of(cup).free) == (OrderState.EXPIRED, 1)
    assert all_is_well()


def test_a_page_not_yet_overdue_is_left_alone(gateway, cup, tuesday):
    order = a_card_order(cup)
    opened(order, gateway)
    tuesday.shift(30 * MINUTE)
    reconcile(gateway)
    assert "expire" not in gateway.heard
    assert state(order) is OrderState.PLACED


def test_while_nobody_can_end_the_page_the_goods_stay_held(gateway, cup, tuesday):
    order = a_card_order(cup)
    opened(order, gateway)
    tuesday.shift(PAGE_ENDED + HOLD_ENDED)
    gateway.fault("list_since", down())
    gateway.fault("expire", down())
    reconcile(gateway)
    assert (state(order), stock_of(cup).held) == (OrderState.PLACED, 1)
    reconcile(gateway)
    assert (state(order), stock_of(cup).free) == (OrderState.EXPIRED, 1)


def test_who_pays_in_the_last_second_gets_the_goods(gateway, cup, tuesday):
    order = a_card_order(cup)
    session = opened(order, gateway)
    tuesday.shift(PAGE_ENDED)
    gateway.pay(session.id)
    gateway.fault("list_since", down())
    reconcile(gateway)
    assert paid(order)
    assert stock_of(cup).on_hand == 0
    assert all_is_well()


def test_one_order_that_fails_leaves_the_others_their_turn(gateway, tuesday):
    first, second = a_card_order(), a_card_order()
    begun(first)
    begun(second)
    gateway.fault("create", ZeroDivisionError("a slip in the gateway's answer"))
    reconcile(gateway)
    assert {attempt_of(first).state, attempt_of(second).state} == {AttemptState.CREATING, AttemptState.OPEN}


def test_a_transfer_that_never_comes_gives_the_goods_back_after_a_day(tuesday):
    cup = a_product(stock=9)
    order = an_order(cup, way=WayToPay.TRANSFER)
    tuesday.shift(timedelta(hours=23, minutes=59))
    reconcile(None)
    assert (state(order), stock_of(cup).held) == (OrderState.PLACED, 1)
    tuesday.shift(2 * MINUTE)
    reconcile(None)
    reconcile(None)
    assert (state(order), stock_of(cup).free) == (OrderState.EXPIRED, 9)
    assert all_is_well()


def test_the_last_pieces_wait_two_hours_for_a_transfer(cup, tuesday):
    order = an_order(cup, way=WayToPay.TRANSFER)
    tuesday.shift(timedelta(hours=2, minutes=1))
    reconcile(None)
    assert (state(order), stock_of(cup).free) == (OrderState.EXPIRED, 1)
    assert all_is_well()


def test_what_is_paid_or_paid_at_the_door_never_expires(tuesday):
    by_transfer, at_the_door = an_order(way=WayToPay.TRANSFER), an_order()
    with transaction():
        came_in(by_transfer.number, by_transfer.total, bank_reference="FT1", by="staff:1")
    tuesday.shift(timedelta(days=30))
    reconcile(None)
    assert state(by_transfer) is state(at_the_door) is OrderState.CONFIRMED


def test_an_order_by_card_abandoned_before_any_page_gives_the_goods_back(gateway, cup, tuesday):
    order = a_card_order(cup)
    tuesday.shift(37 * MINUTE)
    reconcile(gateway)
    assert (state(order), stock_of(cup).free) == (OrderState.EXPIRED, 1)
    assert cards.live_attempt(order) is None
