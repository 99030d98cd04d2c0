"""The last step: one basket becomes one order, at the total that was seen, paid in a way that is offered."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from shop.catalogue import publishing
from shop.core.db import db, transaction
from shop.core.money import Vnd
from shop.core.outbox import Job
from shop.orders.models import Order, OrderState, WayToPay
from shop.payments import vietqr
from tests import factories as make
from tests.browser import Browser, Page

Walk = Callable[..., Page]


def orders() -> list[Order]:
    db.session.rollback()
    return list(db.session.scalars(select(Order).order_by(Order.id)))


def errors(page: Page) -> list[str]:
    return page.words(".error-summary li")


def test_cash_on_delivery_ends_on_the_orders_page_with_parcels_days_and_certificates(
    client: Browser, put: Walk, to_payment: Walk
) -> None:
    put(make.a_product(stars=4, price=100_000))
    put(make.a_product(price=50_000))
    to_payment()
    page = client.submit(way="cash_on_delivery")
    (order,) = orders()
    assert page.path == f"/en/orders/{order.number}/{order.secret}"
    assert (order.state, order.way_to_pay) == (OrderState.CONFIRMED, WayToPay.CASH_ON_DELIVERY)
    assert len(page.select("section.parcel")) == 2
    assert "arrives Wed 25 Nov – Thu 26 Nov" in page.text
    assert "sold with 4 stars" in page.text and "MẪU-" in page.words(".parcel__certificate")[0]
    assert order.total > 150_000 and f"{order.total:,}" in page.text
    assert client.cookie("basket_count") == "0"
    assert not client.open("/en/basket").select(".basket-line")
    assert (order.name, order.phone, order.language) == ("Anna Schmidt", "+4930901820", "en")


def test_each_parcel_says_what_its_carrier_collects(client: Browser, put: Walk, to_payment: Walk) -> None:
    put(make.a_product(price=100_000), 2)
    put(make.a_product(price=50_000))
    to_payment()
    page = client.submit(way="cash_on_delivery")
    (order,) = orders()
    dues = [int(re.sub(r"\D", "", words)) for words in page.words(".parcel__due .price")]
    assert dues == [parcel.total for parcel in order.parcels] and sum(dues) == order.total
    assert dues[0] == 200_000 + order.parcels[0].price
    assert "in 2 parts" in page.words(".notice--good")[0]


def test_one_parcel_needs_no_sum_of_its_own(client: Browser, put: Walk, to_payment: Walk) -> None:
    put()
    to_payment()
    page = client.submit(way="cash_on_delivery")
    assert not page.select(".parcel__due") and "ready for the carrier" in page.words(".notice--good")[0]


def test_the_order_shows_its_stars_as_words_never_as_a_mark(client: Browser, put: Walk, to_payment: Walk) -> None:
    put(make.a_product(stars=5))
    to_payment()
    assert not client.submit(way="cash_on_delivery").select(".stars, .seal")


def test_pick_up_is_free_and_paid_at_the_point(client: Browser, put: Walk, to_payment: Walk) -> None:
    point = make.a_point()
    put(make.a_product(price=100_000, at_points={point: 2}))
    page = to_payment("point", {"point": point.id})
    assert page.words(".quote__total .price") == ["₫100,000"]
    page = client.submit(way="at_point")
    (order,) = orders()
    assert (order.way_to_pay, order.total, order.point_id) == (WayToPay.AT_POINT, 100_000, point.id)
    assert "bring ₫100,000 and this number to the counter" in page.text
    assert not (order.street or order.room or order.hotel)


def test_a_hotel_keeps_room_and_check_out(client: Browser, put: Walk, to_payment: Walk) -> None:
    put()
    to_payment("hotel")
    client.submit(way="transfer")
    (order,) = orders()
    assert (order.hotel, order.room, str(order.check_out)) == ("Hotel Metropole", "412", "2026-12-05")


def test_the_transfer_page_shows_a_code_that_asks_for_exactly_this(
    client: Browser, put: Walk, to_payment: Walk
) -> None:
    put(make.a_product(price=123_456))
    to_payment()
    page = client.submit(way="transfer")
    (order,) = orders()
    asked = vietqr.read(page.words("copy-text.payload")[0])
    assert (asked.amount, asked.memo) == (order.total, order.number)
    assert (asked.bank_bin, asked.account) == ("970436", "0123456789")
    assert page.select(".transfer__code svg"), "the code stands in the page"
    assert client.follow(".transfer p:last-child a").path == page.path, "the page can be asked again"
    assert order.state is OrderState.PLACED and not order.is_paid
    picture = client.send("GET", f"{page.path}/vietqr.svg")
    assert picture.mimetype == "image/svg+xml"
    assert f"vietqr-{order.number}.svg" in picture.headers["Content-Disposition"]


def test_an_order_paid_otherwise_has_no_code(client: Browser) -> None:
    order = make.an_order()
    client.open(f"/en/orders/{order.number}/{order.secret}/vietqr.svg", 404)


def test_without_a_stripe_key_no_card_is_offered(client: Browser, put: Walk, to_payment: Walk) -> None:
    put()
    offered = {str(one["value"]) for one in to_payment().select("input[name=way]")}
    assert offered == {"cash_on_delivery", "transfer"}


@pytest.mark.parametrize("way", ["card", "at_point", "gold", None, ""])
def test_a_way_that_is_not_offered_is_refused(client: Browser, put: Walk, to_payment: Walk, way: str | None) -> None:
    put()
    to_payment()
    page = client.submit(status=422, way=way)
    assert errors(page)
    assert orders() == []


def test_goods_made_to_order_are_not_sent_for_cash(client: Browser, put: Walk, to_payment: Walk) -> None:
    put(make.a_product(is_made_to_order=True, lead_days=5))
    assert "cash_on_delivery" not in {str(one["value"]) for one in to_payment().select("input[name=way]")}


def test_a_double_click_makes_one_order_and_both_answers_lead_to_it(
    client: Browser, put: Walk, to_payment: Walk
) -> None:
    put()
    to_payment()
    form = {str(one["name"]): str(one["value"]) for one in client.select("main form input[type=hidden]")}
    first = client.post("/en/checkout/payment", way="cash_on_delivery", **form)
    again = client.post("/en/checkout/payment", way="cash_on_delivery", **form)
    assert first.path == again.path
    assert len(orders()) == 1


def test_a_second_tab_with_another_way_leads_to_the_order_that_is_there(
    client: Browser, put: Walk, to_payment: Walk
) -> None:
    put()
    to_payment()
    form = {str(one["name"]): str(one["value"]) for one in client.select("main form input[type=hidden]")}
    first = client.post("/en/checkout/payment", way="transfer", **form)
    assert client.post("/vi/checkout/payment", way="cash_on_delivery", **form).path == first.path.replace(
        "/en/", "/vi/"
    )
    assert [order.way_to_pay for order in orders()] == [WayToPay.TRANSFER]


def test_a_basket_changed_in_another_tab_is_looked_at_again_before_it_is_ordered(
    client: Browser, put: Walk, to_payment: Walk
) -> None:
    put()
    to_payment()
    stale = {str(one["name"]): str(one["value"]) for one in client.select("main form input[type=hidden]")}
    put()
    page = client.post("/en/checkout/payment", status=422, way="cash_on_delivery", **stale)
    assert "changed in another window" in errors(page)[0]
    assert orders() == []
    assert client.submit(way="cash_on_delivery").path.startswith("/en/orders/HN")


def test_a_total_that_rose_is_said_before_it_is_ordered(client: Browser, put: Walk, to_payment: Walk) -> None:
    product = put(make.a_product(price=100_000))
    before = to_payment().words(".quote__total .price")[0]
    with transaction():
        publishing.reprice(product.variants[0], Vnd(130_000), by="test")
    page = client.submit(status=422, way="cash_on_delivery")
    now = page.words(".quote__total .price")[0]
    assert now != before and f"The total is now {now}" in errors(page)[0]
    assert page.select("input[name=way][value=cash_on_delivery][checked]")
    assert orders() == []
    client.submit(way="cash_on_delivery")
    assert f"₫{orders()[0].total:,}" == now


@pytest.mark.parametrize("total", ["0", "1", "-5", "", "x", "9" * 40])
def test_a_total_made_up_by_the_sender_orders_nothing(client: Browser, put: Walk, to_payment: Walk, total: str) -> None:
    put()
    to_payment()
    client.submit(status=422, way="cash_on_delivery", seen_total=total)
    assert orders() == []


def test_the_last_piece_gone_on_the_last_step_is_said_on_its_line_before_paying(
    client: Browser, put: Walk, to_payment: Walk
) -> None:
    product = put(make.a_product(stock=1))
    put()
    to_payment()
    make.an_order(product)
    assert len(orders()) == 1
    page = client.post(
        "/en/checkout/payment",
        status=422,
        way="cash_on_delivery",
        **{str(one["name"]): str(one["value"]) for one in client.select("main form input[type=hidden]")},
    )
    assert "last piece has just gone" in page.words(".notice--bad")[0]
    assert product.name["en"] in page.words(".notice--bad")[0]
    assert page.select("button.button--order[disabled]")
    assert len(orders()) == 1
    assert "last piece has just gone" in client.open("/en/basket").words(".basket-line__problem")[0]


def test_a_certificate_that_lapses_on_the_last_step_is_said_there(
    client: Browser, put: Walk, to_payment: Walk, tuesday: Any
) -> None:
    product = make.a_product()
    make.a_certificate(product, stars=4, valid_until=tuesday_plus(1))
    put(product)
    to_payment()
    tuesday.shift(timedelta(days=2))
    page = client.open("/en/checkout/payment")
    assert "sold without stars" in page.words(".notice")[0]
    client.submit(way="cash_on_delivery")
    assert orders()[0].lines[0].certificate_id is None


def tuesday_plus(days: int) -> Any:
    from shop.core import clock

    return clock.today() + timedelta(days=days)


def test_a_wrong_key_opens_no_order(client: Browser) -> None:
    order, other = make.an_order(), make.an_order()
    own = f"/en/orders/{order.number}/{order.secret}"
    client.open(own)
    for number, secret in (
        (order.number, "x"),
        (order.number, order.secret[:-1]),
        (order.number, order.secret.swapcase()),
        (order.number, other.secret),
        ("HN2222222", order.secret),
        (order.number.lower(), order.secret),
        (order.number, "ă" * 32),
    ):
        client.open(f"/en/orders/{number}/{secret}", 404)
        client.post(f"/en/orders/{number}/{secret}/payment", 404, way="transfer")


def test_an_orders_page_is_kept_by_nobody_and_found_by_no_search_engine(client: Browser) -> None:
    order = make.an_order()
    page = client.open(f"/vi/orders/{order.number}/{order.secret}")
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in str(page.one("meta[name=robots]")["content"])
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_an_order_not_paid_in_time_says_so(client: Browser) -> None:
    order = make.an_order(way=WayToPay.TRANSFER)
    with transaction():
        db.session.get_one(Order, order.id).expire(by="test")
    page = client.open(f"/en/orders/{order.number}/{order.secret}")
    assert "did not come in time" in page.text
    assert not page.select("copy-text")


def test_an_order_is_found_by_number_and_phone_however_they_are_written(client: Browser) -> None:
    order = make.an_order(phone="+84912345678")
    for number, phone in (
        (order.number, "0912345678"),
        (f" {order.number[:4].lower()} {order.number[4:]}", "+84 912 345 678"),
    ):
        client.open("/en/orders")
        assert client.submit(number=number, phone=phone).path == f"/en/orders/{order.number}/{order.secret}"


def test_a_wrong_number_or_phone_is_told_alike_and_what_was_typed_stays(client: Browser) -> None:
    order = make.an_order(phone="+84912345678")
    told = set()
    for number, phone in ((order.number, "0987654321"), ("HN2222222", "0912345678"), ("drivel", "0912345678")):
        client.open("/en/orders")
        page = client.submit(status=422, number=number, phone=phone)
        told.add(errors(page)[0])
        assert str(page.one("input[name=number]")["value"]) == number
        assert str(page.one("input[name=phone]")["value"]) == phone
    assert len(told) == 1


def test_ten_wrong_tries_close_the_search_for_five_minutes(client: Browser, tuesday: Any) -> None:
    order = make.an_order(phone="+84912345678")
    for _ in range(10):
        client.open("/en/orders")
        client.submit(status=422, number=order.number, phone="0987654321")
    client.open("/en/orders")
    page = client.submit(status=422, number=order.number, phone="0912345678")
    assert "Too many tries" in errors(page)[0]
    tuesday.shift(timedelta(minutes=6))
    client.open("/en/orders")
    assert client.submit(number=order.number, phone="0912345678").path.endswith(order.secret)


def test_a_placed_order_promises_one_letter(client: Browser, put: Walk, to_payment: Walk) -> None:
    put()
    to_payment()
    client.submit(way="cash_on_delivery")
    db.session.rollback()
    (job,) = db.session.scalars(select(Job).where(Job.kind.startswith("letter.")))
    assert job.facts["number"] == orders()[0].number


def test_numbers_on_the_page_are_those_of_the_language(client: Browser) -> None:
    order = make.an_order(make.a_product(price=1_250_000))
    own = f"{order.number}/{order.secret}"
    grouped = f"{order.total:,}"
    assert f"₫{grouped}" in client.open(f"/en/orders/{own}").text
    vietnamese = client.open(f"/vi/orders/{own}")
    assert re.search(rf"{re.escape(grouped.replace(',', '.'))}\s₫", vietnamese.text)
    assert "0912 345 678" in vietnamese.text
