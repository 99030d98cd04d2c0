"""settle(): money is booked once, never by guess, and late money takes the goods again or goes back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.core.outbox import Job
from shop.orders.models import Order, OrderState, WayToPay
from shop.payments import checks, reconciling
from shop.payments.gateway import GatewayDown, PaySession
from shop.payments.models import Attempt, AttemptState, Discrepancy, Payment, Refund, RefundState
from shop.payments.settling import book, settle
from shop.payments.transfers import came_in
from shop.stock import checks as stock_checks
from shop.stock import keeping
from shop.stock.keeping import Wanted
from tests.factories import BY, a_product, an_order, stock_of
from tests.fakes import down, refused
from tests.payments.card_orders import a_card_order, now, opened

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]


def how_many(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def letters(kind):
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Job.kind == kind))


def all_is_well():
    db.session.rollback()
    return checks.misfits() == stock_checks.unexplained() == stock_checks.overheld() == []


def expire_unpaid(gateway, tuesday, after):
    tuesday.shift(after)
    reconciling.reconcile(gateway)
    tuesday.shift(timedelta(minutes=10))
    reconciling.reconcile(gateway)


def paid_after_all(gateway, session):
    """The gateway took the money although the page had ended: what must never happen, and does."""
    gateway.sessions[session.id] = replace(
        session, status="complete", is_paid=True, payment_reference=f"pi_{session.id}"
    )


def test_a_paid_page_confirms_the_order_and_takes_the_goods(gateway):
    cup = a_product(stock=5)
    order = a_card_order((cup, 2))
    session = opened(order, gateway)
    gateway.pay(session.id)
    settle(session.id, gateway)
    order = now(order)
    assert (order.state, order.is_paid) == (OrderState.CONFIRMED, True)
    assert (stock_of(cup).on_hand, stock_of(cup).held) == (3, 0)
    payment = db.session.scalars(select(Payment)).one()
    assert (payment.reference, payment.amount, payment.way) == (f"pi_{session.id}", order.total, "card")
    assert db.session.scalars(select(Attempt.state)).one() is AttemptState.PAID
    assert all_is_well()


def test_four_callers_book_one_payment_and_one_letter(gateway):
    cup = a_product(stock=5)
    order = a_card_order(cup)
    session = opened(order, gateway)
    gateway.pay(session.id)
    for _ in range(4):
        settle(session.id, gateway)
    assert (how_many(Payment), how_many(Refund), letters("letter.order_paid")) == (1, 0, 1)
    assert stock_of(cup).on_hand == 4
    assert all_is_well()


def test_an_open_page_settles_nothing(gateway):
    order = a_card_order()
    session = opened(order, gateway)
    settle(session.id, gateway)
    assert (now(order).state, how_many(Payment)) == (OrderState.PLACED, 0)


def test_an_expired_page_ends_the_attempt_but_not_yet_the_order(gateway):
    order = a_card_order()
    session = opened(order, gateway)
    gateway.expire(session.id)
    settle(session.id, gateway)
    assert db.session.scalars(select(Attempt.state)).one() is AttemptState.EXPIRED
    assert now(order).state is OrderState.PLACED


@pytest.mark.parametrize("other", [{"amount": 1}, {"amount": 14_000_000}, {"currency": "usd"}])
def test_another_amount_or_currency_is_never_paid_but_shown_to_a_person_once(gateway, other):
    cup = a_product(stock=5)
    order = a_card_order(cup)
    session = opened(order, gateway)
    gateway.pay(session.id, **other)
    settle(session.id, gateway)
    settle(session.id, gateway)
    assert (now(order).is_paid, how_many(Payment), how_many(Discrepancy)) == (False, 0, 1)
    found = db.session.scalars(select(Discrepancy)).one()
    assert (found.reference, found.facts["expected"]) == (session.id, order.total)
    assert stock_of(cup).held == 1


def test_a_payment_of_another_site_on_the_same_account_is_left_alone(gateway):
    a_card_order()
    for attempt_id in (None, 99):
        book(PaySession("cs_other", None, "complete", True, Vnd(5), "vnd", "pi_other", attempt_id))
    assert (how_many(Payment), how_many(Discrepancy)) == (0, 0)


def test_a_page_whose_answer_was_lost_is_found_by_what_it_carries(gateway):
    order = a_card_order()
    session = opened(order, gateway)
    with transaction():
        attempt = db.session.scalars(select(Attempt)).one()
        attempt.session_id, attempt.url, attempt.state = None, None, AttemptState.CREATING
    book(session)
    assert db.session.scalars(select(Attempt.session_id)).one() == session.id
    assert db.session.scalars(select(Attempt.state)).one() is AttemptState.OPEN
    book(gateway.pay(session.id))
    assert now(order).is_paid


def test_while_the_gateway_is_down_nothing_is_booked(gateway):
    session = opened(a_card_order(), gateway)
    gateway.fault("fetch", down())
    with pytest.raises(GatewayDown):
        settle(session.id, gateway)
    assert how_many(Payment) == 0


def test_late_money_takes_the_goods_again(gateway, tuesday):
    cup = a_product(stock=1)
    order = a_card_order(cup)
    session = opened(order, gateway)
    expire_unpaid(gateway, tuesday, timedelta(minutes=32))
    assert (now(order).state, stock_of(cup).free) == (OrderState.EXPIRED, 1)
    paid_after_all(gateway, session)
    settle(session.id, gateway)
    assert (now(order).state, now(order).is_paid, stock_of(cup).on_hand) == (OrderState.CONFIRMED, True, 0)
    assert how_many(Refund) == 0
    assert all_is_well()


def test_late_money_for_goods_that_are_gone_goes_back(gateway, tuesday):
    cup = a_product(stock=1)
    order = a_card_order(cup)
    session = opened(order, gateway)
    expire_unpaid(gateway, tuesday, timedelta(minutes=32))
    with transaction():
        keeping.hold([Wanted(stock_of(cup).id, 1)], reference="order:other")
    paid_after_all(gateway, session)
    settle(session.id, gateway)
    settle(session.id, gateway)
    assert (now(order).state, now(order).is_paid) == (OrderState.EXPIRED, False)
    refund = db.session.scalars(select(Refund)).one()
    assert (refund.amount, refund.reason, refund.state) == (order.total, "goods were gone", RefundState.DUE)
    assert letters("stripe.refund") == 1
    assert letters("letter.order_paid") == 0
    assert all_is_well()


def test_of_two_goods_one_gone_neither_is_taken_again(gateway, tuesday):
    cup, pot = a_product(stock=1), a_product(stock=1)
    order = a_card_order(cup, pot)
    session = opened(order, gateway)
    expire_unpaid(gateway, tuesday, timedelta(minutes=32))
    with transaction():
        keeping.hold([Wanted(stock_of(pot).id, 1)], reference="order:other")
    paid_after_all(gateway, session)
    settle(session.id, gateway)
    assert (stock_of(cup).free, how_many(Refund)) == (1, 1)
    assert all_is_well()


def test_money_for_a_cancelled_order_goes_back(gateway):
    cup = a_product(stock=1)
    order = a_card_order(cup)
    session = opened(order, gateway)
    with transaction():
        now_cancelled = db.session.get_one(Order, order.id)
        now_cancelled.cancel(by=BY)
        keeping.release(now_cancelled.stock_reference)
    gateway.pay(session.id)
    settle(session.id, gateway)
    assert db.session.scalars(select(Refund.reason)).one() == "order was cancelled"
    assert (now(order).state, stock_of(cup).free) == (OrderState.CANCELLED, 1)
    assert all_is_well()


def test_a_second_payment_goes_back(gateway):
    order = a_card_order()
    session = opened(order, gateway)
    gateway.pay(session.id)
    settle(session.id, gateway)
    with transaction():
        came_in(order.number, order.total, bank_reference="FT1", by="staff:1")
    assert (how_many(Payment), how_many(Refund)) == (2, 1)
    refund = db.session.scalars(select(Refund)).one()
    assert (refund.reason, refund.payment_reference) == ("paid twice", "bank:FT1")
    assert letters("stripe.refund") == 0, "money from a bank is given back by a person"
    assert letters("letter.order_paid") == 1
    assert all_is_well()


def a_refund_due(gateway):
    """An order paid by transfer, then by card too."""
    order = a_card_order()
    session = opened(order, gateway)
    with transaction():
        came_in(order.number, order.total, bank_reference="FT1", by="staff:1")
    gateway.pay(session.id)
    settle(session.id, gateway)
    db.session.rollback()
    return db.session.scalars(select(Refund)).one()


def test_a_refund_is_sent_once_however_often_it_is_asked(gateway):
    refund = a_refund_due(gateway)
    for _ in range(3):
        reconciling.send_refund(refund.request_key, gateway)
    assert list(gateway.refunds.values()) == [(refund.payment_reference, refund.amount)]
    assert gateway.heard.count("refund") == 1
    assert (refund.state, refund.provider_reference) == (RefundState.SENT, f"re_re-{refund.id}")


def test_a_refund_whose_answer_was_lost_is_the_same_refund(gateway):
    refund = a_refund_due(gateway)
    gateway.fault("refund", down(), after_the_deed=True)
    with pytest.raises(GatewayDown):
        reconciling.send_refund(refund.request_key, gateway)
    db.session.rollback()
    assert refund.state is RefundState.DUE
    reconciling.send_refund(refund.request_key, gateway)
    assert (len(gateway.refunds), refund.state) == (1, RefundState.SENT)


def test_a_refund_the_gateway_refuses_is_kept_for_a_person(gateway):
    refund = a_refund_due(gateway)
    gateway.fault("refund", refused())
    reconciling.send_refund(refund.request_key, gateway)
    db.session.rollback()
    assert (refund.state, refund.provider_reference) == (RefundState.FAILED, None)


def test_money_that_fits_no_order_is_found_by_the_check(gateway):
    order = an_order(way=WayToPay.TRANSFER)
    with transaction():
        found = db.session.get_one(Order, order.id)
        found.mark_paid(by=BY)
    assert checks.misfits() == [order.number]
