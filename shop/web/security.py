"""Headers on every answer, and the refusal of writes that another site sent."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

import structlog
from flask import Flask, abort, g, request
from werkzeug.wrappers import Response

from shop.web.starting import shop_config

SAFE = ("GET", "HEAD", "OPTIONS")
WEBHOOKS = "/webhooks/"


def guard(app: Flask) -> None:
    app.before_request(_name_request)
    app.before_request(_refuse_nul)
    app.before_request(_refuse_other_sites)
    headers = _headers(app)

    @app.after_request
    def protect(response: Response) -> Response:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-Id"] = g.get("request_id", "")
        return response


def content_policy(pay_origin: str) -> str:
    """Nothing inline, nothing from another host; a POST may end on the payment page only."""
    ends = f"'self' {pay_origin}".strip()
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"form-action {ends}; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
        "manifest-src 'self'; require-trusted-types-for 'script'"
    )


def _headers(app: Flask) -> dict[str, str]:
    config = shop_config(app)
    headers = {
        "Content-Security-Policy": content_policy(config.stripe_pay_origin if config.cards else ""),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    }
    if config.production and not config.plain_http:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return headers


def _name_request() -> None:
    g.request_id = secrets.token_hex(8)
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _refuse_nul() -> None:
    """No address has a NUL in it, and PostgreSQL takes none in a text."""
    if "\x00" in request.path:
        abort(404)


def _refuse_other_sites() -> None:
    """No token in pages: the browser itself says where a write comes from (design.md §4.2)."""
    if request.method in SAFE or request.path.startswith(WEBHOOKS):
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        ours = site in ("same-origin", "none")
    else:
        ours = urlsplit(request.headers.get("Origin", "")).netloc == request.host
    if not ours:
        abort(403)
