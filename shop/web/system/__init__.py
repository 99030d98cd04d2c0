"""The front for machines: health, the site map, bundles and programs for outsiders, and Stripe's webhook."""

from flask import Blueprint

bp = Blueprint("system", __name__)

from shop.web.system import bundles, health, sitemap, webhooks  # noqa: E402, F401  (they hang their routes on bp)
