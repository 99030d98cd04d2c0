"""Addresses of pages as plain strings: a listing has a hundred links, and `url_for` is slow for that.

A test holds each of them against the routes.
"""

from __future__ import annotations

from urllib.parse import quote

from shop.web.languages import language


def home() -> str:
    return f"/{language()}/"


def villages() -> str:
    return f"/{language()}/villages"


def village(slug: str) -> str:
    return f"/{language()}/villages/{slug}"


def stars(level: int) -> str:
    return f"/{language()}/stars/{level}"


def products() -> str:
    return f"/{language()}/products"


def product(slug: str) -> str:
    return f"/{language()}/products/{slug}"


def points() -> str:
    return f"/{language()}/points"


def point(slug: str) -> str:
    return f"/{language()}/points/{slug}"


def certificate(certificate_id: int) -> str:
    return f"/{language()}/certificates/{certificate_id}"


def proof(key: str) -> str:
    """`key` is a product's slug or a certificate's number."""
    return f"/{language()}/proof/{quote(key)}"


def register() -> str:
    return f"/{language()}/register"


def search() -> str:
    return f"/{language()}/search"


def basket() -> str:
    return f"/{language()}/basket"


def checkout() -> str:
    return f"/{language()}/checkout"


def order(number: str, secret: str) -> str:
    return f"/{language()}/orders/{number}/{secret}"


def track() -> str:
    return f"/{language()}/orders"


def about(topic: str) -> str:
    return f"/{language()}/about/{topic}"
