"""What search engines may read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from flask import abort, current_app
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.catalogue.models import CraftVillage, Product
from shop.core.db import db
from shop.core.languages import LANGUAGES
from shop.places.models import SalesPoint
from shop.web.access import public
from shop.web.starting import shop_config
from shop.web.system import bp

PER_FILE = 20_000  # addresses in one file; the protocol allows 50,000


@bp.get("/robots.txt")
@public
def robots() -> Response:
    host = shop_config(current_app).public_url
    private = "".join(
        f"Disallow: /{spoken}/{part}\n" for spoken in LANGUAGES for part in ("basket", "checkout", "orders")
    )
    return _kept(Response(f"User-agent: *\n{private}Sitemap: {host}/sitemap.xml\n", content_type="text/plain"))


@bp.get("/sitemap.xml")
@public
def sitemap() -> Response:
    """An index: one file of villages and points, and as many of products as there are."""
    host = shop_config(current_app).public_url
    last = db.session.scalar(select(Product.id).order_by(Product.id.desc()).limit(1)) or 0
    parts = ["places", *(str(part) for part in range(last // PER_FILE + 1))]
    files = "".join(f"<sitemap><loc>{host}/sitemap-{part}.xml</loc></sitemap>" for part in parts)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    return _xml(f"<sitemapindex {space}>{files}</sitemapindex>")


@bp.get("/sitemap-<part>.xml")
@public
def sitemap_part(part: str) -> Response:
    if part != "places" and not (part.isascii() and part.isdigit() and len(part) < 9):
        abort(404)
    paths = _places() if part == "places" else _products(int(part))
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    host = shop_config(current_app).public_url
    urls = "".join(_url(host, spoken, path) for path in paths for spoken in LANGUAGES)
    return _xml(f"<urlset {space}>{urls}</urlset>")


def _places() -> Iterator[str]:
    yield from ("", "villages", "products", "points", "stars/3", "stars/4", "stars/5")
    for slug in db.session.scalars(select(CraftVillage.slug).order_by(CraftVillage.slug)):
        yield f"villages/{slug}"
    for slug in db.session.scalars(select(SalesPoint.slug).order_by(SalesPoint.slug)):
        yield f"points/{slug}"


def _products(part: int) -> Iterator[str]:
    within = Product.id.between(part * PER_FILE, part * PER_FILE + PER_FILE - 1)
    live = select(Product.slug).where(within, Product.published_at.is_not(None)).order_by(Product.id)
    for slug in db.session.scalars(live):
        yield f"products/{slug}"


def _url(host: str, spoken: str, path: str) -> str:
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{other}" href="{host}/{other}/{escape(path)}"/>' for other in LANGUAGES
    )
    return f"<url><loc>{host}/{spoken}/{escape(path)}</loc>{others}</url>"


def _xml(body: str) -> Response:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return _kept(Response(head + body, content_type="application/xml; charset=utf-8"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
