"""Phố Nghề: the online shop of Hanoi's OCOP goods."""

from __future__ import annotations

from flask import Flask

import config as settings
from shop.web import access, assets, errors, fronts, languages, presenting, security, starting


def create_app(config: settings.Config | None = None) -> Flask:
    """The shop, put together. Each line is a chapter."""
    config = config or settings.read()
    app = starting.flask_app(config)
    starting.logs(app)
    starting.database(app)
    starting.keys(app)
    starting.gateway(app)
    languages.speak(app)
    presenting.dress(app)
    assets.serve(app)
    security.guard(app)
    fronts.open_doors(app)
    errors.explain(app)
    access.check(app)
    starting.commands(app)
    starting.page_cache(app)
    return app
