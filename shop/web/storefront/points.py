"""The sales points: where goods can be seen, bought and picked up."""

from __future__ import annotations

from flask import abort, render_template

from shop.catalogue import shelves
from shop.catalogue.assortment import Sort
from shop.core import clock
from shop.core.db import db
from shop.places import points as finding
from shop.places.models import SalesPoint
from shop.web.access import public
from shop.web.storefront import bp
from shop.web.storefront.map import ground, place, river_path
from shop.web.storefront.shelf import Shelf, fill_shelves

ON_THE_PAGE = 12


@bp.get("/points")
@public
def points() -> str:
    found = list(db.session.scalars(finding.open_on(clock.today())))
    counts = shelves.current().counts("point", {})
    return render_template(
        "storefront/points.html",
        points=found,
        counts=counts,
        pins=[(point, *place(point.lat, point.lon)) for point in found],
        ground=ground(),
        river=river_path(),
    )


@bp.get("/points/<slug>")
@public
def point(slug: str) -> str:
    found = db.session.scalar(finding.open_on(clock.today()).where(SalesPoint.slug == slug))
    if found is None:
        abort(404)
    made = shelves.current()
    page = made.page(made.matching({"point": frozenset([found.id])}), Sort.BEST, size=ON_THE_PAGE)
    return render_template(
        "storefront/point.html",
        point=found,
        shelf=fill_shelves([Shelf("here", page)])["here"],
        hours_today=found.hours_on(clock.today()),
        weekdays=range(7),
        at=place(found.lat, found.lon),
        ground=ground(),
        river=river_path(),
    )
