"""Changing from card to transfer: the pay page is ended first, so that nobody pays twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, transaction
from shop.orders.models import Order, OrderState, WayToPay
from shop.payments import cards
from shop.payments.gateway import GatewayDown
from shop.payments.models import Attempt, AttemptState
from shop.payments.switching import TooLateToSwitch, switch_to_transfer
from tests.factories import BY, a_product, an_order, stock_of
from tests.fakes import down
from tests.payments.card_orders import a_card_order, begun, now, opened

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]


def test_the_page_is_ended_and_the_goods_are_held_for_the_transfer(gateway):
    cup = a_product(stock=9)
    order = a_card_order(cup)
    session = opened(order, gateway)
    switch_to_transfer(order, gateway)
    assert gateway.sessions[session.id].status == "expired"
    assert (now(order).way_to_pay, now(order).state) == (WayToPay.TRANSFER, OrderState.PLACED)
    assert timedelta(hours=23) < now(order).pay_by - clock.now() <= timedelta(hours=24)
    assert cards.live_attempt(order) is None
    assert stock_of(cup).held == 1


def test_an_order_without_a_page_switches_at_once():
    order = a_card_order()
    switch_to_transfer(order, None)
    assert now(order).way_to_pay is WayToPay.TRANSFER


def test_who_has_paid_meanwhile_has_paid(gateway):
    order = a_card_order()
    gateway.pay(opened(order, gateway).id)
    with pytest.raises(TooLateToSwitch):
        switch_to_transfer(order, gateway)
    assert (now(order).way_to_pay, now(order).is_paid) == (WayToPay.CARD, True)


def test_while_the_gateway_is_down_nothing_changes(gateway):
    order = a_card_order()
    opened(order, gateway)
    gateway.fault("expire", down())
    with pytest.raises(GatewayDown):
        switch_to_transfer(order, gateway)
    assert now(order).way_to_pay is WayToPay.CARD
    assert db.session.scalars(select(Attempt.state)).one() is AttemptState.OPEN


def test_a_page_nobody_was_sent_to_is_given_up_for_the_transfer(gateway):
    order = a_card_order()
    attempt = begun(order)
    switch_to_transfer(order, gateway)
    assert now(order).way_to_pay is WayToPay.TRANSFER
    assert db.session.get_one(Attempt, attempt.id).state is AttemptState.FAILED


def test_the_last_pieces_are_not_held_longer_by_going_over_the_card(gateway):
    order = a_card_order(a_product(stock=1))
    opened(order, gateway)
    switch_to_transfer(order, gateway)
    assert now(order).pay_by - now(order).placed_at <= timedelta(hours=2)


def test_a_confirmed_or_closed_order_cannot_switch(gateway):
    confirmed, expired = an_order(), a_card_order()
    with transaction():
        db.session.get_one(Order, expired.id).expire(by=BY)
    for order in (confirmed, expired):
        with pytest.raises(TooLateToSwitch):
            switch_to_transfer(order, gateway)
