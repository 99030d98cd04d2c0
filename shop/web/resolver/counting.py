"""Counts the scan behind a request for a label, and knows the device again by a cookie that says nothing about it."""

from __future__ import annotations

import secrets

import structlog
from flask import current_app, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from shop.core.db import transaction
from shop.provenance.log.keys import NoKeys
from shop.provenance.lots import scanning
from shop.web.starting import shop_config

log = structlog.get_logger()
A_YEAR = 60 * 60 * 24 * 365


def count(product_id: int, serial: str, response: Response) -> Response:
    """The label leads where it leads even if its scan cannot be counted just now."""
    agent = request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if not serial or not scanning.is_counted(request.method, agent, purpose.lower()):
        return response
    token = request.cookies.get(_cookie()) or secrets.token_urlsafe(16)
    try:
        seen = scanning.look(product_id, serial, token=token, address=request.remote_addr or "", agent=agent)
        with transaction():
            scanning.count(seen)
    except (SQLAlchemyError, NoKeys) as error:
        log.warning("a scan was not counted", trouble=repr(error))
    secure = not shop_config(current_app).plain_http
    response.set_cookie(_cookie(), token[:64], max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax", path="/")
    return response


def _cookie() -> str:
    return "label" if shop_config(current_app).plain_http else "__Host-label"
