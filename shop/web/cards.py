"""Cards and maps as HTML, drawn once for each language and state of the catalogue: they are the same for everyone."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from flask import current_app
from markupsafe import Markup

from shop.catalogue.browsing import Card, VillageCard
from shop.catalogue.remembering import Remembered
from shop.provenance.status import Status
from shop.web.languages import language

_drawn: Remembered[Markup] = Remembered()


def product_card(one: Card, status: Status, *, eager: bool = False, level: int = 3) -> Markup:
    key = (one.id, status.stars, status.is_potential_five, eager, level)
    return _remembered("components/product.html", "card", key, one, status, eager=eager, level=level)


def village_card(village: VillageCard, count: int) -> Markup:
    return _remembered("components/village.html", "card", (village.id, count), village, count)


def map_of_villages(found: Any) -> Markup:
    """The map with every pin; `found` is what `village_map()` of the storefront answered."""
    return _remembered("components/map.html", "village_map", (), found)


def _remembered(template: str, macro: str, key: Hashable, *args: Any, **more: Any) -> Markup:
    return _drawn.get((language(), template, macro, key), lambda: _draw(template, macro, args, more))


def _draw(template: str, macro: str, args: tuple[Any, ...], more: dict[str, Any]) -> Markup:
    return Markup(getattr(current_app.jinja_env.get_template(template).module, macro)(*args, **more))
