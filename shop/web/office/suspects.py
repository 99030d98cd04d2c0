"""Labels that look copied: which, why, and of which product."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core.db import db
from shop.provenance.lots import stories
from shop.web.access import for_office
from shop.web.office import bp

SHOWN = 50


@bp.get("/labels")
@for_office
def labels() -> str:
    found = stories.suspects(at_most=SHOWN)
    ids = {one.product_id for one in found}
    products = {one.id: one for one in db.session.scalars(select(Product).where(Product.id.in_(ids)))}
    return render_template("office/labels.html", found=found, products=products)
