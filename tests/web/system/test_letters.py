"""Letters: in the order's language, as text and HTML that say the same, with the right way to the order."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from typing import Any

import html5lib
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from shop.core import outbox
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.orders.finding import whole
from shop.orders.models import Order, WayToPay
from shop.web.letters.sending import compose
from shop.web.work import handlers
from tests import factories as make
from tests.browser import STRAY, Browser


@pytest.fixture(autouse=True)
def on_tuesday(tuesday: Any) -> None:
    """Promises are told for Tuesday morning."""


def letter_of(app: Flask, order: Order, kind: str = "order_placed") -> EmailMessage:
    found = whole(order.number)
    assert found is not None
    return compose(app, kind, found)


def parts(letter: EmailMessage) -> tuple[str, str]:
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None and html is not None
    return text.get_content(), html.get_content()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["order_placed", "order_paid"])
def test_both_parts_are_in_the_orders_language_and_say_the_same(app: Flask, language: str, kind: str) -> None:
    product = make.a_product(stars=4, price=1_234_000)
    order = make.an_order((product, 2), language=language, email="khach@example.com")
    text, html = parts(letter_of(app, order, kind))
    page = BeautifulSoup(html, "html.parser")
    assert page.html is not None and page.html["lang"] == language
    own = f"http://localhost:8000/{language}/orders/{order.number}/{order.secret}"
    assert own in text
    assert [str(link["href"]) for link in page.select("a")] == [own]
    total = f"{order.total:,}".replace(",", "." if language == "vi" else ",")
    read = " ".join(page.get_text(" ").split())
    for told in (total, product.name[language], order.name, order.number):
        assert told in text and told in read
    other = "en" if language == "vi" else "vi"
    assert product.name[other] not in text + html


def test_a_letter_leaves_the_language_of_the_page_alone(client: Browser) -> None:
    order = make.an_order(language="vi", email="khach@example.com")
    letter_of(client.app, order)
    assert client.open("/en/").language == "en"


@pytest.mark.parametrize("kind", ["order_placed", "order_paid"])
def test_no_markup_strays_into_a_letter(app: Flask, kind: str) -> None:
    name = "Khay <b>chạm</b> & “nháy” 'đơn'"
    product = make.a_product(name=Texts(vi=name, en=name))
    make.a_variant(product)
    order = make.an_order(product, language="en", email="a@example.com", name="Anna <i>& Co</i>")
    text, html = parts(letter_of(app, order, kind))
    assert name in text and "Anna <i>& Co</i>" in text
    assert "&lt;" not in text and "&#" not in text and "&amp;" not in text
    parser = html5lib.HTMLParser()
    parser.parse(html)
    assert not parser.errors
    page = BeautifulSoup(html, "html.parser")
    assert not page.select("b, i, script, style")
    assert name in page.get_text() and not re.search(r"&(?:amp|lt|gt|#)", page.get_text())


def test_a_name_in_vietnamese_only_is_plain_in_the_text_part(app: Flask) -> None:
    product = make.a_product(name=Texts(vi="Khăn lụa"))
    text, html = parts(letter_of(app, make.an_order(product, language="en", email="a@example.com")))
    assert "Khăn lụa" in text and not STRAY.search(text)
    assert '<span lang="vi">Khăn lụa</span>' in html


def test_a_transfer_is_asked_for_with_its_sum(app: Flask) -> None:
    order = make.an_order(way=WayToPay.TRANSFER, language="en", email="a@example.com")
    text, _ = parts(letter_of(app, order))
    assert "wait for the payment" in text and f"₫{order.total:,}" in text


def test_the_head_names_the_order_and_nothing_typed_can_break_it(app: Flask) -> None:
    order = make.an_order(language="en", email="a@example.com", name="Anna Bcc: x@example.com")
    letter = letter_of(app, order)
    assert order.number in letter["Subject"]
    assert (letter["To"], letter["Bcc"]) == ("a@example.com", None)
    assert letter["Date"] and letter["Message-ID"].endswith("@localhost>")
    assert order.secret not in letter["Subject"]


def test_the_worker_writes_the_letter_once_into_the_outbox(app: Flask) -> None:
    order = make.an_order(language="vi", email="khach@example.com")
    assert outbox.work(handlers(app)) == 1
    assert outbox.work(handlers(app)) == 0
    (file,) = app.config["SHOP"].outbox.glob("*.eml")
    assert file.name.startswith(order.number)
    written = email.message_from_bytes(file.read_bytes(), policy=default)
    assert written["To"] == "khach@example.com"
    assert order.secret in parts(written)[0]  # type: ignore[arg-type]


def test_an_order_without_a_mail_address_gets_no_letter_and_no_trouble(app: Flask) -> None:
    make.an_order(email="")
    assert outbox.work(handlers(app)) == 1
    assert not list(app.config["SHOP"].outbox.glob("*.eml"))
    assert db.session.scalars(select(outbox.Job.trouble)).all() == [None]


def test_an_order_that_is_gone_gets_no_letter_and_no_trouble(app: Flask) -> None:
    with transaction():
        outbox.put("letter.order_paid", number="HN2222222")
    assert outbox.work(handlers(app)) == 1


def test_a_letter_says_what_each_carrier_collects(app: Flask) -> None:
    order = make.an_order((make.a_product(price=100_000), 1), (make.a_product(price=50_000), 1), language="en")
    found = whole(order.number)
    assert found is not None
    text, html = parts(letter_of(app, order))
    assert len(found.parcels) == 2
    for parcel in found.parcels:
        assert f"To pay when this parcel comes: ₫{parcel.total:,}" in text
        assert f"To pay when this parcel comes: ₫{parcel.total:,}" in html
