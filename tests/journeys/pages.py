"""Every kind of page a customer may come to, and how to come there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db, transaction
from shop.provenance.models import Certificate
from shop.provenance.status import State, status_at
from tests.journeys.shopper import Shopper
from tests.served import Served

SHELVES = (
    *("", "villages", "villages/bat-trang-ceramics", "stars/5", "products", "products?stars=4&group=food"),
    *("search?q=gom+bat+trang", "search?q=zzzqqqx", "search", "points", "register", "register?standing=revoked"),
    *("about/stars", "about/delivery", "about/returns", "about/privacy", "about/shop"),
)
STATES = (State.VALID, State.EXPIRED, State.REVOKED, State.SUSPENDED)
PASSWORD = "phonghe-demo-2026"


def every_page(shopper: Shopper, served: Served) -> Iterator[str]:
    """Leads the shopper from page to page; at each its name is yielded."""
    yield from storefront(shopper, served)
    yield from checkout(shopper)
    yield from people(shopper)


def storefront(shopper: Shopper, served: Served) -> Iterator[str]:
    for path in SHELVES:
        shopper.opens(path)
        yield path or "home"
    for state, (slug, certificate) in of_each_state(served).items():
        shopper.opens(f"products/{slug}")
        yield f"product, {state}"
        shopper.opens(f"certificates/{certificate}")
        yield f"certificate, {state}"
        shopper.opens(f"proof/{slug}")
        yield f"proof, {state}"
    shopper.opens("points")
    shopper.follows(".point-card h2 a")
    yield "point"
    shopper.opens("no-such-page", status=404)
    yield "404"
    shopper.opens("/dev/components")
    yield "components"


def checkout(shopper: Shopper) -> Iterator[str]:
    shopper.opens("basket")
    yield "basket, empty"
    shopper.opens("stars/4")
    some = [one.path for one in shopper.goods()[:2]]
    shopper.opens(some[0])
    shopper.page.locator("#quantity").fill("0")
    shopper.sends("form.buy button", status=422)
    yield "product, with errors"
    for path in some:
        shopper.buys(path)
    yield "basket, full"
    shopper.page.locator(".basket-line__amount input[type=number]").first.fill("990")
    shopper.sends(".basket-line__amount button", status=422)
    yield "basket, with problems"
    shopper.goes_to_checkout("point")
    yield "checkout, point"
    shopper.goes_to_checkout("hotel")
    yield "checkout, hotel"
    shopper.sends(status=422)
    yield "checkout, hotel with errors"
    shopper.goes_to_checkout("home")
    yield "checkout, home"
    if shopper.script:
        shopper.page.locator("[role=combobox]").fill("quang")
        shopper.page.locator("[role=option]").first.wait_for()
        yield "checkout, wards suggested"
    shopper.goes_home()
    yield "details"
    shopper.page.locator("details.fold summary").click()
    shopper.sends(status=422)
    yield "details, with errors"
    shopper.says_who(street="12 Hàng Gai")
    yield "payment"
    shopper.sends("button.button--order", status=422)
    yield "payment, with errors"
    shopper.orders("transfer")
    yield "order, waiting for a transfer"
    shopper.opens("stars/3")
    shopper.buys(shopper.goods()[0].path)
    shopper.goes_home()
    shopper.says_who(street="12 Hàng Gai")
    shopper.orders("card")
    shopper.follows(".back a")
    yield "order, card left"
    shopper.sends("button[value=card]")
    shopper.follows('form[action$="/pay"] button')
    yield "order, paid"


def people(shopper: Shopper) -> Iterator[str]:
    shopper.opens("orders")
    yield "track"
    shopper.sends(status=422)
    yield "track, with errors"
    shopper.opens("sign-in")
    yield "sign in"
    shopper.page.locator("[name=email]").fill("office@phonghe.example")
    shopper.page.locator("[name=password]").fill(PASSWORD)
    shopper.sends()
    yield "account"


def of_each_state(served: Served) -> dict[State, tuple[str, int]]:
    """A product on sale whose certificate stands so, and that certificate."""
    found: dict[State, tuple[str, int]] = {}
    with served.back_room.app_context(), transaction():
        on_sale = select(Product.id, Product.slug, Certificate.id).join(Certificate).order_by(Certificate.id)
        for product_id, slug, certificate in db.session.execute(on_sale.where(Product.published_at.is_not(None))):
            found.setdefault(status_at(product_id, clock.today()).state, (slug, certificate))
    return {state: found[state] for state in STATES}
