"""What a reader sees when something is not there, not allowed, or broken: words and a way on."""

from __future__ import annotations

import structlog
from flask import Flask, g, render_template, request
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, SecurityError

from shop.core.db import db
from shop.core.languages import LANGUAGES
from shop.payments.gateway import GatewayDown
from shop.web.languages import speak_in

log = structlog.get_logger()

WORDS = {
    400: (_l("We could not read that"), _l("Something in the request was broken. Go back and try again.")),
    403: (
        _l("This was not sent from our pages"),
        _l("For your safety we did nothing. Open the page again and retry."),
    ),
    404: (_l("This page is not here"), _l("It may have moved, or a letter is missing from the address.")),
    405: (_l("That cannot be done here"), _l("Go back and use the buttons of the page.")),
    409: (_l("This has changed meanwhile"), _l("Look at it again, then decide.")),
    413: (_l("That is too large"), _l("Please send something smaller.")),
    500: (
        _l("Something broke on our side"),
        _l("We have noted it. Nothing you typed was charged or ordered twice."),
    ),
    503: (
        _l("The shop does not answer just now"),
        _l("The shop is busy or being repaired. Please try again in a moment."),
    ),
}


def explain(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    for away in (OperationalError, InterfaceError, InternalError, PoolTimeout):
        app.register_error_handler(away, _database_away)
    app.register_error_handler(GatewayDown, _gateway_down)
    app.register_error_handler(Exception, _bug)


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or 500
    if code < 400 or isinstance(error, SecurityError):  # for a host that is not ours there are no pages to draw
        return error
    return _page(code if code in WORDS else 400, code)


def _database_away(error: SQLAlchemyError) -> tuple[str, int, dict[str, str]]:
    log.error("database away", trouble=str(error))
    db.session.rollback()
    return *_page(503, 503), {"Retry-After": "5"}


def _gateway_down(error: GatewayDown) -> tuple[str, int, dict[str, str]]:
    log.warning("card gateway down", trouble=str(error))
    return *_page(503, 503), {"Retry-After": "30"}


def _bug(error: Exception) -> tuple[str, int]:
    """Logged once, with the number the reader sees."""
    log.exception("bug", path=request.path, endpoint=request.endpoint)
    db.session.rollback()
    return _page(500, 500)


def _page(words: int, code: int) -> tuple[str, int]:
    first = request.path[1:3]
    if first in LANGUAGES:
        speak_in(first)
    title, cure = WORDS[words]
    return render_template("error.html", code=code, title=title, cure=cure, reference=g.get("request_id", "")), code
