"""Whether the process lives and whether it can serve."""

from __future__ import annotations

from flask import current_app, jsonify, redirect
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from shop.core.db import db
from shop.web.access import public
from shop.web.languages import preferred
from shop.web.searching import index
from shop.web.starting import shop_config
from shop.web.system import bp


@bp.get("/")
@public
def front_door() -> Response:
    """To the language the browser prefers."""
    response = redirect(f"/{preferred()}/", 302)
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/healthz")
@public
def alive() -> Response:
    return jsonify(alive=True)


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """200 when the database answers; a missing search index is named but does not stop sales."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(database=False), 503
    cards = shop_config(current_app).cards
    return jsonify(database=True, search=index(current_app).is_ready, cards=cards), 200
