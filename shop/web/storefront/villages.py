"""The craft villages: all of them on one page, each on its own."""

from __future__ import annotations

from itertools import groupby

from flask import abort, render_template

from shop.catalogue import browsing, shelves
from shop.catalogue.assortment import Sort
from shop.catalogue.models import Group
from shop.web.access import public
from shop.web.storefront import bp
from shop.web.storefront.map import village_map
from shop.web.storefront.shelf import Shelf, fill_shelves
from shop.web.storefront.village_cards import village_cards

ON_THE_PAGE = 48


@bp.get("/villages")
@public
def villages() -> str:
    counts = shelves.current().counts("village", {})
    order = {group: place for place, group in enumerate(Group)}
    found = sorted(village_cards(), key=lambda v: (order[v.group], -counts.get(v.id, 0), v.slug))
    by_group = [(group, list(some)) for group, some in groupby(found, key=lambda v: v.group)]
    by_group.sort(key=lambda pair: -len(pair[1]))
    return render_template(
        "storefront/villages.html", by_group=by_group, counts=counts, map=village_map(), total=len(found)
    )


@bp.get("/villages/<slug>")
@public
def village(slug: str) -> str:
    found = browsing.village(slug)
    if found is None:
        abort(404)
    made = shelves.current()
    chosen = {"village": frozenset([found.id])}
    page = made.page(made.matching(chosen), Sort.BEST, size=ON_THE_PAGE)
    cards = fill_shelves([Shelf("all", page)])["all"].cards
    by_stars = [
        (level, [(card, status) for card, status in cards if (status.stars or 0) == level]) for level in (5, 4, 3, 0)
    ]
    return render_template(
        "storefront/village.html",
        village=found,
        by_stars=[(level, some) for level, some in by_stars if some],
        star_counts=made.counts("stars", chosen),
        total=page.total,
        more=page.after is not None,
        map=village_map(slug),
    )
