"""Finding a product, a certificate or a producer by what stands on the paper."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, request
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from shop.catalogue.models import Producer, Product
from shop.core import clock
from shop.core.db import db
from shop.core.text import nfc, slugify
from shop.provenance.models import Certificate
from shop.provenance.status import statuses
from shop.web.access import for_office
from shop.web.office import bp
from shop.web.searching import find

MOST = 12


@bp.get("/search")
@for_office
def found() -> str:
    words = nfc(" ".join(request.args.get("q", "")[:120].split()))
    products = _products(words) if words else []
    return render_template(
        "office/found.html",
        words=words,
        products=products,
        certificates=_certificates(words) if words else [],
        producers=_producers(words) if words else [],
        standings=statuses([product.id for product in products], clock.today()),
    )


@bp.get("/producers/<slug>")
@for_office
def producer(slug: str) -> str:
    held = db.first_or_404(select(Producer).where(Producer.slug == slug).options(joinedload(Producer.village)))
    after = request.args.get("after", 0, type=int)
    found = select(Product).where(Product.producer_id == held.id, Product.id > after).order_by(Product.id)
    rows = db.session.scalars(found.limit(MOST + 1)).all()
    return render_template(
        "office/producer.html",
        producer=held,
        products=rows[:MOST],
        more=rows[MOST - 1].id if len(rows) > MOST else None,
        standings=statuses([product.id for product in rows[:MOST]], clock.today()),
    )


def _products(words: str) -> Sequence[Product]:
    """What the shop's search finds, and what is off sale by the beginning of its name."""
    ids = find(words).ids[:MOST]
    plain = slugify(words)
    off_sale = Product.published_at.is_(None) & Product.slug.startswith(plain, autoescape=True)
    wanted = or_(Product.id.in_(ids), off_sale) if plain else Product.id.in_(ids)
    found = db.session.scalars(select(Product).where(wanted).options(joinedload(Product.producer)).limit(2 * MOST))
    place = {product_id: at for at, product_id in enumerate(ids)}
    return sorted(found, key=lambda product: place.get(product.id, MOST))[:MOST]


def _certificates(words: str) -> Sequence[Certificate]:
    """By the beginning of the certificate's number or of its decision's."""
    begins = [column.startswith(words, autoescape=True) for column in (Certificate.number, Certificate.decision_no)]
    found = select(Certificate).where(or_(*begins)).order_by(Certificate.number).limit(MOST)
    return db.session.scalars(found.options(joinedload(Certificate.product))).all()


def _producers(words: str) -> Sequence[Producer]:
    plain = slugify(words)
    if not plain:
        return []
    found = select(Producer).where(Producer.slug.contains(plain, autoescape=True)).order_by(Producer.slug).limit(MOST)
    return db.session.scalars(found.options(joinedload(Producer.village))).all()
