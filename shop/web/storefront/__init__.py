"""The storefront: villages, stars, products, search, points and certificates; the same bytes for every visitor."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from shop.web.page_cache import MARK

bp = Blueprint("storefront", __name__)


@bp.after_request
def mark_for_cache(response: Response) -> Response:
    """Tells the page cache that this answer holds nothing about its visitor."""
    if request.method in ("GET", "HEAD") and response.status_code == 200 and "Set-Cookie" not in response.headers:
        response.headers[MARK] = "1"
    return response


from shop.web.storefront import about, certificates, home, listings, points, product, villages, wards  # noqa: E402, F401
