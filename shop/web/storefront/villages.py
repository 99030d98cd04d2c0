"""The craft villages: all of them on one page, each on its own."""

from __future__ import annotations

from itertools import groupby

from flask import abort, render_template

from shop.catalogue import browsing, shelves
from shop.catalogue.assortment import Sort
from shop.catalogue.models import CraftVillage, Group
from shop.core.db import db
from shop.web.access import public
from shop.web.storefront import bp
from shop.web.storefront.map import village_map
from shop.web.storefront.shelf import Shelf, fill_shelves

ON_THE_PAGE = 48


@bp.get("/villages")
@public
def villages() -> str:
    counts = shelves.current().counts("village", {})
    found = sorted(
        db.session.scalars(browsing.villages()),
        key=lambda v: (list(Group).index(v.group), -counts.get(v.id, 0)),
    )
    by_group = [(group, list(some)) for group, some in groupby(found, key=lambda v: v.group)]
    by_group.sort(key=lambda pair: -len(pair[1]))
    return render_template(
        "storefront/villages.html", by_group=by_group, counts=counts, map=village_map(), total=len(found)
    )


@bp.get("/villages/<slug>")
@public
def village(slug: str) -> str:
    found = db.session.scalar(browsing.villages([slug]))
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


def featured(most: int) -> list[tuple[CraftVillage, int]]:
    """The villages with the most goods on sale, with their counts."""
    counts = shelves.current().counts("village", {})
    best = sorted(counts, key=lambda village_id: (-counts[village_id], village_id))[:most]
    labels = shelves.villages()
    slugs = [labels[village_id].slug for village_id in best if counts[village_id]]
    found = {village.slug: village for village in db.session.scalars(browsing.villages(slugs))}
    return [(found[slug], counts[found[slug].id]) for slug in slugs]
