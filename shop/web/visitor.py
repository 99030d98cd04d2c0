"""The visitor's basket and who is signed in, by cookies; nothing of it ever stands on a storefront page."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, current_user
from werkzeug.wrappers import Response

from shop.cart import baskets
from shop.cart.models import Cart
from shop.orders.finding import by_address
from shop.orders.models import Order
from shop.people import signing_in
from shop.people.models import User
from shop.web.starting import shop_config

MONTHS = 60 * 60 * 24 * 60


class Visitor:
    """A signed-in person as Flask-Login wants it: the id in the cookie is the sign-in's token."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: User, token: str) -> None:
        self.user = user
        self.token = token

    def get_id(self) -> str:
        return self.token


def recognise(app: Flask) -> None:
    """Flask-Login, and the cookies' names: `__Host-` needs HTTPS or localhost."""
    config = shop_config(app)
    prefix = "" if config.plain_http else "__Host-"
    app.config.update(
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=not config.plain_http,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        BASKET_COOKIE=f"{prefix}basket",
    )
    manager = LoginManager(app)
    manager.session_protection = None

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(token: str) -> Visitor | None:
        user = signing_in.who(token)
        return Visitor(user, token) if user else None


def user() -> User | None:
    return current_user.user if current_user.is_authenticated else None


def actor() -> str:
    """How the audit trail names who does this: the signed-in person, else a guest."""
    person = user()
    return person.handle if person else "guest"


def basket(*, pictures: bool = True) -> Cart | None:
    """The visitor's basket, if there is one; a deed that shows nothing does without the pictures."""
    return baskets.of_token(request.cookies.get(current_app.config["BASKET_COOKIE"]), pictures=pictures)


def take_turn() -> None:
    """The visitor's other clicks wait until this transaction ends."""
    baskets.take_turn(request.cookies.get(current_app.config["BASKET_COOKIE"]))


def basket_or_new() -> Cart:
    """The visitor's basket, made now if there is none; call inside a transaction. Two clicks take turns."""
    take_turn()
    found = basket(pictures=False)
    if found is None:
        found = baskets.new()
        g.new_basket = found.token
    return found


def remember(response: Response, cart: Cart | None) -> Response:
    """Sets the basket's cookies: the token for us, the count for the script that shows it."""
    secure = not shop_config(current_app).plain_http
    keeps: dict[str, Any] = {"max_age": MONTHS, "secure": secure, "samesite": "Lax", "path": "/"}
    if token := g.get("new_basket"):
        response.set_cookie(current_app.config["BASKET_COOKIE"], token, httponly=True, **keeps)
    response.set_cookie("basket_count", str(cart.pieces if cart else 0), **keeps)
    return response


def note_order(number: str, secret: str) -> None:
    """The visitor's newest order, in the signed cookie: who comes back from the pay page finds it again."""
    session["order"] = [number, secret]


def newest_order() -> Order | None:
    number, secret = session.get("order") or ("", "")
    return by_address(number, secret) if number else None
