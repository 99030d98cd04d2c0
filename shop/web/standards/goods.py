"""Goods for machines: the product passport, and what happened to a lot as EPCIS events."""

from __future__ import annotations

from flask import abort, current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from shop.catalogue.models import CraftVillage, Product
from shop.core import clock
from shop.core.db import db
from shop.places.models import Ward
from shop.provenance.log.reading import dossier_of, events_of
from shop.provenance.ocop_verify.folding import fold
from shop.provenance.standards.credential import address_of
from shop.provenance.standards.epcis import events_of_lot
from shop.provenance.standards.passport import passport_of
from shop.web.access import public
from shop.web.standards import bp, told
from shop.web.starting import shop_config

JSON, JSON_LD = "application/json", "application/ld+json"


@bp.get("/dpp/<slug>")
@bp.get("/dpp/<slug>/<lot>")
@public
def passport(slug: str, lot: str = "") -> Response:
    """Also of goods that are no longer on sale: somebody has them at home."""
    product = _product(slug)
    dossier = dossier_of(product.id)
    if (lot and lot not in dossier.lots) or not (product.is_live or dossier.about):
        abort(404)
    return told(passport_of(product, dossier, shop_config(current_app).public_url, clock.today(), lot=lot), JSON)


@bp.get("/epcis/<slug>/<lot>")
@public
def lot_events(slug: str, lot: str) -> Response:
    events = events_of([product := _product(slug).id])[product]
    dossier = fold(events) if events else None
    if dossier is None or lot not in dossier.lots:
        abort(404)
    held = dossier.certificates.get(dossier.lots[lot].certificate)
    certificate = address_of(held, shop_config(current_app).public_url) if held else ""
    return told(events_of_lot(events, lot, certificate=certificate), JSON_LD)


def _product(slug: str) -> Product:
    found = select(Product).where(Product.slug == slug)
    place = joinedload(Product.village).joinedload(CraftVillage.ward).joinedload(Ward.province)
    product: Product = db.first_or_404(found.options(joinedload(Product.producer), place))
    return product
