"""Suspensions, revocations and recalls, and what ended them, as an Atom feed and its JSON twin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from flask import current_app
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.catalogue.models import Product
from shop.core.db import db
from shop.provenance.log.models import Event
from shop.provenance.log.reading import product_of
from shop.provenance.ocop_verify.canonical import canonical, parse
from shop.web import addresses
from shop.web.access import public
from shop.web.languages import language
from shop.web.presenting import fill
from shop.web.proof import log
from shop.web.proof.log_files import kept
from shop.web.starting import shop_config
from shop.web.stories import story_of

MOST = 50
TOLD = (
    *("certificate.suspended", "certificate.revoked", "recall.opened"),
    *("certificate.reinstated", "recall.closed", "appeal.decided"),
)
SHORT = "public, max-age=300"
BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Item:
    id: str
    title: str
    words: str
    address: str
    effective: str
    recorded: datetime


@log.get("/feed/revocations.atom")
@public
def revocations_atom() -> Response:
    host, items = shop_config(current_app).public_url, list(_items())
    updated = _instant(max((item.recorded for item in items), default=BEFORE_ALL))
    entries = "".join(_atom_entry(item) for item in items)
    body = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language()}">'
        f"<id>{escape(host)}/feed/revocations</id><title>{escape(_title())}</title><updated>{updated}</updated>"
        f"<author><name>Phố Nghề</name></author>"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(host + "/feed/revocations.atom")}/>'
        f'<link rel="alternate" type="text/html" href={quoteattr(host + addresses.register())}/>{entries}</feed>\n'
    )
    return _spoken(Response(body, content_type="application/atom+xml; charset=utf-8"))


@log.get("/feed/revocations.json")
@public
def revocations_json() -> Response:
    """JSON Feed 1.1."""
    host = shop_config(current_app).public_url
    told: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(),
        "language": language(),
        "home_page_url": host + addresses.register(),
        "feed_url": f"{host}/feed/revocations.json",
        "items": [_json_item(item) for item in _items()],
    }
    return _spoken(Response(canonical(told), content_type="application/feed+json"))


def _items() -> Iterator[Item]:
    """The newest, in the order in which the log took them."""
    host = shop_config(current_app).public_url
    newest = select(Event).where(Event.type.in_(TOLD)).order_by(Event.index.desc()).limit(MOST)
    events = [(row, parse(row.leaf)) for row in db.session.scalars(newest)]
    products = _products({product_of(row.subject) for row, _ in events})
    for row, event in events:
        product = products.get(product_of(row.subject) or 0)
        story = story_of(event)
        if product is None or (row.type == "appeal.decided" and event["body"]["outcome"] != "overturned"):
            continue
        yield Item(
            id=row.id,
            title=f"{product.name.to(language())}: {fill(story.sentence, story.facts)}",
            words=" · ".join(filter(None, (story.words.to(language()), *(fact.value for fact in story.more)))),
            address=f"{host}{addresses.proof(product.slug)}",
            effective=row.effective_at.isoformat(),
            recorded=row.recorded_at,
        )


def _products(ids: set[int | None]) -> dict[int, Any]:
    found = db.session.execute(select(Product.id, Product.slug, Product.name).where(Product.id.in_(ids - {None})))
    return {row.id: row for row in found}


def _atom_entry(item: Item) -> str:
    return (
        f"<entry><id>{escape(item.id)}</id><title>{escape(item.title)}</title>"
        f"<updated>{_instant(item.recorded)}</updated><published>{item.effective}T00:00:00+07:00</published>"
        f'<link rel="alternate" type="text/html" href={quoteattr(item.address)}/>'
        f"<summary>{escape(item.words)}</summary></entry>"
    )


def _json_item(item: Item) -> dict[str, str]:
    return {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "content_text": item.words or item.title,
        "date_published": f"{item.effective}T00:00:00+07:00",
        "date_modified": _instant(item.recorded),
    }


def _title() -> str:
    return str(gettext("Phố Nghề: suspensions, revocations and recalls"))


def _spoken(response: Response) -> Response:
    """In the language the reader's program asks for."""
    response.headers["Vary"] = "Accept-Language"
    return kept(response, SHORT)


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
