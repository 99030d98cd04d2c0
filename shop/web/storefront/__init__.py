"""The storefront: villages, stars, products, search, points and certificates; the same bytes for every visitor."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from shop.web.page_cache import KEEP, MARK, PASS

bp = Blueprint("storefront", __name__)

# What a list's address may choose. A page with anything else in its address, or with words that somebody typed,
# is answered but not remembered: made-up addresses must not push real pages out.
CHOICES = frozenset(
    ("village", "stars", "group", "price", "stock", "abroad", "pickup", "season", "sort", "after", "before")
)
TYPED = ("storefront.search", "storefront.wards")


@bp.after_request
def mark_for_cache(response: Response) -> Response:
    """Tells the page cache that this answer holds nothing about its visitor, and whether to remember it."""
    if request.method in ("GET", "HEAD") and response.status_code == 200 and "Set-Cookie" not in response.headers:
        known = request.endpoint not in TYPED and CHOICES.issuperset(request.args)
        response.headers[MARK] = KEEP if known else PASS
    return response


from shop.web.storefront import about, certificates, home, listings, points, product, villages, wards  # noqa: E402, F401
