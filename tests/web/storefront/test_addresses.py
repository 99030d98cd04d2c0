"""Every address of the shop answers in both languages; what is not there is said in the reader's language."""

from __future__ import annotations

import pytest

from shop.core.db import db
from shop.web import addresses
from shop.web.languages import speak_in
from tests.browser import Browser
from tests.web.conftest import LANGUAGES, Street

PATHS = (
    "/",
    "/villages",
    "/villages/bat-trang-ceramics",
    "/villages/phu-vinh-rattan-and-bamboo",
    *(f"/stars/{level}" for level in (3, 4, 5)),
    "/products",
    "/products?sort=price&stars=5&stars=4&stock=1",
    "/products/binh-gom-bat-trang",
    "/search",
    "/search?q=gom",
    "/search?q=zzzzzzzz",
    "/points",
    "/certificates/1",
    "/basket",
    "/orders",
    "/sign-in",
    *(f"/about/{topic}" for topic in ("stars", "delivery", "returns", "privacy", "shop")),
)
NOWHERE = (
    "/villages/atlantis",
    "/stars/2",
    "/stars/6",
    "/stars/five",
    "/products/no-such-thing",
    "/points/no-such-point",
    "/certificates/999999",
    "/certificates/1x",
    "/orders/HN2345678/wrong",
    "/about/nothing",
    "/nothing",
    "/products?after=999999",
    "/products?after=-1",
    "/products?after=x",
    "/products?before=" + "9" * 40,
    "/products?after=²",
    "/products?village=atlantis",
    "/products?stars=6",
    "/products?group=cars",
    "/products?price=1-2",
    "/products?stock=0",
    "/products?pickup=nowhere",
    "/products?season=monsoon",
    "/stars/5?village=atlantis",
    "/search?q=gom&after=999999",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_every_address_answers_in_the_language_of_its_path(browser: Browser, language: str, path: str) -> None:
    page = browser.open(f"/{language}{path}")
    assert page.language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_has_its_page(street: Street, browser: Browser, language: str) -> None:
    for point in street.points:
        page = browser.open(f"/{language}/points/{point.slug}")
        assert page.one("h1").get_text(strip=True) == point.name[language]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", NOWHERE)
def test_what_is_not_there_is_said_in_the_readers_language(browser: Browser, language: str, path: str) -> None:
    page = browser.open(f"/{language}{path}", 404)
    assert page.language == language
    assert page.select(f"main a[href='/{language}/']"), "the way on is missing"
    assert not page.select("link[hreflang]")


@pytest.mark.parametrize(("accepts", "language"), [("en-GB,en;q=0.9", "en"), ("vi", "vi"), ("de", "en")])
def test_an_unknown_language_is_not_found_in_the_language_the_browser_prefers(
    browser: Browser, accepts: str, language: str
) -> None:
    page = browser.open("/de/products", 404, Accept_Language=accepts)
    assert page.language == language


@pytest.mark.parametrize(
    ("accepts", "home"),
    [
        ("en-US,en;q=0.8", "/en/"),
        ("vi-VN,vi;q=0.9,en;q=0.5", "/vi/"),
        ("en;q=0.3,vi;q=0.9", "/vi/"),
        ("fr,en;q=0.2", "/en/"),
        ("ja", "/en/"),
        ("", "/vi/"),
        ("*", "/vi/"),
        (";;q=,,", "/en/"),
    ],
)
def test_the_front_door_leads_to_the_language_the_browser_prefers(browser: Browser, accepts: str, home: str) -> None:
    answer = browser.send("GET", "/", headers={"Accept-Language": accepts} if accepts else {})
    assert (answer.status_code, answer.headers["Location"]) == (302, home)
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("path", ["/", "/products?sort=price&stars=5", "/villages/bat-trang-ceramics", "/search?q=gốm"])
def test_a_page_names_itself_in_every_language_and_the_switch_leads_there(browser: Browser, path: str) -> None:
    vietnamese = browser.open(f"/vi{path}")
    named = {str(link["hreflang"]): str(link["href"]) for link in vietnamese.select("link[rel=alternate]")}
    assert set(named) == {"vi", "en"}
    plain = f"http://localhost:8000/vi{path}".split("?")[0]
    assert str(vietnamese.one("link[rel=canonical]")["href"]) == plain
    english = browser.follow(".languages a[hreflang=en]")
    assert english.language == "en"
    assert english.path.split("?")[0] == f"/en{path}".split("?")[0]
    assert str(english.one(".languages a[aria-current]")["hreflang"]) == "en"
    back = browser.follow(".languages a[hreflang=vi]")
    assert f"http://localhost:8000{back.path}" == named["vi"]
    assert back.body == vietnamese.body


def test_a_text_that_exists_in_one_language_only_is_marked_with_that_language(browser: Browser) -> None:
    english = browser.open("/en/products/chi-tieng-viet")
    assert [str(one["lang"]) for one in english.select("h1 span")] == ["vi"]
    assert english.words("h1") == ["Khăn lụa chỉ có tiếng Việt & “nháy” <thử>"]
    assert not browser.open("/vi/products/chi-tieng-viet").select("h1 span")


def test_the_plain_addresses_of_templates_are_those_of_the_routes(street: Street) -> None:
    speak_in("vi")  # a test before may have spoken another
    built = {
        "storefront.home": (addresses.home(), {}),
        "storefront.villages": (addresses.villages(), {}),
        "storefront.village": (addresses.village("x"), {"slug": "x"}),
        "storefront.stars": (addresses.stars(5), {"level": 5}),
        "storefront.products": (addresses.products(), {}),
        "storefront.product": (addresses.product("x"), {"slug": "x"}),
        "storefront.points": (addresses.points(), {}),
        "storefront.point": (addresses.point("x"), {"slug": "x"}),
        "storefront.certificate": (addresses.certificate(7), {"certificate_id": 7}),
        "storefront.search": (addresses.search(), {}),
        "storefront.about": (addresses.about("stars"), {"topic": "stars"}),
        "checkout.basket": (addresses.basket(), {}),
        "checkout.checkout": (addresses.checkout(), {}),
        "checkout.order": (addresses.order("HN1", "s"), {"number": "HN1", "secret": "s"}),
        "checkout.track": (addresses.track(), {}),
    }
    with street.app.test_request_context("/vi/"):
        from flask import url_for

        assert {name: url_for(name, language="vi", **given) for name, (_, given) in built.items()} == {
            name: written for name, (written, _) in built.items()
        }


def test_a_ward_is_suggested_by_old_names_and_names_without_tones(browser: Browser) -> None:
    plain = browser.open("/en/wards?q=hoan+kiem").json
    toned = browser.open("/vi/wards?q=Hoàn Kiếm").json
    assert plain[0]["code"] == toned[0]["code"] == "00070"
    old = browser.open("/en/wards?q=hang+bac").json
    assert old[0]["was"].startswith("Phường Hàng Bạc")
    assert browser.open("/en/wards?q=").json == []


def test_a_taken_down_product_is_not_found(street: Street, browser: Browser) -> None:
    from tests.factories import a_product

    hidden = a_product(published=False)
    browser.open(f"/vi/products/{hidden.slug}", 404)
    db.session.rollback()


@pytest.mark.parametrize(
    "path",
    [
        "/certificates/99999999999999999999999",
        "/products/%00",
        "/products/" + "x" * 3_000,
        "/villages/%F0%9F%8F%BA",
        "/villages/%FF",
        "/products?after=99999999999999999999",
        "/products?village=%00",
        "/points/..%2F..%2Fetc",
    ],
)
def test_an_address_beyond_all_bounds_is_simply_not_there(browser: Browser, path: str) -> None:
    browser.open(f"/en{path}", 404)
