"""A product's page: what it says to people and to machines, and putting the product in the basket."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from shop.catalogue import changes
from shop.catalogue.models import Export, Travel
from shop.core import clock
from shop.core.db import transaction
from shop.core.languages import Texts
from shop.provenance import recognising
from tests import factories as make
from tests.browser import Browser, Page


@pytest.fixture(autouse=True)
def on_tuesday(tuesday: Any) -> None:
    """Promises and statuses are told for Tuesday morning."""


def data_of(page: Page) -> dict[str, Any]:
    found = json.loads(page.one("script[type='application/ld+json']").string or "")
    assert isinstance(found, dict)
    return found


def test_machines_read_product_offer_and_the_certificate_in_force(client: Browser) -> None:
    product = make.a_product(stars=5, price=250_000)
    data = data_of(client.open(f"/en/products/{product.slug}"))
    assert (data["@context"], data["@type"], data["name"]) == ("https://schema.org", "Product", product.name["en"])
    offer = data["offers"][0]
    assert (offer["@type"], offer["price"], offer["priceCurrency"]) == ("Offer", 250_000, "VND")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["url"] == data["url"] == f"http://localhost:8000/en/products/{product.slug}"
    held = data["hasCertification"]
    assert held["@type"] == "Certification"
    assert held["certificationRating"]["ratingValue"] == 5
    assert held["certificationIdentification"].startswith("MẪU-")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", held["expires"])


def test_what_is_sold_out_is_offered_as_out_of_stock(client: Browser) -> None:
    product = make.a_product(stock=0)
    page = client.open(f"/en/products/{product.slug}")
    assert data_of(page)["offers"][0]["availability"] == "https://schema.org/OutOfStock"
    assert not page.select("form.buy button")


def test_each_variant_is_an_offer_and_a_choice(client: Browser) -> None:
    product = make.a_product(price=100_000)
    make.a_variant(product, price=90_000)
    page = client.open(f"/vi/products/{product.slug}")
    assert [offer["price"] for offer in data_of(page)["offers"]] == [100_000, 90_000]
    assert len(page.select("form.buy input[type=radio][name=variant]")) == 2
    assert page.select("input[name=variant][checked]"), "the first is chosen already"


def test_no_certificate_means_none_for_machines_either(client: Browser) -> None:
    product = make.a_product()
    page = client.open(f"/en/products/{product.slug}")
    assert "hasCertification" not in data_of(page)
    assert not page.select(".stars, .seal")


@pytest.mark.parametrize("how", ["suspended", "revoked", "expired", "not yet"])
def test_a_certificate_out_of_force_draws_no_star_and_is_not_told_to_machines(client: Browser, how: str) -> None:
    product = make.a_product(stars=4 if how in ("suspended", "revoked") else None)
    today = clock.today()
    if how == "not yet":
        make.a_certificate(product, stars=4, day=today, valid_from=today + timedelta(days=5))
    elif how == "expired":
        make.a_certificate(product, stars=4, day=today - timedelta(days=1200))
    else:
        said = {
            "by": "test",
            "approved_by": make.SECOND,
            "from_day": today,
            "decision_no": "MẪU-1",
            "reason": Texts(vi="Vi phạm", en="Breach"),
        }
        with transaction():
            deed = recognising.suspend if how == "suspended" else recognising.revoke
            deed(certificate_of(product), **said)
    page = client.open(f"/en/products/{product.slug}")
    assert "hasCertification" not in data_of(page)
    assert not page.select(".stars, .seal")
    if how in ("suspended", "revoked", "expired"):
        assert page.select(f".certificate-panel .standing--{how}")
        certificate = client.follow(".certificate-panel a.more")
        assert not certificate.select(".stars, .seal")
        assert certificate.select(f".standing--{how}")


def certificate_of(product: Any) -> Any:
    from sqlalchemy import select

    from shop.core.db import db
    from shop.provenance.models import Certificate

    return db.session.scalars(select(Certificate).where(Certificate.product_id == product.id)).one()


def test_stars_stand_with_who_gave_them_by_which_decision_and_until_when(client: Browser) -> None:
    product = make.a_product(stars=4)
    page = client.open(f"/en/products/{product.slug}")
    assert page.one(".product__stars .stars__row")["aria-label"] == "4 OCOP stars"
    panel = page.words(".certificate-panel")[0]
    certificate = certificate_of(product)
    assert certificate.decision_no in panel
    assert str(certificate.valid_until.year) in panel
    assert certificate.authority.name.to("en") in panel
    whole = client.follow(".certificate-panel a.more")
    assert certificate.number in whole.text


def test_a_name_full_of_signs_stays_text_for_people_and_machines(client: Browser) -> None:
    name = 'Khay "chạm" </script><script>alert(1)</script> & <b>'
    product = make.a_product(name=Texts(vi=name, en=name), summary=Texts(vi=name, en=name))
    page = client.open(f"/en/products/{product.slug}")
    assert data_of(page)["name"] == name
    assert page.words("h1") == [" ".join(name.split())]
    assert len(page.select("script:not([src])")) == 1


def test_the_arrival_in_hanoi_is_a_date(client: Browser) -> None:
    product = make.a_product()
    said = client.open(f"/en/products/{product.slug}").words(".promises--list")[0]
    assert said.startswith("In Hanoi Wed 25 Nov – Thu 26 Nov")


def test_points_that_have_it_on_the_shelf_are_named(client: Browser) -> None:
    point = make.a_point()
    product = make.a_product(at_points={point: 2})
    page = client.open(f"/en/products/{product.slug}")
    assert page.select(f".promises--list a[href='/en/points/{point.slug}']")
    assert page.select(f".point-card a[href='/en/points/{point.slug}']") or point.name["en"] in page.text
    here = client.open(f"/en/points/{point.slug}")
    assert here.select(f".product-card__link[href='/en/products/{product.slug}']")


def test_travel_and_export_notes_are_said(client: Browser) -> None:
    product = make.a_product(travel=Travel.HOLD, export=Export.NO)
    said = client.open(f"/en/products/{product.slug}").words(".promises--list")[0]
    assert "Checked bag only" in said and "Not for posting abroad" in said


def test_putting_it_in_the_basket_shows_it_there_and_counts_the_pieces(client: Browser) -> None:
    product = make.a_product(stars=4)
    client.open(f"/en/products/{product.slug}")
    page = client.submit("form.buy", quantity=3)
    assert page.path == f"/en/basket?added={product.slug}"
    assert str(page.one("input[name=quantity][type=number]")["value"]) == "3"
    assert client.cookie("basket_count") == "3"
    client.open(f"/en/products/{product.slug}")
    assert str(client.submit("form.buy").one("input[name=quantity][type=number]")["value"]) == "4"


def test_the_baskets_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask, client: Browser) -> None:
    product = make.a_product()
    answer = client.send(
        "POST",
        f"/en/products/{product.slug}",
        data={"variant": product.variants[0].id, "quantity": 1},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    token = next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-basket="))
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert word in token.split("; ")


@pytest.mark.parametrize("quantity", ["0", "-1", "100", "1.5", "một", "", "1e3", "9" * 60])
def test_a_quantity_that_cannot_be_is_refused_beside_its_field_and_kept(client: Browser, quantity: str) -> None:
    product = make.a_product()
    client.open(f"/en/products/{product.slug}")
    page = client.submit("form.buy", 422, quantity=quantity)
    field = page.one("#quantity")
    assert field["aria-invalid"] == "true"
    assert page.words("#quantity-error")[0]
    assert str(field["value"]) == (quantity or "1") or str(field["value"]) == quantity
    assert page.select(".error-summary a[href='#quantity']")
    assert client.cookie("__Host-basket") is None


@pytest.mark.parametrize("variant", ["999999", "x", None])
def test_a_variant_that_is_not_this_products_is_refused(client: Browser, variant: str | None) -> None:
    product, other = make.a_product(), make.a_product()
    client.open(f"/en/products/{product.slug}")
    page = client.submit("form.buy", 422, variant=variant)
    assert page.select(".error-summary")
    client.open(f"/en/products/{product.slug}")
    client.submit("form.buy", 422, variant=other.variants[0].id)
    assert client.cookie("__Host-basket") is None


def test_more_than_ninety_nine_pieces_in_all_are_refused(client: Browser) -> None:
    product = make.a_product(stock=500)
    client.open(f"/en/products/{product.slug}")
    client.submit("form.buy", quantity=60)
    client.open(f"/en/products/{product.slug}")
    page = client.submit("form.buy", 422, quantity=60)
    assert "99" in page.words(".error-summary")[0]
    assert str(client.open("/en/basket").one("input[name=quantity][type=number]")["value"]) == "60"


def test_a_variant_no_longer_sold_is_neither_shown_nor_put_in_the_basket(client: Browser) -> None:
    product = make.a_product(price=100_000)
    other = make.a_variant(product, price=90_000)
    with transaction():
        product.variants[0].is_sold = False
        changes.note(product.id)
    page = client.open(f"/en/products/{product.slug}")
    assert page.words("form.buy .price") == ["₫90,000"]
    client.submit("form.buy")
    assert client.one("input[name=quantity][type=number]")["id"] == f"quantity-{other.id}"
