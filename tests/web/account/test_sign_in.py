"""Signing in and out: wrong tries are counted, nobody is led away, the account is one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from shop.core import clock
from shop.core.db import db, transaction
from shop.people.models import Role, User
from tests import factories as make
from tests.browser import Browser, Page


@pytest.fixture(autouse=True)
def on_tuesday(tuesday: Any) -> None:
    """Tries are counted by the clock."""


def sign_in(client: Browser, email: str, password: str = make.PASSWORD, *, status: int = 200, query: str = "") -> Page:
    client.open(f"/en/sign-in{query}")
    return client.submit(status=status, email=email, password=password)


def test_the_right_password_opens_the_account(client: Browser) -> None:
    user = make.a_user(role=Role.OFFICE)
    page = sign_in(client, f"  {user.email.upper()} ")
    assert page.path == "/en/account"
    assert page.words("h1") == [user.name]


def test_the_account_asks_to_sign_in_and_comes_back(client: Browser) -> None:
    user = make.a_user()
    page = client.open("/en/account")
    assert page.path.startswith("/en/sign-in?next=")
    assert client.submit(email=user.email, password=make.PASSWORD).path == "/en/account"


@pytest.mark.parametrize("password", ["wrong", make.PASSWORD + "x", make.PASSWORD.upper(), "x" * 129, ""])
def test_a_wrong_password_is_refused_and_the_address_kept_but_not_the_password(client: Browser, password: str) -> None:
    user = make.a_user()
    page = sign_in(client, user.email, password, status=422)
    assert str(page.one("input[name=email]")["value"]) == user.email
    assert not page.one("input[name=password]").get("value")
    assert page.words(".error-summary li")
    assert client.open("/en/account").path.startswith("/en/sign-in")


def test_an_unknown_address_and_a_wrong_password_are_told_alike(client: Browser) -> None:
    user = make.a_user()
    wrong = sign_in(client, user.email, "wrong", status=422).words(".error-summary li")
    assert sign_in(client, "nobody@phonghe.example", "wrong", status=422).words(".error-summary li") == wrong


def test_a_user_put_to_rest_cannot_sign_in_and_is_signed_out(client: Browser) -> None:
    user = make.a_user()
    sign_in(client, user.email)
    with transaction():
        db.session.get_one(User, user.id).disabled_at = clock.now()
    assert client.open("/en/account").path.startswith("/en/sign-in")
    sign_in(client, user.email, status=422)


def test_ten_wrong_tries_close_the_door_for_five_minutes_even_to_the_right_password(
    client: Browser, tuesday: Any
) -> None:
    user = make.a_user()
    for _ in range(10):
        sign_in(client, user.email, "wrong", status=422)
    page = sign_in(client, user.email, status=422)
    assert "Too many tries" in page.words(".error-summary li")[0]
    tuesday.shift(timedelta(minutes=6))
    assert sign_in(client, user.email).path == "/en/account"


@pytest.mark.parametrize(
    "next",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "evil.example",
        "http:evil.example",
        "/a%0d%0aSet-Cookie:x=1",
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(client: Browser, next: str) -> None:
    user = make.a_user()
    client.open(f"/en/sign-in?next={next}")
    answer = client.send(
        "POST",
        "/en/sign-in",
        data={
            "email": user.email,
            "password": make.PASSWORD,
            "next": str(client.one("input[name=next]")["value"]),
        },
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == 303
    target = answer.headers["Location"]
    assert target == "/en/account" or (target.startswith("/") and target[1:2] not in ("/", "\\"))
    assert "\t" not in target and "\n" not in target and "Set-Cookie:x" not in answer.headers.getlist("Set-Cookie")


def test_the_way_on_survives_a_wrong_password(client: Browser) -> None:
    user = make.a_user()
    sign_in(client, user.email, "wrong", status=422, query="?next=/en/about/stars")
    assert client.submit(email=user.email, password=make.PASSWORD).path == "/en/about/stars"


def test_signing_out_ends_the_sign_in_for_good(client: Browser) -> None:
    user = make.a_user()
    sign_in(client, user.email)
    token = client.cookie("__Host-session")
    assert client.submit("main form[action$=sign-out]").path == "/en/"
    assert client.open("/en/account").path.startswith("/en/sign-in")
    client.client.set_cookie("__Host-session", str(token), domain="localhost", secure=True)
    assert client.open("/en/account").path.startswith("/en/sign-in"), "a kept cookie opens nothing any more"


def test_signing_out_without_being_signed_in_does_no_harm(client: Browser) -> None:
    assert client.post("/vi/sign-out").path == "/vi/"


def test_the_sessions_cookie_is_guarded(client: Browser) -> None:
    user = make.a_user()
    answer = client.send(
        "POST",
        "/en/sign-in",
        data={"email": user.email, "password": make.PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    (cookie,) = (line for line in answer.headers.getlist("Set-Cookie") if line.startswith("__Host-session="))
    for word in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert word in cookie.split("; ")


def test_orders_placed_while_signed_in_stand_in_ones_own_account_only(client: Browser) -> None:
    user, other = make.a_user(), make.a_user()
    mine = make.an_order(user_id=user.id)
    theirs = make.an_order(user_id=other.id)
    page = sign_in(client, user.email)
    assert mine.number in page.text and theirs.number not in page.text
