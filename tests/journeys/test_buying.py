"""From a village, a star or a word to an order: at 360 px, with script and without."""

from __future__ import annotations

import re
from itertools import combinations

from playwright.sync_api import expect

from tests.journeys.conftest import WalksIn
from tests.journeys.shopper import Shopper

MOST_FIELDS = {"home": 8, "hotel": 8, "point": 4}


def test_from_a_village_three_products_of_two_makers_to_the_hotel_by_bank_transfer(
    walks_in: WalksIn, script: bool
) -> None:
    tourist = walks_in("en", script=script)
    tourist.opens("/en/")
    tourist.follows(".hero__actions a.button")
    tourist.follows('main .pin[href$="/villages/bat-trang-ceramics"]')
    shelf = tourist.goods()
    first, second = next((one, two) for one, two in combinations(shelf, 2) if one.maker == two.maker)
    third = next(one for one in shelf if one.maker != first.maker)
    for one in (first, second, third):
        tourist.buys(one.path)
    total = tourist.sees(".basket__total .price")
    assert tourist.page.locator(".basket-line").count() == 3

    tourist.goes_to_checkout("hotel")
    asked = tourist.asked()
    tourist.page.locator("[name=hotel]").fill("Sunrise Hotel")
    tourist.page.locator("[name=check_out]").fill(tourist.days_ahead(45))
    tourist.chooses_ward("hang bac", "Phường Hoàn Kiếm")
    tourist.sends()
    asked += tourist.asked()
    total = tourist.sees(".quote__total .price").inner_text()  # known before anybody's name
    tourist.page.locator("[name=consent]").check()
    tourist.says_who(room="1204")
    tourist.orders("transfer")

    assert len(asked) <= MOST_FIELDS["hotel"], asked
    tourist.sees(".quote__total .price", says=total)
    tourist.sees(".transfer__code svg")
    payload = tourist.sees(".payload").inner_text()
    assert payload.startswith("000201") and "5303704" in payload
    confirms_what_was_sold(tourist, parcels=2, lines=3)
    makers = tourist.page.locator(".parcel__head").all_inner_texts()
    assert all(any(maker in head for head in makers) for maker in {first.maker, third.maker})
    assert tourist.page.locator("copy-text button").count() == (4 if script else 0)


def test_from_a_star_shelf_to_a_sales_point_paid_there(walks_in: WalksIn, script: bool) -> None:
    neighbour = walks_in("vi", script=script)
    neighbour.opens("/vi/")
    neighbour.follows('.site-nav a[href$="/stars/5"]')
    neighbour.follows('.tabs--stars a[href$="/stars/4"]')
    narrow_to_a_point(neighbour)
    chosen = neighbour.goods()[0]
    neighbour.buys(chosen.path)

    neighbour.goes_to_checkout("point")
    neighbour.page.locator(".radio-card:has(.radio-card__ready .icon) input").first.check()
    asked = neighbour.asked()
    neighbour.sends()
    asked += neighbour.asked()
    neighbour.says_who(name="Nguyễn Thị Đào", email="dao@example.com")
    neighbour.orders("at_point")

    assert len(asked) <= MOST_FIELDS["point"], asked
    neighbour.sees(".notice--good")
    neighbour.sees("h1", says="Nguyễn Thị Đào")
    confirms_what_was_sold(neighbour, parcels=1, lines=1)
    neighbour.sees('.facts a[href*="/points/"]')


def test_from_a_word_without_tones_declined_first_then_paid_by_card(walks_in: WalksIn, script: bool) -> None:
    searcher = walks_in("en", script=script)
    searcher.opens("/en/")
    searcher.page.locator("#q").fill("non la")
    searcher.page.locator("#q").press("Enter")
    searcher.sees(".product-card", says=re.compile("hat", re.IGNORECASE))
    searcher.page.locator("#q").fill("gom bat trang")
    searcher.follows(".search__go")
    searcher.buys(searcher.goods()[0].path)

    searcher.goes_to_checkout("home")
    asked = searcher.asked()
    searcher.chooses_ward("hoan kiem", "Phường Hoàn Kiếm")
    searcher.sends()
    asked += searcher.asked()
    searcher.says_who(street="12 Hàng Gai", email="anna@example.com")
    searcher.orders("card")
    searcher.sees("h1", says="Test payment")
    searcher.follows('form[action$="/decline"] button')
    searcher.sees("main", says="You were not charged")
    searcher.follows('form[action$="/pay"] button')

    assert len(asked) <= MOST_FIELDS["home"], asked
    says_paid(searcher)
    confirms_what_was_sold(searcher, parcels=1, lines=1)


def test_leaving_the_pay_page_keeps_the_order_and_a_transfer_pays_it_instead(walks_in: WalksIn) -> None:
    hesitant = walks_in("en")
    hesitant.opens("search?q=lotus+tea")
    hesitant.buys(hesitant.goods()[0].path)
    hesitant.goes_home()
    hesitant.says_who(street="12 Hàng Gai")
    hesitant.orders("card")
    pay_page = hesitant.page.url
    hesitant.follows(hesitant.page.get_by_role("link", name="Go back to the shop"))
    hesitant.sees(".notice--plain", says="You came back without paying")

    hesitant.sends("button[value=transfer]")
    hesitant.sees(".transfer__code svg")
    confirms_what_was_sold(hesitant, parcels=1, lines=1)
    answer = hesitant.page.goto(pay_page)
    assert answer is not None and answer.status == 410, "nobody pays twice"


def confirms_what_was_sold(shopper: Shopper, *, parcels: int, lines: int) -> None:
    """The order's page: every parcel with its day, every line with the certificate it was sold under."""
    page = shopper.page
    assert re.search(r"/orders/HN\w+/\S+", page.url)
    expect(page.locator(".parcel")).to_have_count(parcels)
    for head in page.locator(".parcel__head").all_inner_texts():
        assert re.search(r"\d", head.split("·")[-1]), f"no day: {head}"
    expect(page.locator(".parcel li")).to_have_count(lines)
    expect(page.locator(".parcel__certificate", has_text="MẪU-")).to_have_count(lines)
    assert shopper.sideways() == 0


def narrow_to_a_point(shopper: Shopper) -> None:
    """The filters: folded on a phone with script, open without."""
    choice = shopper.page.locator("input[name=pickup]").first
    for fold in (".filters__fold:not([open]) > summary", ".filter:not([open]):has(input[name=pickup]) > summary"):
        if shopper.page.locator(fold).count():
            shopper.page.locator(fold).click()
    choice.check()
    shopper.follows(".filters__go button")
    assert "pickup=" in shopper.page.url


def says_paid(shopper: Shopper) -> None:
    """Stripe's word may come a moment after the buyer."""
    for _ in range(20):
        if shopper.page.locator(".notice--good").count():
            break
        shopper.page.wait_for_timeout(250)
        shopper.page.reload()
    shopper.sees(".notice--good", says="Paid")
