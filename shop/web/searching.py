"""Search for the fronts: the index answers, and when it cannot, the database does."""

from __future__ import annotations

from typing import NamedTuple

import structlog
from flask import Flask, current_app
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.catalogue.searching import IndexUnavailable, SearchIndex
from shop.core.db import db
from shop.core.text import fold
from shop.web.starting import shop_config

log = structlog.get_logger()
FALLBACK_LIMIT = 2_000


class Answer(NamedTuple):
    """Products for a query, best first; `corrected` is what was searched instead of what was typed."""

    ids: list[int]
    corrected: str | None


def index(app: Flask) -> SearchIndex:
    made = app.extensions.get("search")
    if made is None:
        made = app.extensions["search"] = SearchIndex(shop_config(app).index)
    assert isinstance(made, SearchIndex)
    return made


def find(text: str) -> Answer:
    try:
        found = index(current_app).find(text)
    except IndexUnavailable as reason:
        log.warning("search falls back to the database", why=str(reason))
        return Answer(_from_database(text), None)
    return Answer(found.ids, found.corrected)


def _from_database(text: str) -> list[int]:
    """Names that hold every word, folded. A scan: only while there is no index."""
    wanted = fold(text).split()
    live = select(Product.id, Product.name).where(Product.published_at.is_not(None)).order_by(Product.id)
    found = []
    for product_id, name in db.session.execute(live.execution_options(yield_per=1_000)):
        words = fold(" ".join(name.values()))
        if all(word in words for word in wanted):
            found.append(product_id)
            if len(found) == FALLBACK_LIMIT:
                break
    return found
