"""What anybody may take home: a product's `.ocop` file, and the programs that judge it."""

from __future__ import annotations

from flask import abort, current_app, request
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.catalogue.models import Product
from shop.core.db import db
from shop.provenance import tools
from shop.provenance.log.bundling import NothingToProve, bundle_of
from shop.provenance.log.enclosing import papers_of
from shop.provenance.standards.issuing import issuer
from shop.web.access import public
from shop.web.starting import shop_config
from shop.web.system import bp

OCOP = "application/vnd.ocop.bundle+zip"
PYZ = "application/zip"


@bp.get("/bundle/<slug>.ocop")
@public
def bundle(slug: str) -> Response:
    """Whoever holds an older file asks whether it still stands: a 304 is cheap."""
    product_id = db.session.scalar(select(Product.id).where(Product.slug == slug))
    if product_id is None:
        abort(404)
    directory = shop_config(current_app).log
    try:
        data = bundle_of(product_id, directory, papers_of(issuer(shop_config(current_app).public_url), directory))
    except NothingToProve:
        abort(404)
    return _file(data, OCOP, f"{slug}.ocop")


@bp.get("/tools/<name>.pyz")
@public
def program(name: str) -> Response:
    if name not in tools.PROGRAMS:
        abort(404)
    return _file(tools.zipapp(name), PYZ, f"{name}.pyz")


@bp.get("/tools/sha256sums.txt")
@public
def checksums() -> Response:
    """As `sha256sum --check` reads it."""
    lines = "".join(f"{tools.digest(name)}  {name}.pyz\n" for name in tools.PROGRAMS)
    return _open(Response(lines, content_type="text/plain; charset=utf-8"))


def _file(data: bytes, kind: str, name: str) -> Response:
    response = Response(data, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _open(response)


def _open(response: Response) -> Response:
    """Any page anywhere may fetch it."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)
