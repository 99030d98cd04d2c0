"""The resolver front: where the code on a label leads, for people and for machines, by GS1's rules for resolvers."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

bp = Blueprint("resolver", __name__)


@bp.after_request
def open_to_all(response: Response) -> Response:
    """Any page on any site may ask; nothing here depends on who asks."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Link, Location"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language"
    return response


from shop.web.resolver import description, labels  # noqa: E402, F401  (they hang their routes on bp)
