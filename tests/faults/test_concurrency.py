"""Real processes on one database: nobody sells a piece twice, books money twice, or makes two orders of one."""

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import pytest
from sqlalchemy import func, select

from shop.catalogue.models import Product
from shop.core import outbox
from shop.core.db import db, transaction
from shop.core.outbox import Job
from shop.orders import checks as order_checks
from shop.orders.models import Order, OrderState, WayToPay
from shop.payments import checks as payment_checks
from shop.payments.models import Payment, Refund
from shop.stock import checks as stock_checks
from tests.factories import a_cart, a_product, an_order, stock_of
from tests.fakes import FakeGateway
from tests.faults import deeds
from tests.payments.card_orders import a_card_order, opened

pytestmark = pytest.mark.both

PROCESSES = 4
CASH, TRANSFER = WayToPay.CASH_ON_DELIVERY, WayToPay.TRANSFER


@pytest.fixture(scope="module")
def processes():
    """Started once for all tests here; each makes an app of its own for each database."""
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn, initializer=deeds.meet, initargs=(start,)) as pool:
        yield pool


@pytest.fixture
def at_once(processes, app):
    """Does deeds in as many processes at the same moment; answers all their outcomes."""
    config = app.config["SHOP"]
    env = {"SHOP_INSTANCE": str(config.instance), "DATABASE_URL": config.database_url}

    def run(*work):
        db.session.rollback()
        idle = [(None,)] * (PROCESSES - len(work))
        running = [processes.submit(deeds.together, env, *one) for one in [*work, *idle]]
        return Counter(outcome for one in running for outcome in one.result(timeout=120))

    return run


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def all_is_well():
    db.session.rollback()
    stock = stock_checks.unexplained() + stock_checks.overheld()
    return stock == order_checks.not_adding_up() == payment_checks.misfits() == []


def shared_out(things, among=PROCESSES):
    return [things[i::among] for i in range(among)]


@pytest.mark.parametrize("way", [CASH, TRANSFER])
def test_a_hundred_buyers_on_fifty_pieces_make_exactly_fifty_orders(at_once, way):
    cup = a_product(stock=50)
    tokens = [a_cart(cup).token for _ in range(100)]
    outcomes = at_once(*((deeds.buy, part, way) for part in shared_out(tokens)))
    told = outcomes["OutOfStock"] + outcomes["LinesNeedCare"]
    assert (outcomes["done"], told) == (50, 50), outcomes
    assert count(Order) == len(set(db.session.scalars(select(Order.number)))) == 50
    stock = stock_of(cup)
    assert (stock.free, stock.on_hand) == (0, 0 if way is CASH else 50)
    assert not db.session.scalars(select(Product.in_stock)).one()
    assert all_is_well()


def test_of_two_buyers_of_the_last_piece_one_wins_and_one_is_told(at_once):
    for _ in range(5):
        cup = a_product(stock=1)
        outcomes = at_once(*((deeds.buy, [a_cart(cup).token], CASH) for _ in range(2)))
        assert outcomes["done"] == 1, outcomes
        assert outcomes["OutOfStock"] + outcomes["LinesNeedCare"] == 1, outcomes
        assert stock_of(cup).on_hand == 0
    assert all_is_well()


def test_baskets_of_the_same_goods_in_any_order_do_not_lock_each_other_out(at_once):
    goods = [a_product(stock=20) for _ in range(3)]
    tokens = [a_cart(*(goods[::-1] if i % 2 else goods)).token for i in range(16)]
    outcomes = at_once(*((deeds.buy, part, TRANSFER) for part in shared_out(tokens)))
    assert outcomes == {"done": 16}
    assert [stock_of(thing).held for thing in goods] == [16, 16, 16]
    assert all_is_well()


def test_the_same_checkout_in_several_windows_at_once_is_one_order(at_once):
    for _ in range(5):
        cup = a_product(stock=9)
        cart = a_cart((cup, 2))
        outcomes = at_once(*[(deeds.check_out_as_seen, cart.token, cart.version)] * PROCESSES)
        assert outcomes["done"] == 1, outcomes
        assert set(outcomes) <= {"done", "BasketChanged", "IntegrityError"}, outcomes
        assert stock_of(cup).on_hand == 7
    assert count(Order) == 5
    assert all_is_well()


def test_one_payment_settled_in_four_processes_is_booked_once(at_once):
    cup, gateway = a_product(stock=5), FakeGateway()
    order = a_card_order(cup)
    session = gateway.pay(opened(order, gateway).id)
    outcomes = at_once(*[(deeds.settle_session, session)] * PROCESSES)
    assert outcomes == {"done": 3 * PROCESSES}
    assert (count(Payment), count(Refund)) == (1, 0)
    assert db.session.scalars(select(Order.state)).one() is OrderState.CONFIRMED
    assert list(db.session.scalars(select(Job.kind))).count("letter.order_paid") == 1
    assert stock_of(cup).on_hand == 4
    assert all_is_well()


def test_one_transfer_entered_in_four_processes_is_booked_once(at_once):
    order = an_order(way=TRANSFER)
    outcomes = at_once(*[(deeds.book_transfer, order.number, order.total)] * PROCESSES)
    assert outcomes == {"done": 3 * PROCESSES}
    assert (count(Payment), count(Refund)) == (1, 0)
    assert all_is_well()


def test_four_workers_keep_each_promise_once(at_once, tmp_path):
    with transaction():
        for number in range(40):
            outbox.put("letter", number=number)
    written = tmp_path / "letters"
    at_once(*[(deeds.work_outbox, str(written))] * PROCESSES)
    assert sorted(int(line) for line in written.read_text().split()) == list(range(40))
    assert db.session.scalars(select(Job.id).where(Job.done_at.is_(None))).all() == []
