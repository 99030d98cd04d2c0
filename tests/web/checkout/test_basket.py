"""The basket's page: every line says what is wrong with it before anybody pays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from shop.catalogue import publishing
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import transaction
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.provenance import recognising
from tests import factories as make
from tests.browser import Browser

Put = Callable[..., Product]
QUANTITY = "input[name=quantity][type=number]"


def problems(client: Browser) -> list[str]:
    return client.open("/en/basket").words(".basket-line__problem")


def test_an_empty_basket_shows_the_way_to_the_villages(client: Browser) -> None:
    page = client.open("/vi/basket")
    assert page.select("main a[href='/vi/villages']")
    assert client.cookie("__Host-basket") is None, "looking makes no basket"


def test_the_total_with_delivery_stands_there_before_any_name(client: Browser, put: Put) -> None:
    put(make.a_product(price=120_000), 2)
    page = client.open("/en/basket")
    assert page.words(".basket__sum .price")[0] == "₫240,000"
    total = page.words(".basket__total .price")[0]
    assert total.startswith("₫") and total != "₫240,000"


def test_a_new_quantity_is_kept_and_counted(client: Browser, put: Put) -> None:
    put()
    client.open("/en/basket")
    page = client.submit("form.basket-line__amount", quantity=4)
    assert str(page.one(QUANTITY)["value"]) == "4"
    assert client.cookie("basket_count") == "4"


@pytest.mark.parametrize("quantity", ["-1", "100", "zwei", "", "2.5"])
def test_a_wrong_quantity_is_refused_on_its_line_with_what_was_typed(client: Browser, put: Put, quantity: str) -> None:
    put(quantity=2)
    client.open("/en/basket")
    page = client.submit("form.basket-line__amount", 422, quantity=quantity)
    assert page.words(".basket-line .field__error")[0]
    assert str(page.one(QUANTITY)["value"]) == quantity
    assert str(client.open("/en/basket").one(QUANTITY)["value"]) == "2"


def test_a_line_taken_out_can_be_put_back_with_its_pieces(client: Browser, put: Put) -> None:
    product = put(quantity=3)
    client.open("/en/basket")
    page = client.submit("form[id^=out-]", quantity=0)
    assert not page.select(".basket-line")
    assert client.cookie("basket_count") == "0"
    assert product.name["en"] in page.words(".notice")[0]
    back = client.submit(".notice form")
    assert str(back.one(QUANTITY)["value"]) == "3"
    assert client.cookie("basket_count") == "3"


@pytest.mark.parametrize("query", ["out=999999", "out=x", "out=1&was=x", "added=%3Cb%3E", "out="])
def test_an_address_made_up_shows_the_basket_all_the_same(client: Browser, put: Put, query: str) -> None:
    put()
    client.open(f"/en/basket?{query}")


def test_putting_back_what_never_was_is_not_found(client: Browser) -> None:
    client.post("/en/basket/lines/999999/return", 404, quantity=1)


def test_a_forged_basket_cookie_is_an_empty_basket(client: Browser, put: Put) -> None:
    put()
    for token in ("", "x" * 500, "' OR 1=1 --", "ă"):
        client.client.set_cookie("__Host-basket", token, domain="localhost")
        assert not client.open("/en/basket").select(".basket-line")


def test_nobody_sees_anothers_basket(client: Browser, put: Put) -> None:
    put()
    assert not Browser(client.app).open("/en/basket").select(".basket-line")


def test_the_last_piece_gone_is_said_on_its_line_and_blocks(client: Browser, put: Put) -> None:
    product = put(make.a_product(stock=1))
    make.an_order(product)
    assert problems(client) == ["The last piece has just gone. Please take it out, or ask us when more arrive."]
    assert not client.select(".basket__sum a[href='/en/checkout']")


def test_fewer_left_than_wanted_is_said_with_the_number(client: Browser, put: Put) -> None:
    product = put(make.a_product(stock=5), 4)
    make.an_order((product, 3))
    assert problems(client) == ["Only 2 left. Please lower the quantity."]
    client.submit("form.basket-line__amount", quantity=2)
    assert not client.select(".basket-line__problem")
    assert client.select(".basket__sum a[href='/en/checkout']")


def test_a_changed_price_is_said_with_both_prices_until_it_was_seen(client: Browser, put: Put) -> None:
    product = put(make.a_product(price=120_000))
    with transaction():
        publishing.reprice(product.variants[0], Vnd(150_000), by="test")
    assert problems(client) == ["The price changed from ₫120,000 to ₫150,000 since you put it in."]
    assert client.select(".basket__sum a[href='/en/checkout']"), "it does not block"
    client.submit(".basket__sum form")
    assert not client.select(".basket-line__problem")
    assert client.page.words(".basket-line__total") == ["₫150,000"]


@pytest.mark.parametrize("how", ["ended", "revoked", "suspended"])
def test_a_certificate_that_lapsed_meanwhile_is_said_on_its_line(
    client: Browser, put: Put, tuesday: Any, how: str
) -> None:
    product = make.a_product()
    until = clock.today() + timedelta(days=400)
    held = make.a_certificate(product, stars=4, valid_until=until)
    put(product)
    assert client.select(".basket-line .stars")
    if how == "ended":
        tuesday.move_to(clock.now() + timedelta(days=401))
    else:
        deed = recognising.revoke if how == "revoked" else recognising.suspend
        with transaction():
            reason = Texts(vi="Vi phạm", en="Breach")
            deed(held, by="test", approved_by="test:second", from_day=clock.today(), decision_no="MẪU-1", reason=reason)
    assert problems(client) == [
        "Its certificate lapsed or was withdrawn since you put it in: it is now sold without stars."
    ]
    assert not client.select(".stars")


def test_fewer_stars_after_a_new_assessment_are_said(client: Browser, put: Put, tuesday: Any) -> None:
    product = put(make.a_product(stars=5))
    tuesday.shift(timedelta(days=1))
    make.a_certificate(product, stars=4, day=clock.today())
    assert problems(client) == ["Its stars changed from 5 to 4 since you put it in."]


def test_a_product_taken_down_is_said_on_its_line_and_blocks(client: Browser, put: Put) -> None:
    product = put()
    with transaction():
        publishing.take_down(product, by="test", reason="recall")
    assert problems(client) == ["This product is no longer sold. Please take it out."]
    assert not client.select(".basket__sum a[href='/en/checkout']")


def test_a_full_basket_takes_no_further_product(client: Browser, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    from shop.cart import models

    monkeypatch.setattr(models, "MOST_LINES", 2)
    put(), put()
    third = make.a_product()
    client.open(f"/en/products/{third.slug}")
    page = client.submit("form.buy", 422)
    assert "at most 2 different products" in page.words(".error-summary")[0]
