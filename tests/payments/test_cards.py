"""An attempt to pay by card: one at a time, frozen before the gateway hears of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.db import db, transaction
from shop.orders.models import WayToPay
from shop.payments import cards
from shop.payments.cards import CardNotPossible, is_payable
from shop.payments.models import Attempt, AttemptState
from tests.factories import BY, a_product, an_order
from tests.fakes import FakeGateway
from tests.payments.card_orders import a_card_order, begun, opened

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]


def test_dong_have_no_smaller_part_so_150000_is_asked_as_150000():
    attempt = begun(a_card_order(a_product(price=130_000)))
    db.session.expire_all()
    price = attempt.params["line_items"][0]["price_data"]
    assert (price["unit_amount"], price["currency"], attempt.amount) == (150_000, "vnd", 150_000)


def test_the_parameters_carry_order_and_attempt_so_that_a_lost_answer_is_found_again():
    order = a_card_order()
    attempt = begun(order)
    assert attempt.params["client_reference_id"] == order.number
    about = {"order": order.number, "attempt": str(attempt.id)}
    assert attempt.params["metadata"] == attempt.params["payment_intent_data"]["metadata"] == about


def test_the_page_lasts_longer_than_the_gateway_s_least_and_shorter_than_the_hold():
    order = a_card_order()
    attempt = begun(order)
    ends = attempt.expires_at
    assert attempt.params["expires_at"] == int(ends.timestamp())
    assert clock.now() + timedelta(minutes=30) < ends < order.pay_by


def test_asking_again_gives_the_same_attempt_with_the_same_parameters():
    order = a_card_order()
    first = begun(order)
    params = dict(first.params)
    second = begun(order)
    assert (second.id, second.params, second.idempotency_key) == (first.id, params, first.idempotency_key)


def test_after_one_has_ended_the_next_is_new_and_the_goods_are_held_for_it(tuesday):
    order, gateway = a_card_order(), FakeGateway()
    session = opened(order, gateway)
    tuesday.shift(timedelta(minutes=20))
    with transaction():
        cards.live_attempt(order).state = AttemptState.EXPIRED
    second = begun(order)
    assert second.idempotency_key != db.session.scalars(select(Attempt).order_by(Attempt.id)).first().idempotency_key
    assert order.pay_by > second.expires_at
    assert session.attempt_id != second.id


def test_the_database_itself_refuses_a_second_live_attempt():
    order = a_card_order()
    begun(order)
    with pytest.raises(IntegrityError), transaction():
        now = clock.now()
        rival = Attempt(order_id=order.id, params={}, idempotency_key="x", amount=1, made_at=now, expires_at=now)
        db.session.add(rival)


@pytest.mark.parametrize("way", [WayToPay.TRANSFER, WayToPay.CASH_ON_DELIVERY])
def test_an_order_to_be_paid_otherwise_has_no_card_page(way):
    order = an_order(way=way)
    with pytest.raises(CardNotPossible):
        begun(order)


def test_an_expired_order_has_no_card_page():
    order = a_card_order()
    with transaction():
        order.expire(by=BY)
    with pytest.raises(CardNotPossible):
        begun(order)


@pytest.mark.parametrize(
    ("amount", "payable"), [(14_999, False), (15_000, True), (99_999_999, True), (100_000_000, False)]
)
def test_the_gateway_takes_amounts_within_its_limits(amount, payable):
    assert is_payable(amount) is payable


def test_the_same_answer_kept_twice_changes_nothing():
    order, gateway = a_card_order(), FakeGateway()
    session = opened(order, gateway)
    attempt = cards.live_attempt(order)
    with transaction():
        cards.opened(attempt, session)
    assert (attempt.state, attempt.session_id, attempt.url) == (AttemptState.OPEN, session.id, session.url)
