"""The fronts, each with its door."""

from __future__ import annotations

from flask import Flask

from shop.web import visitor
from shop.web.account import bp as account
from shop.web.checkout import bp as checkout
from shop.web.office import bp as office
from shop.web.office import door as office_door
from shop.web.proof import bp as proof
from shop.web.proof import log
from shop.web.resolver import bp as resolver
from shop.web.standards import bp as standards
from shop.web.starting import shop_config
from shop.web.storefront import bp as storefront
from shop.web.system import bp as system


def open_doors(app: Flask) -> None:
    visitor.recognise(app)
    app.register_blueprint(system)
    app.register_blueprint(resolver)
    app.register_blueprint(standards)
    app.register_blueprint(storefront, url_prefix="/<language:language>")
    app.register_blueprint(checkout, url_prefix="/<language:language>")
    app.register_blueprint(account, url_prefix="/<language:language>")
    app.register_blueprint(proof, url_prefix="/<language:language>")
    app.register_blueprint(log)
    app.register_blueprint(office, url_prefix="/<language:language>/office")
    app.register_blueprint(office_door)
    if not shop_config(app).production:
        from shop.web.dev import bp as dev

        app.register_blueprint(dev, url_prefix="/dev")
