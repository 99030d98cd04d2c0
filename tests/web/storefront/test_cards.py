"""A product's card: what it says before the product's page is opened."""

from __future__ import annotations

from tests import factories as make
from tests.browser import Browser


def price_on_card(client: Browser, language: str) -> str:
    return client.open(f"/{language}/products").words(".product-card .price")[0]


def test_the_price_of_a_card_says_from_when_a_variant_costs_more(client: Browser) -> None:
    make.a_variant(make.a_product(price=90_000), price=140_000)
    assert price_on_card(client, "en") == "from ₫90,000"
    assert price_on_card(client, "vi").split() == ["từ", "90.000", "₫"]


def test_variants_at_one_price_need_no_from(client: Browser) -> None:
    make.a_variant(make.a_product(price=90_000), price=90_000)
    assert price_on_card(client, "en") == "₫90,000"
