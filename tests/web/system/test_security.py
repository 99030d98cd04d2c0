"""Writes from other sites are refused, every answer carries its headers, odd requests get a sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

import config as settings
from shop import create_app
from shop.cart.models import Cart
from shop.core.db import db
from shop.web.security import content_policy
from tests import factories as make
from tests.browser import HERE, Browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "manifest-src 'self'; require-trusted-types-for 'script'"
)


def carts() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Cart)) or 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": ""}, 403),
        ({"Sec-Fetch-Site": "Same-Origin, cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HERE}, 403),
        ({"Origin": HERE}, 303),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Referer": f"{HERE}/en/"}, 403),
        ({}, 403),
    ],
)
def test_a_write_is_taken_only_from_our_own_pages(client: Browser, headers: dict[str, str], status: int) -> None:
    product = make.a_product()
    data = {"variant": product.variants[0].id, "quantity": 1}
    answer = client.send("POST", f"/en/products/{product.slug}", data=data, headers=headers)
    assert answer.status_code == status
    assert carts() == (1 if status == 303 else 0)


def test_every_address_that_writes_refuses_other_sites(app: Flask, client: Browser) -> None:
    order = make.an_order()
    given = {"language": "en", "slug": "x", "variant_id": "1", "number": order.number, "secret": order.secret}
    writes = [rule for rule in app.url_map.iter_rules() if rule.methods and "POST" in rule.methods]
    assert len(writes) > 8
    for rule in writes:
        if rule.rule.startswith("/webhooks/"):
            continue
        gaps = {name: "1" if f"<int:{name}>" in rule.rule else given.get(name, "1") for name in rule.arguments}
        path = rule.build(gaps)
        assert path is not None
        answer = client.send("POST", path[1], headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403, path[1]
        assert "Set-Cookie" not in answer.headers


def test_a_refused_write_is_explained_in_the_readers_language(client: Browser) -> None:
    for language in ("vi", "en"):
        answer = client.send("POST", f"/{language}/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
        assert f'<html lang="{language}">' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/vi/",
        "/en/products",
        "/en/basket",
        "/en/nothing",
        "/healthz",
        "/readyz",
        "/robots.txt",
        "/sitemap.xml",
        "/en/wards?q=ha",
        "/static/seal.svg",
        "/static/nothing",
        "/media/nothing",
    ],
)
def test_every_answer_carries_the_headers(client: Browser, path: str) -> None:
    headers = client.send("GET", path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"]
    assert "Server" not in headers or "Werkzeug" not in headers["Server"]


def test_with_cards_a_form_may_end_on_the_pay_page_and_nowhere_else() -> None:
    policy = content_policy("https://checkout.stripe.com")
    assert "form-action 'self' https://checkout.stripe.com;" in policy
    assert policy.replace(" https://checkout.stripe.com", "") == POLICY == content_policy("")


def test_production_asks_for_https_ever_after(tmp_path: Path) -> None:
    app = create_app(replace(settings.read(production(tmp_path)), testing=True))
    answer = app.test_client().get("/healthz", base_url="https://phonghe.example")
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    assert app.test_client().get("/healthz", base_url="https://other.example").status_code == 400
    assert app.test_client().get("/dev/components", base_url="https://phonghe.example").status_code == 404


def production(directory: Path) -> dict[str, str]:
    return {
        "SHOP_ENV": "production",
        "SHOP_INSTANCE": str(directory),
        "SECRET_KEY": "k" * 40,
        "DATABASE_URL": f"sqlite:///{directory}/shop.db",
        "PUBLIC_URL": "https://phonghe.example",
        "TRUSTED_HOSTS": "phonghe.example",
    }


def test_a_body_beyond_the_limit_is_refused_with_a_sentence(client: Browser) -> None:
    page = client.post("/en/orders", 413, number="x" * 400_000)
    assert page.words("h1")


def test_a_method_no_page_knows_is_refused_with_a_page(client: Browser) -> None:
    client.post("/en/villages", 405)
    assert client.send("DELETE", "/en/products", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 405
    assert client.send("BREW", "/en/products", headers={"Sec-Fetch-Site": "same-origin"}).status_code == 405


BIG = "9" * 30


ODD: list[tuple[str, str, dict[str, str]]] = [
    ("GET", f"/en/basket?out={BIG}", {}),
    ("GET", f"/en/basket?out=1&was={BIG}", {}),
    ("POST", f"/en/basket/lines/{BIG}", {"quantity": "1"}),
    ("POST", f"/en/basket/lines/{BIG}/return", {"quantity": "1"}),
    ("POST", "/en/basket/lines/1/return", {"quantity": BIG}),
    ("POST", "/en/checkout?method=point", {"point": "²"}),
    ("POST", "/en/checkout?method=point", {"point": BIG}),
    ("POST", "/en/checkout?method=hotel", {"hotel": "h\x00i", "ward": "00070", "check_out": "2026-12-20"}),
    ("POST", "/en/checkout?method=home&province=%00", {"ward": "0\x00"}),
    ("POST", "/en/orders", {"number": "HN²²²²²²²", "phone": "0912345678"}),
    ("POST", "/en/orders", {"number": "\x00", "phone": "\x00"}),
    ("POST", "/en/sign-in", {"email": "\x00", "password": "\x00"}),
    ("GET", "/en/orders/%00/%00", {}),
    ("GET", f"/en/certificates/{BIG}", {}),
    ("GET", f"/sitemap-{BIG}.xml", {}),
    ("GET", "/sitemap-².xml", {}),
    ("GET", "/en/wards?q=a&province=%00", {}),
    ("GET", "/en/products/%00", {}),
    ("GET", "/en/villages/%00", {}),
    ("GET", "/en/points/%00", {}),
    ("GET", "/en/search?q=%00", {}),
    ("GET", "/static/..%2fconfig.py", {}),
    ("GET", "/media/..%2fsecret.key", {}),
]


@pytest.mark.both
def test_no_value_however_odd_breaks_the_shop(client: Browser, tuesday: Any) -> None:
    make.a_point()
    product = make.a_product()
    broken = []
    for method, path, data in ODD:
        client.client.delete_cookie("__Host-basket", domain="localhost")
        client.open(f"/en/products/{product.slug}")
        client.submit("form.buy")
        answer = client.send(method, path, data=data or None, headers={"Sec-Fetch-Site": "same-origin"})
        steps = [client.send("GET", f"/en/{step}") for step in ("basket", *(f"checkout{s}" for s in STEPS))]
        if any(one.status_code not in (200, 303, 404, 422) for one in (answer, *steps)):
            broken.append((method, path, data, answer.status_code, [step.status_code for step in steps]))
    assert not broken


STEPS = ("", "/details", "/payment")
