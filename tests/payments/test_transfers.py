"""Bank transfers: the exact amount pays, any other is shown to a person, the same money is booked once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.orders.models import OrderState, WayToPay
from shop.payments import checks
from shop.payments.models import Discrepancy, Payment, Refund
from shop.payments.reconciling import reconcile
from shop.payments.transfers import BankAccount, UnknownOrder, came_in, code_for
from tests.factories import a_product, an_order, stock_of
from tests.payments.card_orders import now

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]


@pytest.fixture
def cup():
    return a_product(stock=1)


@pytest.fixture
def order(cup):
    return an_order(cup, way=WayToPay.TRANSFER)


def arrives(number, amount, reference="FT1"):
    with transaction():
        return came_in(number, Vnd(amount), bank_reference=reference, by="staff:1")


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_exact_amount_pays_and_takes_the_goods(order, cup):
    assert arrives(order.number, order.total).reference == "bank:FT1"
    assert (now(order).state, now(order).is_paid) == (OrderState.CONFIRMED, True)
    assert stock_of(cup).on_hand == 0
    assert checks.misfits() == []


def test_the_memo_may_be_typed_with_spaces_dashes_and_small_letters(order):
    number = order.number.lower()
    assert arrives(f" {number[:4]} {number[4:]}-", order.total)


@pytest.mark.parametrize("difference", [-1, 1, 100_000])
def test_any_other_amount_waits_for_a_person_and_is_noted_once(order, cup, difference):
    for _ in range(2):
        assert arrives(order.number, order.total + difference) is None
    found = db.session.scalars(select(Discrepancy)).one()
    expected = {"order": order.number, "expected": order.total, "got": order.total + difference}
    assert (found.reference, found.facts) == ("bank:FT1", expected)
    assert (now(order).state, count(Payment)) == (OrderState.PLACED, 0)
    assert stock_of(cup).held == 1


def test_the_same_line_of_the_statement_read_twice_is_one_payment(order):
    arrives(order.number, order.total)
    arrives(order.number, order.total)
    assert (count(Payment), count(Refund)) == (1, 0)


def test_who_pays_twice_gets_the_second_back(order):
    arrives(order.number, order.total, "FT1")
    arrives(order.number, order.total, "FT2")
    assert (count(Payment), count(Refund)) == (2, 1)
    assert db.session.scalars(select(Refund.payment_reference)).one() == "bank:FT2"
    assert checks.misfits() == []


@pytest.mark.parametrize("number", ["HN2222222", "", "thanh toan"])
def test_a_memo_without_an_order_is_refused(order, number):
    with pytest.raises(UnknownOrder):
        arrives(number, order.total)
    assert count(Payment) == 0


def test_money_a_day_late_takes_the_goods_again(order, cup, tuesday):
    tuesday.shift(timedelta(hours=25))
    reconcile(None)
    assert stock_of(cup).free == 1
    arrives(order.number, order.total)
    assert (now(order).state, stock_of(cup).on_hand) == (OrderState.CONFIRMED, 0)


def test_money_a_day_late_for_goods_that_are_gone_is_to_be_given_back(order, cup, tuesday):
    tuesday.shift(timedelta(hours=25))
    reconcile(None)
    an_order(cup)
    arrives(order.number, order.total)
    assert (now(order).state, count(Refund)) == (OrderState.EXPIRED, 1)
    assert checks.misfits() == []


def test_the_code_asks_for_the_total_with_the_number_as_memo(order):
    code = code_for(order, BankAccount("970436", "0123456789", "PHO NGHE"))
    assert (code.amount, code.memo) == (order.total, order.number)
    assert code.payload().isascii()
