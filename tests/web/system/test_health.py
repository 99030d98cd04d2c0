"""What machines ask: health, the site map, robots, the board of components."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from sqlalchemy.exc import OperationalError

from shop.core.db import db
from tests import factories as make
from tests.browser import Browser

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_the_process_says_that_it_lives(client: Browser) -> None:
    assert client.open("/healthz").json == {"alive": True}


def test_the_shop_is_ready_when_its_database_answers(client: Browser) -> None:
    assert client.open("/readyz").json == {"database": True, "search": False, "cards": False}


class TestWithoutADatabase:
    @pytest.fixture(autouse=True)
    def database_away(self, client: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        """Whoever asks for a connection gets none, as when the server is down."""

        def refuse() -> None:
            raise OperationalError("connect", {}, ConnectionRefusedError("no server"))

        client.open("/vi/")
        db.session.remove()
        monkeypatch.setattr(db.engine, "raw_connection", refuse)
        monkeypatch.setattr(db.engine, "connect", lambda *_given, **_named: refuse())
        yield

    def test_it_lives_but_is_not_ready(self, client: Browser) -> None:
        assert client.open("/healthz").json == {"alive": True}
        assert client.open("/readyz", 503).json == {"database": False}

    @pytest.mark.parametrize("path", ["/en/basket", "/en/products/x", "/en/orders/HN2345678/x"])
    def test_a_page_says_try_again_in_the_readers_language(self, client: Browser, path: str) -> None:
        client.client.set_cookie("__Host-basket", "x", domain="localhost")
        page = client.open(path, 503)
        assert page.language == "en"
        assert page.headers["Retry-After"]


def addresses(client: Browser, path: str) -> list[str]:
    tree = ElementTree.fromstring(client.send("GET", path).get_data())
    return [str(found.text) for found in tree.findall(".//s:loc", SPACE)]


def test_the_site_map_lists_what_is_live_in_both_languages(client: Browser) -> None:
    live, hidden, point = make.a_product(), make.a_product(published=False), make.a_point()
    files = addresses(client, "/sitemap.xml")
    assert all(file.startswith("http://localhost:8000/sitemap-") for file in files)
    listed = [address for file in files for address in addresses(client, file.removeprefix("http://localhost:8000"))]
    for language in ("vi", "en"):
        assert f"http://localhost:8000/{language}/products/{live.slug}" in listed
        assert f"http://localhost:8000/{language}/points/{point.slug}" in listed
        assert f"http://localhost:8000/{language}/villages/bat-trang-ceramics" in listed
        assert f"http://localhost:8000/{language}/stars/5" in listed
    assert not any(hidden.slug in address for address in listed)
    assert len(listed) == len(set(listed))


def test_every_address_of_the_site_map_names_its_other_languages(client: Browser) -> None:
    make.a_product()
    tree = ElementTree.fromstring(client.send("GET", "/sitemap-0.xml").get_data())
    for url in tree.findall("s:url", SPACE):
        told = {link.get("hreflang") for link in url.findall("x:link", SPACE)}
        assert told == {"vi", "en"}


def test_a_page_of_the_site_map_leads_somewhere(client: Browser) -> None:
    make.a_product(stars=4)
    for address in addresses(client, "/sitemap-0.xml") + addresses(client, "/sitemap-places.xml")[:14]:
        client.open(address.removeprefix("http://localhost:8000"))


@pytest.mark.parametrize("part", ["x", "-1", "", "²", "9" * 30])
def test_a_part_of_the_site_map_that_cannot_be_is_not_found(client: Browser, part: str) -> None:
    client.open(f"/sitemap-{part}.xml", 404)


def test_robots_keep_out_of_basket_and_checkout_and_find_the_site_map(client: Browser) -> None:
    lines = client.send("GET", "/robots.txt").get_data(as_text=True).splitlines()
    for language in ("vi", "en"):
        for part in ("basket", "checkout", "orders"):
            assert f"Disallow: /{language}/{part}" in lines
    assert "Sitemap: http://localhost:8000/sitemap.xml" in lines
    assert "Disallow: /" not in lines


def test_the_board_of_components_stands_in_development(client: Browser) -> None:
    make.a_product()
    page = client.open("/dev/components")
    assert len(page.select(".stars__row")) >= 5
    assert page.select(".field--wrong") and page.select(".error-summary")
