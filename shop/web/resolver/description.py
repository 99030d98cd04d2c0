"""How this resolver describes itself to machines."""

from __future__ import annotations

from flask import current_app, jsonify
from werkzeug.wrappers import Response

from shop.web.access import public
from shop.web.resolver import bp
from shop.web.resolver.links import VOCABULARY
from shop.web.starting import shop_config


@bp.get("/.well-known/gs1resolver")
@public
def gs1resolver() -> Response:
    host = shop_config(current_app).public_url
    response = jsonify(
        name="Phố Nghề",
        resolverRoot=host,
        supportedLinkType=[{"namespace": VOCABULARY, "prefix": "gs1:"}],
        supportedPrimaryKeys=["01"],
        contact={"fn": "Phố Nghề", "hasURL": f"{host}/vi/about/shop"},
    )
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
