"""The proof front: anybody reads a product's certificate, its whole story and the log it stands in, and may object."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from shop.web.page_cache import MARK, PASS

bp = Blueprint("proof", __name__)
log = Blueprint("log", __name__)  # for machines: addresses without a language


@bp.after_request
def mark_for_compression(response: Response) -> Response:
    """Compressed and given an ETag, but never remembered: the checkpoint moves without the catalogue's knowing."""
    is_page = response.status_code == 200 and response.mimetype == "text/html"
    if request.method in ("GET", "HEAD") and is_page and "Set-Cookie" not in response.headers:
        response.headers[MARK] = PASS
    return response


from shop.web.proof import feeds, page, register, reports  # noqa: E402, F401
from shop.web.proof import log_files as log_files  # noqa: E402
from shop.web.proof import register_csv as register_csv  # noqa: E402
from shop.web.proof import trust as trust  # noqa: E402
