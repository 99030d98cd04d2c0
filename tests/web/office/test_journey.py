"""The office revokes with two people, and every page of the shop says so at once."""

from flask import Flask

from shop.core.db import db
from shop.provenance.log.reading import dossier_of
from tests import factories as make
from tests.browser import Browser

RULING = {"decision_no": "MẪU-88/QĐ-UBND", "grounds": "food-safety", "reason_vi": "Vi phạm.", "reason_en": "A breach."}


def buyer_with(app: Flask, product) -> Browser:
    buyer = Browser(app)
    buyer.open(f"/en/products/{product.slug}")
    buyer.submit("form.buy")
    return buyer


def revoke(first, second, product, **more):
    db.session.rollback()
    certificate = next(iter(dossier_of(product.id).certificates))
    second.approves(first.proposes(product, "revocation", certificate, **RULING, **more))


def test_the_stars_are_gone_from_card_product_basket_and_proof(app, first, second):
    product, other = make.a_product(stars=4), make.a_product(stars=4)
    buyer = buyer_with(app, product)
    assert buyer.open(f"/en/products/{product.slug}").select(".product__stars .stars")
    assert len(buyer.open("/en/stars/4").select(".product-card")) == 2
    revoke(first, second, product)

    cards = buyer.open("/en/stars/4").select(".product-card a[href*=products]")
    assert {card["href"].rsplit("/", 1)[1] for card in cards} == {other.slug}
    page = buyer.open(f"/en/products/{product.slug}")
    assert not page.select(".product__stars .stars, .certificate-panel .stars") and "Revoked" in page.text
    basket = buyer.open("/en/basket")
    assert not basket.select(".basket-line .stars")
    assert "it is now sold without stars" in basket.words(".basket-line__problem")[0]
    proof = buyer.open(f"/en/proof/{product.slug}")
    assert "Revoked" in proof.text and not proof.select("main .stars") and "MẪU-88/QĐ-UBND" in proof.text


def test_a_decision_that_stops_the_sale_takes_the_product_off_the_shelf(app, first, second):
    product = make.a_product(stars=4)
    buyer = buyer_with(app, product)
    revoke(first, second, product, stops_sale="y")
    buyer.open(f"/en/products/{product.slug}", 404)
    assert "This product is no longer sold." in buyer.open("/en/basket").text
    assert "Not on sale" in first.opens(f"/products/{product.slug}").text
