"""The front for other registers' machines: credentials, status lists, passports and EPCIS events; open to any page."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from shop.provenance.ocop_verify.canonical import canonical

bp = Blueprint("standards", __name__)


@bp.after_request
def open_to_all(response: Response) -> Response:
    """Any page on any site may ask; nothing here depends on who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    return response


def told(document: Mapping[str, Any] | str, kind: str, *, seconds: int = 0) -> Response:
    """The document in its one form, with its mark: who has it already is told so. Kept for `seconds`, or asked anew."""
    data = document if isinstance(document, str) else canonical(document)
    response = Response(data, content_type=kind)
    response.headers["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-cache"
    response.add_etag()
    return response.make_conditional(request)


from shop.web.standards import credentials, goods  # noqa: E402, F401  (they hang their routes on bp)
