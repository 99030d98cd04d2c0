"""Placing an order: the goods are promised, the copies are made, and what the buyer did not see is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.catalogue import publishing
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.core.outbox import Job
from shop.delivery.models import Method
from shop.delivery.quoting import quote
from shop.orders import checks as order_checks
from shop.orders.models import Order, OrderState, OrderStep, WayToPay
from shop.orders.placing import (
    MOST_CASH,
    BasketChanged,
    BasketEmpty,
    LinesNeedCare,
    TotalChanged,
    place,
    placed_already,
    ways_to_pay,
)
from shop.provenance import recognising
from shop.stock import checks as stock_checks
from shop.stock import keeping
from shop.stock.keeping import OutOfStock, Wanted
from tests.factories import (
    BY,
    SECOND,
    a_buyer,
    a_cart,
    a_certificate,
    a_point,
    a_producer,
    a_product,
    a_variant,
    an_order,
    home,
    hotel,
    pick_up,
    stock_of,
)

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]

CASH, AT_POINT, TRANSFER, CARD = WayToPay.CASH_ON_DELIVERY, WayToPay.AT_POINT, WayToPay.TRANSFER, WayToPay.CARD


def placed(cart, quoted, way=CASH, *, version=None, seen_total=None):
    with transaction():
        return place(
            cart,
            quoted,
            a_buyer(),
            way,
            version=cart.version if version is None else version,
            seen_total=cart.goods_total + quoted.total if seen_total is None else seen_total,
            by=BY,
        )


def all_adds_up():
    db.session.rollback()
    return stock_checks.unexplained() == stock_checks.overheld() == order_checks.not_adding_up() == []


def nothing_happened(*products):
    db.session.rollback()
    untouched = all(stock_of(product).held == 0 for product in products)
    return untouched and db.session.scalars(select(Order)).all() == [] and jobs() == []


def jobs():
    return list(db.session.scalars(select(Job.kind).order_by(Job.id)))


def test_totals_lines_and_parcels_are_those_of_the_quote():
    maker = a_producer(name="Gốm Nhà Lan")
    cup, pot = a_product(price=45_000, producer=maker), a_product(price=120_000, producer=maker)
    scarf = a_product(price=300_000)
    order = an_order((cup, 2), pot, scarf)
    db.session.expire_all()
    assert (order.goods_total, order.delivery_total, order.total) == (510_000, 49_000, 559_000)
    assert [(parcel.position, parcel.sender, parcel.price) for parcel in order.parcels] == [
        (1, {"vi": "Gốm Nhà Lan"}, 29_000),
        (2, {"vi": scarf.producer.name}, 20_000),
    ]
    lines = [(line.variant.product_id, line.quantity, line.price, line.total, line.maker) for line in order.lines]
    assert lines == [
        (cup.id, 2, 45_000, 90_000, "Gốm Nhà Lan"),
        (pot.id, 1, 120_000, 120_000, "Gốm Nhà Lan"),
        (scarf.id, 1, 300_000, 300_000, scarf.producer.name),
    ]
    assert all_adds_up()


def test_the_promised_days_are_kept_with_each_parcel():
    slow = a_product(lead_days=5)
    order = an_order(slow)
    db.session.expire_all()
    (parcel,) = order.parcels
    assert (parcel.promised_first, parcel.promised_last) == (quote_of(slow).first, quote_of(slow).last)


def quote_of(product):
    return quote(a_cart(product).lines, home())


def test_the_certificate_stays_on_the_order_as_it_was_sold():
    cup = a_product()
    certificate = a_certificate(cup, stars=5)
    order = an_order(cup, a_product())
    with transaction():
        recognising.revoke(
            certificate, by=BY, approved_by=SECOND, from_day=clock.today(), decision_no="MẪU-1", reason=Texts(vi="Thử")
        )
    db.session.expire_all()
    assert [(line.stars, line.certificate_id) for line in order.lines] == [(5, certificate.id), (None, None)]


def test_a_certificate_that_has_ended_is_not_sold_with_the_goods():
    cup = a_product()
    a_certificate(cup, stars=4, valid_until=clock.today() - timedelta(days=1))
    (line,) = an_order(cup).lines
    assert (line.stars, line.certificate_id) == (None, None)


def test_name_label_and_price_stay_as_sold():
    cup = a_product()
    large = a_variant(cup, price=150_000)
    order = an_order(large)
    with transaction():
        publishing.reprice(large, Vnd(999_000), by=BY)
        cup.name = Texts(vi="Tên khác")
    db.session.expire_all()
    (line,) = order.lines
    assert (line.price, line.label["en"]) == (150_000, "Size 2")
    assert line.name["en"].startswith("Teapot")


def test_cash_at_the_door_confirms_at_once_and_the_goods_leave_the_stock():
    cup = a_product(stock=5)
    order = an_order((cup, 2))
    assert (order.state, order.pay_by, order.is_paid) == (OrderState.CONFIRMED, None, False)
    assert (stock_of(cup).on_hand, stock_of(cup).held) == (3, 0)
    steps = db.session.execute(select(OrderStep.was, OrderStep.became).order_by(OrderStep.id))
    assert [tuple(step) for step in steps] == [(None, OrderState.PLACED), (OrderState.PLACED, OrderState.CONFIRMED)]
    assert all_adds_up()


@pytest.mark.parametrize(("way", "holds"), [(TRANSFER, timedelta(hours=24)), (CARD, timedelta(minutes=36))])
def test_money_ahead_only_holds_the_goods_and_for_a_time(way, holds):
    cup = a_product(stock=5)
    order = an_order((cup, 2), way=way)
    assert (order.state, order.waits_for_money) == (OrderState.PLACED, True)
    assert order.pay_by - order.placed_at == holds
    assert (stock_of(cup).on_hand, stock_of(cup).held) == (5, 2)
    assert all_adds_up()


def test_the_letter_is_promised_with_the_order_and_the_basket_is_empty_then():
    cart = a_cart(a_product())
    order = placed(cart, quote(cart.lines, home()))
    db.session.expire_all()
    (job,) = db.session.scalars(select(Job))
    assert (job.kind, job.facts) == ("letter.order_placed", {"number": order.number})
    assert cart.is_empty


def test_an_order_can_be_fetched_at_a_point_from_its_own_shelf():
    point = a_point()
    cup = a_product(stock=0, at_points={point: 2})
    order = an_order(cup, way=AT_POINT, to=pick_up(point))
    assert (order.method, order.point_id, order.delivery_total) == (Method.POINT, point.id, 0)
    assert order.parcels[0].sender == point.name
    assert stock_of(cup, point=point).on_hand == 1


def test_only_what_the_delivery_needs_is_kept_of_the_buyer():
    point = a_point()
    typed = {"street": "5 Hàng Bạc", "hotel": "Sofitel", "room": "301"}
    kept = [
        an_order(to=to, way=TRANSFER, **typed)
        for to in (home(), hotel(clock.today() + timedelta(days=9)), pick_up(point))
    ]
    assert [(order.street, order.hotel, order.room) for order in kept] == [
        ("5 Hàng Bạc", "", ""),
        ("5 Hàng Bạc", "Sofitel", "301"),
        ("", "", ""),
    ]


def test_an_empty_basket_makes_no_order():
    cart = a_cart()
    with pytest.raises(BasketEmpty):
        placed(cart, quote(cart.lines, home()))
    assert nothing_happened()


def test_a_basket_changed_in_another_window_is_shown_again():
    cup = a_product()
    cart = a_cart(cup)
    seen = cart.version
    with transaction():
        cart.change(cup.variants[0].id, 5)
    with pytest.raises(BasketChanged):
        placed(cart, quote(cart.lines, home()), version=seen)
    assert nothing_happened(cup)


def test_a_total_other_than_seen_is_shown_again():
    cup = a_product(price=120_000)
    cart = a_cart(cup)
    seen = cart.goods_total + quote(cart.lines, home()).total
    with transaction():
        publishing.reprice(cup.variants[0], Vnd(130_000), by=BY)
    with pytest.raises(TotalChanged) as refusal:
        placed(cart, quote(cart.lines, home()), seen_total=seen)
    assert refusal.value.facts == {"total": 150_000}
    assert nothing_happened(cup)


def test_a_line_that_cannot_be_served_is_shown_before_paying_and_an_older_quote_sells_nothing():
    cup, pot = a_product(stock=1), a_product()
    cart = a_cart(cup, pot)
    quoted = quote(cart.lines, home())
    with transaction():
        keeping.hold([Wanted(stock_of(cup).id, 1)], reference="order:other")
    with pytest.raises(OutOfStock):
        placed(cart, quoted)
    assert nothing_happened(pot)
    with pytest.raises(LinesNeedCare):
        placed(cart, quote(cart.lines, home()))
    assert nothing_happened(pot)


def test_a_product_taken_down_meanwhile_is_not_sold():
    cup = a_product()
    cart = a_cart(cup)
    quoted = quote(cart.lines, home())
    with transaction():
        publishing.take_down(cup, by=BY, reason="mould")
    with pytest.raises(LinesNeedCare):
        placed(cart, quoted)
    assert nothing_happened(cup)


def test_a_piece_snatched_from_the_very_place_undoes_the_whole_order():
    """Another place still has some, so the line itself looks well: the conditional UPDATE has the last word."""
    cup, pot = a_product(stock=1, at_points={a_point(): 3}), a_product()
    cart = a_cart(pot, cup)
    quoted = quote(cart.lines, home())
    with transaction():
        keeping.hold([Wanted(stock_of(cup).id, 1)], reference="order:other")
    with pytest.raises(OutOfStock) as refusal:
        placed(cart, quoted)
    assert refusal.value.facts["left"] == 0
    assert nothing_happened(pot)
    db.session.expire_all()
    assert cart.pieces == 2


def test_the_same_state_of_a_basket_makes_one_order():
    cup = a_product(stock=5)
    cart = a_cart(cup)
    quoted, version, total = quote(cart.lines, home()), cart.version, cart.goods_total + 20_000
    order = placed(cart, quoted, version=version)
    with pytest.raises(BasketChanged):
        placed(cart, quoted, version=version, seen_total=total)
    assert placed_already(cart.id, version).id == order.id
    assert placed_already(cart.id, version + 1) is None
    assert stock_of(cup).on_hand == 4


def test_the_database_itself_refuses_a_second_order_of_the_same_basket():
    cup = a_product(stock=5)
    cart = a_cart(cup)
    version = cart.version
    placed(cart, quote(cart.lines, home()))
    with transaction():
        cart.add(cup.variants[0], 1, stars=None)
        cart.version = version
    with pytest.raises(IntegrityError):
        placed(cart, quote(cart.lines, home()))
    assert stock_of(cup).on_hand == 4
    assert all_adds_up()


def ways(*lines, to=None, cards=True, transfers=True):
    cart = a_cart(*lines)
    return ways_to_pay(quote(cart.lines, to or home()), cart.goods_total, cards=cards, transfers=transfers)


def test_the_ways_to_pay_fit_the_delivery():
    cup = a_product()
    assert ways(cup) == [TRANSFER, CARD, CASH]
    assert ways(cup, to=pick_up(a_point())) == [AT_POINT, TRANSFER, CARD]
    assert ways(cup, to=hotel(clock.today() + timedelta(days=9))) == [TRANSFER, CARD]
    assert ways(cup, cards=False, transfers=False) == [CASH]


def test_cash_at_the_door_is_for_ready_goods_up_to_five_million():
    delivery = 20_000
    assert CASH in ways(a_product(price=MOST_CASH - delivery))
    assert CASH not in ways(a_product(price=MOST_CASH - delivery + 1))
    assert CASH not in ways(a_product(), a_product(is_made_to_order=True))
