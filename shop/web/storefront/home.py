"""The front page: the map of villages, shelves by stars and season."""

from __future__ import annotations

from flask import render_template

from shop.catalogue import shelves
from shop.catalogue.assortment import Sort
from shop.catalogue.models import Group
from shop.core import clock
from shop.web.access import public
from shop.web.storefront import bp
from shop.web.storefront.map import village_map
from shop.web.storefront.shelf import Shelf, fill_shelves
from shop.web.storefront.village_cards import featured

ON_A_SHELF = 4


@bp.get("/")
@public
def home() -> str:
    made = shelves.current()
    season = season_of(clock.today().month)
    crafts = made.matching({"stars": frozenset([5, 4]), "group": frozenset([Group.HANDICRAFT.value])})
    wanted = [
        Shelf("hero", made.page(crafts, Sort.BEST, size=ON_A_SHELF)),
        Shelf("stars", made.page(made.matching({"stars": frozenset([5])}), Sort.BEST, size=ON_A_SHELF)),
        Shelf("season", made.page(made.matching({"season": frozenset([season])}), Sort.BEST, size=ON_A_SHELF)),
        Shelf("newest", made.page(made.everything, Sort.NEWEST, size=ON_A_SHELF)),
    ]
    return render_template(
        "storefront/home.html",
        shelves=fill_shelves(wanted),
        season=season,
        map=village_map(),
        featured=featured(8),
        star_counts=made.counts("stars", {}),
        group_counts=made.counts("group", {}),
        groups=list(Group),
        total=made.everything.bit_count(),
    )


def season_of(month: int) -> str:
    """What people look for in a month: Tết from November on, mid-autumn, summer drinks, weddings."""
    if month >= 11 or month <= 2:
        return "tet"
    if month in (8, 9, 10):
        return "mid_autumn"
    return "summer" if month in (5, 6, 7) else "wedding"
