"""The list of products: filters with honest counts, sorts, and pages by key that lose nothing."""

from __future__ import annotations

import re

import pytest

from shop.catalogue.assortment import PRICE_BANDS, Sort
from shop.core import clock
from shop.provenance.status import statuses
from shop.web.storefront.listing import PAGE
from tests.browser import Browser, Page
from tests.web.conftest import Street


def shown(page: Page) -> list[str]:
    """The slugs of the cards, in order."""
    return [str(link["href"]).rsplit("/", 1)[1] for link in page.select(".product-grid .product-card__link")]


def total(page: Page) -> int:
    return int(re.sub(r"\D", "", page.words(".listing__count")[0].split()[0]))


def counts(page: Page, name: str) -> dict[str, int]:
    """What stands beside each choice of a filter."""
    found = {}
    for choice in page.select(f"label.choice:has(input[name={name}])"):
        value = str(choice.select("input")[0]["value"])
        found[value] = int(choice.select(".choice__count")[0].get_text(strip=True))
    return found


def walk(browser: Browser, address: str) -> list[list[str]]:
    pages = [shown(browser.open(address))]
    while browser.select(".pager a[rel=next]"):
        pages.append(shown(browser.follow(".pager a[rel=next]")))
    return pages


def flat(pages: list[list[str]]) -> list[str]:
    return [slug for page in pages for slug in page]


def every(browser: Browser, address: str) -> list[str]:
    return flat(walk(browser, address))


def test_the_filters_are_one_plain_form(browser: Browser) -> None:
    form = browser.open("/en/products").one("form.filters")
    assert form["method"] == "get"
    names = {str(field["name"]) for field in form.select("[name]")}
    assert names == {"sort", "stars", "group", "price", "stock", "abroad", "village", "pickup", "season"}
    assert form.select("button")
    page = browser.submit("form.filters", stars=5, stock=1)
    assert total(page) == sum(1 for _ in page.select(".product-card"))
    assert [str(box["value"]) for box in page.select("input[name=stars][checked]")] == ["5"]


@pytest.mark.parametrize("name", ["stars", "group", "price", "stock", "abroad", "village", "pickup", "season"])
def test_the_count_beside_a_choice_is_what_choosing_it_shows(browser: Browser, name: str) -> None:
    beside = counts(browser.open("/en/products"), name)
    assert beside
    for value, count in beside.items():
        assert total(browser.open(f"/en/products?{name}={value}")) == count > 0


def test_every_filter_shows_what_it_says(street: Street, browser: Browser) -> None:
    ids = [product.id for product in street.products]
    judged = statuses(ids, clock.today())
    five = {p.slug for p in street.products if judged[p.id].stars == 5}
    assert set(every(browser, "/en/products?stars=5")) == five
    assert set(every(browser, "/en/stars/5")) == five
    low, high = PRICE_BANDS[1]
    assert high is not None
    assert set(every(browser, f"/en/products?price={low}-{high}")) == {
        p.slug for p in street.products if low <= p.price_from < high
    }
    here = {p.slug for p in street.products if p.village.slug == "bat-trang-ceramics"}
    assert set(every(browser, "/en/products?village=bat-trang-ceramics")) == here
    gone = {p.slug for p in street.products if not p.in_stock}
    assert gone and set(every(browser, "/en/products?stock=1")).isdisjoint(gone)


def test_each_filter_in_force_can_be_taken_away_by_a_link(browser: Browser) -> None:
    """Nothing but the one filter goes: the others, the search and the sort stay, and the first page is shown."""
    browser.open("/en/search?q=ấm+trà&stars=5&stars=4&price=0-100000&sort=price")
    assert browser.page.words(".chips .chip") == ["5 stars", "4 stars", "under ₫100,000"]
    page = browser.follow(".chips .chip")
    assert page.words(".chips .chip") == ["4 stars", "under ₫100,000"]
    assert [str(one["value"]) for one in page.select("select[name=sort] option[selected]")] == ["price"]
    assert str(page.one("form.filters input[name=q]")["value"]) == "ấm trà"
    browser.follow(".chips .chip")
    page = browser.follow(".chips .chip")
    assert not page.select(".chips") and total(page) == total(browser.open("/en/search?q=ấm+trà"))


def test_the_star_of_a_star_page_is_no_filter_to_take_away(browser: Browser) -> None:
    assert browser.open("/en/stars/5?stock=1").words(".chips .chip") == ["In stock now"]


def test_the_filters_are_folded_so_that_the_products_come_first(browser: Browser) -> None:
    fold = browser.open("/en/products").one("form.filters > details")
    assert not fold.has_attr("open") and fold.select("button")


def test_counts_of_a_filter_ignore_its_own_choice_but_not_the_others(browser: Browser) -> None:
    alone = counts(browser.open("/en/products"), "stars")
    chosen = browser.open("/en/products?stars=5&village=bat-trang-ceramics")
    within = counts(browser.open("/en/products?village=bat-trang-ceramics"), "stars")
    assert counts(chosen, "stars") == within != alone
    assert total(chosen) == within["5"]


def test_two_values_of_one_filter_widen_and_two_filters_narrow(browser: Browser) -> None:
    beside = counts(browser.open("/en/products"), "stars")
    both = browser.open("/en/products?stars=5&stars=3")
    assert total(both) == beside["5"] + beside["3"]
    narrowed = browser.open("/en/products?stars=5&stars=3&price=0-100000")
    assert 0 < total(narrowed) < total(both)


def test_a_chosen_value_with_nothing_left_stays_so_that_it_can_be_taken_away(browser: Browser) -> None:
    page = browser.open("/en/products?village=phu-vinh-rattan-and-bamboo")
    assert total(page) == 0 and not shown(page)
    assert page.select("input[name=village][value=phu-vinh-rattan-and-bamboo][checked]")
    assert browser.select("main .empty a")


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("narrowed", ["", "&stock=1", "&stars=5&stars=4"])
def test_no_product_stands_twice_and_none_is_missing_over_all_pages(
    street: Street, browser: Browser, sort: Sort, narrowed: str
) -> None:
    pages = walk(browser, f"/vi/products?sort={sort.value}{narrowed}")
    found = flat(pages)
    assert len(found) == len(set(found)) == total(browser.page)
    assert [len(page) for page in pages[:-1]] == [PAGE] * (len(pages) - 1)
    if not narrowed:
        assert set(found) == {product.slug for product in street.products}


@pytest.mark.parametrize("address", ["/vi/products?sort=price", "/vi/products", "/en/search?q=ấm+trà"])
def test_the_way_back_shows_the_same_pages_as_the_way_there(browser: Browser, address: str) -> None:
    there = walk(browser, address)
    assert len(there) > 1
    back = [shown(browser.page)]
    while browser.select(".pager a[rel=prev]"):
        back.insert(0, shown(browser.follow(".pager a[rel=prev]")))
    assert flat(back) == flat(there)


def test_a_sort_puts_things_in_its_order_over_all_pages(street: Street, browser: Browser) -> None:
    price = {product.slug: product.price_from for product in street.products}
    rising = [price[slug] for slug in every(browser, "/en/products?sort=price")]
    assert rising == sorted(rising)
    falling = [price[slug] for slug in every(browser, "/en/products?sort=price-down")]
    assert falling == sorted(falling, reverse=True)
    judged = statuses([product.id for product in street.products], clock.today())
    stars = {product.slug: judged[product.id].stars or 0 for product in street.products}
    best = [stars[slug] for slug in every(browser, "/en/products")]
    assert best == sorted(best, reverse=True)


def test_the_pager_keeps_filters_and_sort(browser: Browser) -> None:
    browser.open("/en/products?sort=price&stars=5&stars=4")
    page = browser.follow(".pager a[rel=next]")
    assert sorted(str(box["value"]) for box in page.select("input[name=stars][checked]")) == ["4", "5"]
    assert [str(one["value"]) for one in page.select("select[name=sort] option[selected]")] == ["price"]
    assert "after=" in page.path and "sort=price" in page.path


def test_an_unknown_sort_is_the_usual_one(browser: Browser) -> None:
    assert shown(browser.open("/en/products?sort=magic")) == shown(browser.open("/en/products"))


def test_a_star_page_offers_no_other_stars(browser: Browser) -> None:
    page = browser.open("/en/stars/4")
    assert not counts(page, "stars")
    assert counts(page, "village")
    narrowed = browser.open("/en/stars/4?village=bat-trang-ceramics")
    assert total(narrowed) == counts(page, "village")["bat-trang-ceramics"]
    assert {len(stars.select("use")) for stars in narrowed.select(".product-card .stars__row")} == {4}
