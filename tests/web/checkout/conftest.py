"""A buyer who walks the checkout, step by step, from Tuesday morning on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shop.catalogue.models import Product
from tests import factories as make
from tests.browser import Browser, Page

Walk = Callable[..., Page]


@pytest.fixture(autouse=True)
def on_tuesday(tuesday: Any) -> None:
    """Promises are told for Tuesday morning."""


@pytest.fixture
def put(client: Browser) -> Callable[..., Product]:
    """Puts a product in the basket by its page."""

    def put(product: Product | None = None, quantity: int = 1, language: str = "en") -> Product:
        product = product or make.a_product()
        client.open(f"/{language}/products/{product.slug}")
        client.submit("form.buy", quantity=quantity)
        return product

    return put


@pytest.fixture
def to_details(client: Browser) -> Walk:
    """From a full basket to the second step: to an address, a hotel or a point."""

    def walk(method: str = "home", **fields: Any) -> Page:
        client.open(f"/en/checkout?method={method}")
        usual = {
            "home": {"ward": make.HOAN_KIEM},
            "hotel": {"ward": make.HOAN_KIEM, "hotel": "Hotel Metropole", "check_out": "2026-12-05"},
            "point": {},
        }[method]
        return client.submit(**{**usual, **fields})

    return walk


WHO = {
    "home": {"street": "5 Hàng Bạc"},
    "hotel": {"room": "412", "consent": "y"},
    "point": {},
}


@pytest.fixture
def to_payment(client: Browser, to_details: Walk) -> Walk:
    """From a full basket to the third step."""

    def walk(method: str = "home", where: dict[str, Any] | None = None, **fields: Any) -> Page:
        to_details(method, **(where or {}))
        usual = {"name": "Anna Schmidt", "phone": "+49 30 901820", "email": "anna@example.com", **WHO[method]}
        return client.submit(**{**usual, **fields})

    return walk
