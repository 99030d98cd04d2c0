"""Lists of products: all, by star, by search; filters with counts, a sort, pages by key."""

from __future__ import annotations

from flask import abort, render_template, request

from shop.catalogue.assortment import UnknownPage
from shop.web import searching
from shop.web.access import public
from shop.web.forms import tidy
from shop.web.storefront import bp
from shop.web.storefront.listing import UnknownFilter, listing

LONGEST_QUERY = 120


@bp.get("/products")
@public
def products() -> str:
    return _page("storefront/products.html")


@bp.get("/stars/<int:level>")
@public
def stars(level: int) -> str:
    if level not in (3, 4, 5):
        abort(404)
    return _page("storefront/stars.html", fixed={"stars": frozenset([level])}, level=level)


@bp.get("/search")
@public
def search() -> str:
    query = str(tidy(request.args.get("q", "")))[:LONGEST_QUERY]
    found = searching.find(query) if query else searching.Answer([], None)
    return _page("storefront/search.html", found=found.ids, query=query, corrected=found.corrected)


def _page(
    template: str,
    *,
    fixed: dict[str, frozenset[int]] | None = None,
    found: list[int] | None = None,
    **more: object,
) -> str:
    try:
        made = listing(request.args, fixed=fixed or {}, found=found)
    except (UnknownFilter, UnknownPage):
        abort(404)
    return render_template(template, listing=made, **more)
