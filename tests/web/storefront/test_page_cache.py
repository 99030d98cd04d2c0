"""The page cache: the same bytes for everyone, and never older than the catalogue."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalogue import publishing
from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.core.money import Vnd
from shop.provenance import recognising
from shop.provenance.models import Certificate
from tests import factories as make
from tests.browser import Browser
from tests.web.conftest import counted_queries

PEOPLE = {"by": make.BY, "approved_by": make.SECOND}


@pytest.fixture(autouse=True)
def look_at_once(app: Flask, tuesday: Any) -> Iterator[None]:
    """Another test's clock may have run ahead of ours."""
    app.wsgi_app._looked = 0.0  # type: ignore[attr-defined]
    yield


PAGES = ("/vi/", "/en/products", "/en/villages", "/en/points", "/vi/about/stars")


@pytest.mark.parametrize("path", PAGES)
def test_the_second_visitor_gets_the_same_bytes_without_a_query_for_them(client: Browser, path: str) -> None:
    make.a_product(stars=5)
    first = client.send("GET", path)
    with counted_queries() as said:
        second = Browser(client.app).send("GET", path)
    assert first.get_data() == second.get_data()
    assert first.headers["ETag"] == second.headers["ETag"]
    assert len(said) <= 1, "only the change log is looked at"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_is_known_is_not_sent_again(client: Browser, path: str) -> None:
    first = client.send("GET", path)
    again = client.send("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    other = client.send("GET", path, headers={"If-None-Match": '"something-else"'})
    assert other.status_code == 200


def test_a_page_sent_compressed_is_the_same_page(client: Browser) -> None:
    make.a_product()
    plain = client.send("GET", "/en/products")
    packed = client.send("GET", "/en/products", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.get_data()) == plain.get_data()
    assert int(packed.headers["Content-Length"]) == len(packed.get_data()) < len(plain.get_data())
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_head_has_the_headers_and_no_body(client: Browser) -> None:
    whole = client.send("GET", "/en/products")
    head = client.send("HEAD", "/en/products")
    assert (head.status_code, head.get_data()) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]


def test_a_storefront_page_may_be_kept_by_everyone_and_sets_no_cookie(client: Browser) -> None:
    product = make.a_product(stars=4)
    client.open(f"/en/products/{product.slug}")
    client.submit("form.buy", quantity=3)
    for path in (*PAGES, f"/en/products/{product.slug}", f"/en/villages/{product.village.slug}"):
        answer = client.send("GET", path)
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate", path
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "X-Shop-Page" not in answer.headers


def test_a_page_holds_nothing_about_its_visitor(client: Browser) -> None:
    """Neither a full basket nor a sign-in changes a byte, whoever opened the page first."""
    user = make.a_user()
    product = make.a_product()
    client.open("/en/sign-in")
    client.submit("main form[method=post]", email=user.email, password=make.PASSWORD)
    client.open(f"/en/products/{product.slug}")
    client.submit("form.buy", quantity=7)
    for path in (*PAGES, f"/en/products/{product.slug}"):
        client.app.wsgi_app.pages.clear()  # type: ignore[attr-defined]
        of_buyer = client.send("GET", path).get_data()
        client.app.wsgi_app.pages.clear()  # type: ignore[attr-defined]
        assert of_buyer == Browser(client.app).send("GET", path).get_data()
        assert user.name not in of_buyer.decode()


@pytest.mark.parametrize("path", ["/en/basket", "/en/checkout", "/en/orders", "/en/sign-in", "/en/account"])
def test_pages_about_a_visitor_are_never_kept(client: Browser, path: str) -> None:
    product = make.a_product()
    client.open(f"/en/products/{product.slug}")
    client.submit("form.buy")
    answer = client.send("GET", path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


def test_what_is_not_there_is_not_kept(client: Browser) -> None:
    for _ in range(2):
        assert client.send("GET", "/en/products/soon").headers["Cache-Control"] == "no-store"
    make.a_product(slug="soon")
    client.open("/en/products/soon")


def revoke(product: Product) -> None:
    held = db.session.scalars(select(Certificate).where(Certificate.product_id == product.id)).one()
    reason = Texts(vi="Vi phạm", en="Breach")
    recognising.revoke(
        held, by="test", approved_by="test:second", from_day=clock.today(), decision_no="MẪU-1", reason=reason
    )


def suspend(product: Product) -> None:
    held = db.session.scalars(select(Certificate).where(Certificate.product_id == product.id)).one()
    reason = Texts(vi="Xem xét", en="Under review")
    recognising.suspend(
        held, by="test", approved_by="test:second", from_day=clock.today(), decision_no="MẪU-1", reason=reason
    )


def reprice(product: Product) -> None:
    publishing.reprice(product.variants[0], Vnd(777_000), by="test")


def take_down(product: Product) -> None:
    publishing.take_down(product, by="test", reason="recall")


@pytest.mark.parametrize("deed", [revoke, suspend, reprice, take_down])
def test_a_page_changes_at_once_with_the_catalogue(client: Browser, deed: Callable[[Product], None]) -> None:
    product = make.a_product(stars=4, price=120_000)
    paths = ["/en/products", f"/en/villages/{product.village.slug}", "/en/stars/4", f"/en/products/{product.slug}"]
    before = {path: client.send("GET", path) for path in paths}
    with transaction():
        deed(product)
    for path in paths:
        after = client.send("GET", path, headers={"If-None-Match": before[path].headers["ETag"]})
        assert after.status_code in (200, 404), f"{path} still says it has not changed"
        assert after.get_data() != before[path].get_data()


def test_a_page_changes_at_once_when_the_last_piece_is_sold(client: Browser) -> None:
    product = make.a_product(stock=1)
    path = f"/en/products/{product.slug}"
    assert client.open(path).select("form.buy button")
    make.an_order(product)
    assert not client.open(path).select("form.buy button")
    assert "Sold out" in client.open("/en/products").text


def test_a_page_is_kept_no_longer_than_the_day(client: Browser, tuesday: Any) -> None:
    product = make.a_product()
    make.a_certificate(product, stars=5, day=clock.today() - timedelta(days=200), valid_until=clock.today())
    tuesday.move_to(clock.now().replace(hour=16, minute=59, second=58))  # 23:59:58 in Hanoi
    first = client.send("GET", "/en/products")
    assert b'class="stars"' in first.get_data()
    tuesday.shift(timedelta(seconds=3))
    assert not client.open("/en/products").select(".product-card .stars")


def test_pages_of_other_hosts_are_kept_apart(client: Browser) -> None:
    client.send("GET", "/en/")
    assert len({key.split("/")[0] for key in client.app.wsgi_app.pages}) == 1  # type: ignore[attr-defined]
    client.client.get("/en/", base_url="http://shop.example")
    assert {key.split("/")[0] for key in client.app.wsgi_app.pages} == {"localhost", "shop.example"}  # type: ignore[attr-defined]


def test_a_head_leaves_the_page_whole_for_the_next_reader(client: Browser) -> None:
    head = client.send("HEAD", "/en/about/stars")
    page = client.send("GET", "/en/about/stars")
    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(page.data) > 1_000


@pytest.mark.parametrize("path", ["/en/about/stars?made=up", "/en/search?q=tea", "/en/wards?q=ha"])
def test_what_strangers_make_up_is_answered_and_not_remembered(client: Browser, path: str) -> None:
    assert client.send("GET", path).status_code == 200
    assert not client.app.wsgi_app.pages  # type: ignore[attr-defined]


def test_the_cache_has_an_end(client: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from shop.web import page_cache

    monkeypatch.setattr(page_cache, "MOST_PAGES", 5)
    for number in range(9):
        client.send("GET", f"/en/about/stars?sort={number}")
    assert len(client.app.wsgi_app.pages) == 5  # type: ignore[attr-defined]
