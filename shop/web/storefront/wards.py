"""Ward suggestions while typing an address: names of today and yesterday, with or without tones."""

from __future__ import annotations

from flask import jsonify, request
from werkzeug.wrappers import Response

from shop.places.wards import suggest
from shop.web.access import public
from shop.web.forms import tidy
from shop.web.storefront import bp

LONGEST = 60


@bp.get("/wards")
@public
def wards() -> Response:
    typed = str(tidy(request.args.get("q", "")))[:LONGEST]
    province = str(tidy(request.args.get("province", ""))) or None
    found = suggest(typed, province_code=province) if typed else []
    return jsonify([{"code": one.code, "name": one.name, "province": one.province, "was": one.was} for one in found])
