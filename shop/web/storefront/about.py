"""What the shop says about itself: the stars, delivery, returns, privacy, who runs it."""

from __future__ import annotations

from flask import abort, render_template

from shop.core import clock
from shop.delivery.models import Zone
from shop.delivery.quoting import rate_on
from shop.web.access import public
from shop.web.storefront import bp

TOPICS = ("stars", "delivery", "returns", "privacy", "shop")


@bp.get("/about/<topic>")
@public
def about(topic: str) -> str:
    if topic not in TOPICS:
        abort(404)
    rates = [(zone, rate_on(zone, clock.today())) for zone in Zone] if topic == "delivery" else []
    return render_template(f"storefront/about_{topic}.html", topic=topic, topics=TOPICS, rates=rates)
