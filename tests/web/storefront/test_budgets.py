"""What a page may cost: queries, bytes over the wire, requests, and nothing from another host."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from shop.catalogue import shelves
from shop.web import page_cache
from tests.browser import Browser, Page
from tests.web.conftest import LANGUAGES, Street, counted_queries

MOST_QUERIES, MOST_HTML, MOST_CSS, MOST_JS, MOST_REQUESTS = 12, 30_000, 15_000, 15_000, 20
FULL = (
    "/",
    "/villages",
    "/villages/bat-trang-ceramics",
    "/stars/5",
    "/products",
    "/products?sort=price&stars=5&stars=4",
    "/products/binh-gom-bat-trang",
    "/search?q=" + quote("ấm trà"),
    "/points",
    "/certificates/1",
    "/about/delivery",
)


@pytest.fixture(autouse=True)
def one_look_at_the_change_log_per_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in real life, where a look serves a quarter of a second; other tests look every time."""
    monkeypatch.setattr(shelves, "LOOK_EVERY", 60)
    monkeypatch.setattr(page_cache, "LOOK_EVERY", 60)


def forget_drawn_pages(street: Street) -> None:
    """Neither whole pages nor cards, maps and filters are at hand; the assortment is."""
    shelves.forget()
    street.app.wsgi_app.pages.clear()  # type: ignore[attr-defined]
    street.app.wsgi_app._looked = 0.0  # type: ignore[attr-defined]


@pytest.fixture(params=[f"/{language}{path}" for language in LANGUAGES for path in FULL])
def path(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_page_made_anew_asks_the_database_at_most_twelve_times(street: Street, browser: Browser, path: str) -> None:
    forget_drawn_pages(street)
    shelves.current()
    with counted_queries() as said:
        browser.send("GET", path)
    assert 0 < len(said) <= MOST_QUERIES or "/about/" in path, "\n".join(said)


def test_a_page_of_one_point_asks_at_most_twelve_times(street: Street, browser: Browser) -> None:
    for point in street.points:
        forget_drawn_pages(street)
        shelves.current()
        with counted_queries() as said:
            assert browser.open(f"/vi/points/{point.slug}").select(".product-card")
        assert len(said) <= MOST_QUERIES, "\n".join(said)


def test_even_the_first_page_of_a_process_stays_within_the_budget_and_the_assortment(
    street: Street, browser: Browser
) -> None:
    forget_drawn_pages(street)
    with counted_queries() as said:
        browser.open("/vi/products")
    assert len(said) <= MOST_QUERIES + 6, "\n".join(said)


def test_a_page_is_small_over_the_wire(browser: Browser, path: str) -> None:
    answer = browser.send("GET", path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.get_data()) <= MOST_HTML


def test_the_lists_measured_above_are_full(browser: Browser) -> None:
    assert len(browser.open("/vi/products").select(".product-card")) == 24
    assert len(browser.open("/vi/products/binh-gom-bat-trang").select(".product-card")) == 4


@pytest.mark.parametrize(("kind", "most"), [("css", MOST_CSS), ("js", MOST_JS)])
def test_style_and_script_are_small_and_kept_for_a_year(browser: Browser, kind: str, most: int) -> None:
    page = browser.open("/vi/")
    tag = page.one("link[rel=stylesheet]") if kind == "css" else page.one("script[src]")
    answer = browser.send("GET", str(tag.get("href") or tag.get("src")), headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert len(answer.get_data()) <= most
    assert "immutable" in answer.headers["Cache-Control"]
    assert gzip.decompress(answer.get_data())
    old = browser.send("GET", f"/static/shop.0000000000.{kind}")
    assert "immutable" not in old.headers["Cache-Control"], "an outdated name must not be kept for a year"


def test_a_first_view_needs_at_most_twenty_requests_and_no_other_host(browser: Browser, path: str) -> None:
    page = browser.open(path)
    asked = {page.path, *fetched(page)}
    assert len(asked) <= MOST_REQUESTS, sorted(asked)
    assert all(address.startswith("/") and not address.startswith("//") for address in asked)


def fetched(page: Page) -> Iterator[str]:
    """What a browser fetches at once: style, script, icon and the pictures that do not wait to be scrolled to."""
    for one in page.select("link[rel=stylesheet], link[rel=icon], link[rel=preload]"):
        yield str(one["href"])
    for one in page.select("script[src], img:not([loading=lazy]), iframe, video, audio, embed"):
        yield str(one.get("src"))


def test_style_and_script_fetch_nothing_from_another_host(browser: Browser) -> None:
    page = browser.open("/vi/")
    for address in fetched(page):
        if not address.endswith((".css", ".js")):
            continue
        body = browser.send("GET", address).get_data(as_text=True)
        for found in re.findall(r"""(?:url\(|@import|import|fetch\()\s*["']?([^"')\s]+)""", body):
            assert not re.match(r"(?:https?:)?//", found), found
