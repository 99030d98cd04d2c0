"""Every kind of page: no barrier that axe can find, nothing wider than the smallest phone, and fit to be shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from tests.journeys.conftest import WalksIn
from tests.journeys.pages import SHELVES, every_page, of_each_state
from tests.journeys.shopper import Shopper
from tests.served import ROOT, Served

SMALLEST = {"width": 320, "height": 640}
SCREENS = {360: 740, 1280: 860}
SHOTS = ROOT / "docs" / "screenshots"
MOST_BYTES = 150 * 1024
# Pictures load as they come into view.
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += innerHeight / 2) {
    scrollTo({top: y, behavior: "instant"});
    await new Promise((done) => setTimeout(done, 40));
  }
  scrollTo({top: 0, behavior: "instant"});
  const rest = new Promise((done) => setTimeout(done, 3000));
  await Promise.race([rest, Promise.all([...document.images].map((one) => one.decode().catch(() => 0)))]);
}"""


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_page_has_a_barrier_or_is_wider_than_the_smallest_phone(
    walks_in: WalksIn, served: Served, language: str
) -> None:
    small = walks_in(language, viewport=SMALLEST)
    assert troubles(small, every_page(small, served)) == []


def test_no_page_has_a_barrier_in_the_dark(walks_in: WalksIn, served: Served) -> None:
    late = walks_in("en", viewport=SMALLEST, color_scheme="dark")
    product, certificate = next(iter(of_each_state(served).values()))
    paths = (*SHELVES[:5], f"products/{product}", f"certificates/{certificate}", "/dev/components", "sign-in")
    assert troubles(late, opening(late, paths)) == []


@pytest.mark.parametrize("width", SCREENS)
def test_the_screenshots_of_the_readme_are_these_pages(walks_in: WalksIn, served: Served, width: int) -> None:
    """With SHOP_SCREENSHOTS=1 they are taken anew; else it is only seen that they can be."""
    tourist = walks_in("en", viewport={"width": width, "height": SCREENS[width]})
    for name, come in scenes(served).items():
        come(tourist)
        tourist.page.evaluate(SCROLL)
        file = SHOTS / f"{name}-{width}.webp"
        shot = as_webp(tourist.page.screenshot())
        if os.environ.get("SHOP_SCREENSHOTS") == "1":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(shot)
        assert len(shot) <= MOST_BYTES, name
        with Image.open(file) as kept:
            assert kept.width == width, f"{file.name} is not of this screen; take it anew with SHOP_SCREENSHOTS=1"


def troubles(shopper: Shopper, pages: Iterator[str]) -> list[str]:
    """All that is wrong with these pages at once."""
    found = []
    for name in pages:
        if wider := shopper.sideways():
            found.append(f"{name}: {wider} px too wide")
        for trouble in Axe().run(shopper.page).response["violations"]:
            where = "; ".join(node["html"][:120] for node in trouble["nodes"][:3])
            found.append(f"{name}: {trouble['id']}: {trouble['help']}: {where}")
    return found


def opening(shopper: Shopper, paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        shopper.opens(path)
        yield path or "home"


def scenes(served: Served) -> dict[str, Callable[[Shopper], Any]]:
    product, certificate = "am-tra-men-lam-hoa-sen", next(iter(of_each_state(served).values()))[1]
    return {
        "home": lambda tourist: tourist.opens(""),
        "village": lambda tourist: tourist.opens("villages/bat-trang-ceramics"),
        "product": lambda tourist: tourist.opens(f"products/{product}"),
        "certificate": lambda tourist: tourist.opens(f"certificates/{certificate}"),
        "basket": fill_the_basket,
        "checkout": lambda tourist: tourist.goes_to_checkout("point"),
        "order": order_by_transfer,
    }


def fill_the_basket(tourist: Shopper) -> None:
    tourist.buys("/en/products/am-tra-men-lam-hoa-sen")
    tourist.opens("stars/5")
    tourist.buys(tourist.goods()[0].path)


def order_by_transfer(tourist: Shopper) -> None:
    tourist.goes_home()
    tourist.says_who(street="12 Hàng Gai")
    tourist.orders("transfer")


def as_webp(png: bytes) -> bytes:
    out = BytesIO()
    with Image.open(BytesIO(png)) as shot:
        shot.convert("RGB").save(out, "WEBP", quality=80, method=6)
    return out.getvalue()
