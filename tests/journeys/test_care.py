"""What the shop does for those who type wrong, change their mind, use no mouse, or come a moment too late."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import func, select

from shop.catalogue.models import Product, Variant
from shop.core.db import db, transaction
from shop.stock import keeping
from shop.stock.keeping import Wanted
from shop.stock.models import Stock
from tests.journeys.conftest import WalksIn
from tests.journeys.shopper import Shopper
from tests.served import Served


def test_the_keyboard_alone_buys(walks_in: WalksIn) -> None:
    typist = walks_in("en")
    keys = typist.page.keyboard
    typist.opens("villages/bat-trang-ceramics")
    keys.press("Tab")
    keys.press("Enter")
    assert typist.page.evaluate("document.activeElement.id") == "main", "the skip link leads to the content"
    goes_by_keys(typist, typist.goods()[0].path)
    tabs_to(typist, "form.buy button")
    presses_enter(typist)
    goes_by_keys(typist, "/en/checkout")
    tabs_to(typist, "[role=combobox]")
    keys.type("hoan kiem", delay=20)
    expect(typist.page.locator("[role=option]").first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(typist.page.locator("[role=combobox]")).to_have_value("Phường Hoàn Kiếm, Thành phố Hà Nội")
    presses_enter(typist)
    for name, value in {"name": "Kim Min-ji", "phone": "+82 10-2345-6789", "street": "12 Hàng Gai"}.items():
        tabs_to(typist, f"[name={name}]")
        keys.type(value)
    presses_enter(typist)
    tabs_to(typist, "input[name=way]")
    keys.press("ArrowDown")
    keys.press("ArrowUp")
    expect(typist.page.locator("input[name=way]:checked")).to_have_value("transfer")
    tabs_to(typist, "button.button--order")
    presses_enter(typist)
    typist.sees(".transfer__code svg")


def test_a_broken_form_keeps_everything_typed_and_leads_to_each_field(walks_in: WalksIn, script: bool) -> None:
    careless = walks_in("en", script=script)
    careless.opens("stars/4")
    careless.buys(careless.goods()[0].path)
    careless.goes_to_checkout("hotel")
    careless.page.locator("[name=hotel]").fill("Sunrise Hotel")
    careless.sends(status=422)  # no day of leaving
    leads_to_each_field(careless)
    expect(careless.page.locator("[name=hotel]")).to_have_value("Sunrise Hotel")
    careless.page.locator("[name=check_out]").fill(careless.days_ahead(45))
    if script:
        careless.page.locator("[role=combobox]").fill("Atlantis")
    careless.sends(status=422)  # no ward, or none of that name
    leads_to_each_field(careless)
    expect(careless.page.locator("[name=check_out]")).to_have_value(careless.days_ahead(45))
    if script:
        expect(careless.page.locator("[role=combobox]")).to_have_value("Atlantis")

    careless.goes_home()
    typed = {"name": "Anna Schmidt", "phone": "12345", "email": "anna at example", "street": ""}
    for name, value in typed.items():
        careless.page.locator(f"[name={name}]").fill(value)
    careless.page.locator("details.fold summary").click()
    careless.page.locator("[name=note]").fill("Ring twice, đường Lê Lợi")
    careless.sends(status=422)
    leads_to_each_field(careless)
    careless.sees("#phone-error", says="“12345”")
    kept = {**typed, "note": "Ring twice, đường Lê Lợi"}
    for name, value in kept.items():
        expect(careless.page.locator(f"[name={name}]")).to_have_value(value)

    if script:  # without, the browser itself asks whether to send the form again
        careless.opens("villages")
        careless.page.go_back()
        for name, value in kept.items():
            expect(careless.page.locator(f"[name={name}]")).to_have_value(value)

    careless.opens("checkout")  # back, and on again
    careless.sends()
    for name, value in kept.items():
        expect(careless.page.locator(f"[name={name}]")).to_have_value(value)
    careless.says_who(email="", street="12 Hàng Gai")
    careless.sends("button.button--order", status=422)
    leads_to_each_field(careless)


def test_another_language_keeps_page_and_basket_and_what_was_taken_out_comes_back(
    walks_in: WalksIn, script: bool
) -> None:
    undecided = walks_in("vi", script=script)
    undecided.opens("products?stars=4&sort=price")
    path = undecided.goods()[0].path
    undecided.buys(path)
    undecided.opens("products?stars=4&sort=price")
    undecided.follows(".languages a[hreflang=en]")
    assert undecided.page.url.endswith("/en/products?stars=4&sort=price")
    expect(undecided.page.locator("html")).to_have_attribute("lang", "en")
    if script:
        undecided.sees("basket-count", says="1")
    undecided.follows(".basket-link")
    undecided.sees(".basket-line")
    undecided.sends(".basket-line button.link")
    assert undecided.page.locator(".basket-line").count() == 0
    undecided.sees("[role=status]", says="Taken out")
    undecided.sends("[role=status] button")
    undecided.sees(f'.basket-line a[href="{path.replace("/vi/", "/en/")}"]')


def test_of_two_customers_at_the_last_piece_one_is_told_before_paying(walks_in: WalksIn, served: Served) -> None:
    quick, slow = walks_in("en"), walks_in("en")
    last = leave_one_piece(served)
    for one in (quick, slow):
        one.buys(f"/en/products/{last}")
        one.goes_home()
        one.says_who(street="12 Hàng Gai")
        one.page.locator('input[name=way][value="transfer"]').check()
    quick.sends("button.button--order")
    quick.sees(".transfer__code svg")

    slow.sends("button.button--order", status=422)
    slow.sees(".notice--bad", says="The last piece has just gone")
    expect(slow.page.locator("button.button--order")).to_be_disabled()
    slow.follows('.notice--bad a[href$="/basket"]')
    slow.sees(".basket-line--wrong .basket-line__problem--blocks", says="The last piece has just gone")
    assert slow.page.locator('.basket__sum a[href$="/checkout"]').count() == 0


def tabs_to(shopper: Shopper, selector: str, *, most: int = 120) -> None:
    """Tab until the focus is there, and it must be seen to be there."""
    for _ in range(most):
        shopper.page.keyboard.press("Tab")
        if shopper.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            style = shopper.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style != "none", f"{selector} does not show that it has the focus"
            return
    raise AssertionError(f"{shopper.page.url}: {most} tabs do not lead to {selector}")


def presses_enter(shopper: Shopper) -> None:
    with shopper.page.expect_navigation():
        shopper.page.keyboard.press("Enter")


def goes_by_keys(shopper: Shopper, path: str) -> None:
    tabs_to(shopper, f'a[href="{path}"]')
    presses_enter(shopper)
    assert shopper.path == path


def leads_to_each_field(shopper: Shopper) -> None:
    """The summary has the focus (with script), and each of its links goes to what is to be mended."""
    shopper.sees("#errors")
    if shopper.script:
        assert shopper.page.evaluate("document.activeElement.id") == "errors"
    links = shopper.page.locator("#errors a").all()
    assert links
    for link in links:
        wanted = (link.get_attribute("href") or "")[1:]
        link.click()
        field = shopper.page.locator(f"[id='{wanted}']")
        expect(field).to_be_visible()
        assert field.evaluate("one => one.tagName === 'FIELDSET' || one === document.activeElement"), wanted


def leave_one_piece(served: Served) -> str:
    """Puts all but one piece of some product aside; its slug."""
    with served.back_room.app_context(), transaction():
        lone = select(Stock.variant_id).group_by(Stock.variant_id).having(func.count() == 1)
        stock = db.session.scalars(
            select(Stock).where(Stock.variant_id.in_(lone), Stock.on_hand - Stock.held > 5).order_by(Stock.id)
        ).first()
        assert stock is not None
        keeping.hold([Wanted(stock.id, stock.free - 1)], reference="put aside")
        query = select(Product.slug).join(Variant).where(Variant.id == stock.variant_id, ~Product.is_made_to_order)
        return db.session.scalars(query).one()
