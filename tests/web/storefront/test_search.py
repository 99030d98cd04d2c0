"""Search: with and without tones, in both languages, with slips of the pen, and without an index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.browser import Browser
from tests.web.conftest import LANGUAGES, Street
from tests.web.storefront.test_listing import counts, shown, total


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("gom bat trang", "binh-gom-bat-trang"),
        ("gốm Bát Tràng", "binh-gom-bat-trang"),
        ("GỐM  BÁT   TRÀNG", "binh-gom-bat-trang"),
        ("nón lá", "non-la-lang-chuong"),
        ("non la", "non-la-lang-chuong"),
        ("lotus tea", "tra-sen-tay-ho"),
        ("trà sen", "tra-sen-tay-ho"),
    ],
)
def test_a_thing_is_found_first_with_or_without_tones_in_either_language(
    browser: Browser, language: str, typed: str, slug: str
) -> None:
    browser.open(f"/{language}/")
    page = browser.submit(".site-header form.search", q=typed)
    assert shown(page)[0] == slug


def test_a_slip_of_the_pen_is_mended_and_said(browser: Browser) -> None:
    page = browser.open("/en/search?q=lotsu tea")
    assert shown(page)[0] == "tra-sen-tay-ho"
    assert "lotus tea" in page.words("p.lead[role=status]")[0]


def test_what_nothing_fits_is_said_with_a_way_on(browser: Browser) -> None:
    page = browser.open("/en/search?q=xqzwvk")
    assert total(page) == 0
    assert page.select(".empty a")


@pytest.mark.parametrize(
    "typed", ["", "   ", "%00", "%F0%9F%8F%BA", "%FF%FE", "a" * 5_000, "*?:()[]~^", '"', "và OR -"]
)
def test_any_text_may_be_searched_for(browser: Browser, typed: str) -> None:
    page = browser.open(f"/en/search?q={typed}")
    assert len(page.words("h1")[0]) < 200


def test_what_was_typed_stands_in_the_page_as_text_only(browser: Browser) -> None:
    typed = "<script>alert(1)</script>\"'"
    browser.open("/en/")
    page = browser.submit(".site-header form.search", q=typed)
    assert str(page.one("#q")["value"]) == typed
    assert typed in page.words("h1")[0]
    assert not [script for script in page.select("script") if not script.get("src")]


def test_results_can_be_filtered_and_the_query_stays(browser: Browser) -> None:
    everything = browser.open("/en/search?q=ấm trà")
    beside = counts(everything, "stars")
    page = browser.submit("form.filters", stars=4)
    assert total(page) == beside["4"] < total(everything)
    assert str(page.one("form.filters input[name=q]")["value"]) == "ấm trà"


class TestWithoutAnIndex:
    @pytest.fixture(autouse=True)
    def no_index(self, street: Street) -> Iterator[None]:
        where, aside = street.app.config["SHOP"].index, street.app.config["SHOP"].index.with_name("aside")
        kept = street.app.extensions.pop("search", None)
        where.rename(aside)
        street.app.wsgi_app.pages.clear()  # type: ignore[attr-defined]
        yield
        shutil.rmtree(where, ignore_errors=True)
        aside.rename(where)
        street.app.extensions["search"] = kept
        street.app.wsgi_app.pages.clear()  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("typed", "slug"),
        [
            ("gom bat trang", "binh-gom-bat-trang"),
            ("nón lá", "non-la-lang-chuong"),
            ("lotus tea", "tra-sen-tay-ho"),
        ],
    )
    def test_the_database_answers(self, browser: Browser, typed: str, slug: str) -> None:
        assert slug in shown(browser.open(f"/en/search?q={typed}"))

    def test_the_shop_still_calls_itself_ready(self, browser: Browser) -> None:
        assert browser.open("/readyz").json == {"database": True, "search": False, "cards": False}
