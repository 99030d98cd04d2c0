"""One day past a certificate's end, suspended or revoked: no page of the whole shop shows a star of it.

No job runs in these tests: the published copy of the stars is stale on purpose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from shop.core.clock import HANOI
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import recognising
from shop.provenance.models import Certificate
from tests import factories as make
from tests.browser import Browser, Page
from tests.conftest import TUESDAY_MORNING
from tests.web.conftest import LANGUAGES
from tests.web.storefront.test_listing import counts

TODAY = TUESDAY_MORNING.date()
ENDED = TODAY + timedelta(days=400)
SAID = {
    "by": make.BY,
    "approved_by": make.SECOND,
    "decision_no": "MẪU-9/QĐ",
    "reason": Texts(vi="Mẫu thử không đạt", en="A sample failed"),
}
# Two villages are enough to crawl; the other seventy have the same template and nothing on sale.
EMPTY_VILLAGE = re.compile(r"/(?:vi|en)/villages/(?!bat-trang-ceramics|van-phuc-silk)[\w-]+$")


@dataclass
class Lapse:
    """Products whose certificates lapse in each of the ways, beside one that stays."""

    app: Flask
    lapsed: list[str]
    staying: str
    may_show: tuple[str, ...]
    languages: tuple[str, ...]


@pytest.fixture(params=["ended", "suspended", "revoked"])
def lapse(app: Flask, request: pytest.FixtureRequest) -> Iterator[Lapse]:
    with time_machine.travel(TUESDAY_MORNING, tick=True) as traveller:
        village = make.a_village("bat-trang-ceramics")
        point = make.a_point()
        lapsed = [make.a_product(village=village, at_points={point: 2}, seasons=["tet"]) for _ in range(3)]
        staying = make.a_product(village=make.a_village("van-phuc-silk"), stars=3, seasons=["tet"])
        until = ENDED if request.param == "ended" else TODAY + timedelta(days=700)
        held = [
            make.a_certificate(product, stars=stars, valid_until=until)
            for product, stars in zip(lapsed, (5, 4, 3), strict=True)
        ]
        if request.param != "ended":
            from_day = ENDED + timedelta(days=1)
            with transaction():
                for one in held:
                    deed: Callable[..., None] = getattr(
                        recognising, {"suspended": "suspend"}.get(request.param, "revoke")
                    )
                    deed(one, from_day=from_day, **SAID)
        with transaction():
            one = make.the_certificate(staying, stars=3, day=TODAY)
            recognising.recognise(one, by=make.BY, approved_by=make.SECOND)
        warm(app)
        traveller.move_to(noon(ENDED))
        assert stars_on_pages(app, lapsed[0].slug), "on its last day the star still stands"
        traveller.move_to(noon(ENDED + timedelta(days=1)))
        assert lapsed[0].stars == 5, "the published copy is stale: no job has run"
        held_by_staying = db.session.scalars(select(Certificate.id).where(Certificate.product_id == staying.id))
        languages = LANGUAGES if request.param == "ended" else ("vi",)
        held_by = tuple(held_by_staying)
        may_show = (
            *(f"/products/{staying.slug}", f"/proof/{staying.slug}"),
            *(f"/{page}{number}" for number in held_by for page in ("certificates/", "proof/c")),
        )
        yield Lapse(app, [product.slug for product in lapsed], staying.slug, may_show, languages)
        db.session.remove()


def noon(day: date) -> Any:
    return TUESDAY_MORNING.replace(year=day.year, month=day.month, day=day.day, hour=12, tzinfo=HANOI)


def warm(app: Flask) -> None:
    """Pages are in the cache from the day before, with their stars."""
    for language in LANGUAGES:
        for path in ("", "products", "stars/5", "villages/bat-trang-ceramics"):
            Browser(app).open(f"/{language}/{path}")


def stars_on_pages(app: Flask, slug: str) -> list[Any]:
    return Browser(app).open(f"/en/products/{slug}").select(".product__stars .stars")


def crawl(app: Flask, *starts: str) -> Iterator[Page]:
    """Every page that can be reached by links."""
    browser, known, waiting = Browser(app), set(starts), list(starts)
    while waiting:
        path = waiting.pop()
        page = browser.open(path)
        yield page
        for link in page.links():
            spoken = link.startswith(starts)
            if spoken and link not in known and not EMPTY_VILLAGE.search(link):
                known.add(link)
                waiting.append(link)


def test_no_page_shows_a_star_of_a_certificate_that_lapsed(lapse: Lapse) -> None:
    buyer = Browser(lapse.app)
    for slug in lapse.lapsed:
        buyer.open(f"/en/products/{slug}")
        buyer.submit("form.buy")
    assert not buyer.select(".stars, .seal")
    seen = []
    for page in crawl(lapse.app, *(f"/{language}/" for language in lapse.languages)):
        seen.append(page.path)
        for star in page.select(".stars, .seal"):
            card = star.find_parent("article", class_="product-card") or star.find_parent(class_="register__line")
            about = str(card.select("a")[0]["href"]) if card else page.path
            assert about.endswith(lapse.may_show), f"{page.path}: {star}"
        for script in page.select("script[type='application/ld+json']"):
            told = json.loads(script.string or "")
            assert told["url"].endswith(lapse.staying) or not {"hasCertification", "certificationRating"} & set(told)
        assert set(counts(page, "stars")) <= {"3"} and counts(page, "stars").get("3", 1) == 1, page.path
        for level in page.words(".star-levels__count"):
            assert level in ("0", "1")
    for slug in lapse.lapsed:
        assert all(f"/{language}/products/{slug}" in seen for language in lapse.languages)
    assert {path.split("/")[2] for path in seen if path.count("/") > 2} >= {
        "products",
        "villages",
        "certificates",
        "proof",
    }
    assert any(path.endswith("/register") for path in seen)


def test_star_pages_and_filters_hold_only_what_is_in_force(lapse: Lapse) -> None:
    browser = Browser(lapse.app)
    for level, left in ((5, []), (4, []), (3, [lapse.staying])):
        page = browser.open(f"/en/stars/{level}")
        assert [str(card["href"]).rsplit("/", 1)[1] for card in page.select(".product-card__link")] == left
        assert not browser.open(f"/en/stars/{level}?village=bat-trang-ceramics").select(".product-card")
    assert counts(browser.open("/vi/products"), "stars") == {"3": 1}
    assert len(browser.select(".stars__row")) == 1


def test_the_certificates_own_page_says_why(lapse: Lapse) -> None:
    browser = Browser(lapse.app)
    browser.open(f"/en/products/{lapse.lapsed[0]}")
    page = browser.follow(".certificate-panel a.more")
    assert not page.select(".stars, .seal")
    assert page.select(".standing--expired, .standing--suspended, .standing--revoked")
