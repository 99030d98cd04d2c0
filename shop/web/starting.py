"""The chapters of `create_app` that are neither a front nor a look: configuration, logs, database, gateway."""

from __future__ import annotations

import logging
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from flask import Flask
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

import config as settings
from shop.core.db import db, engine_options, prepare
from shop.payments.gateway import Gateway, StripeGateway
from shop.provenance.log import keys as log_keys

ROOT = Path(settings.__file__).parent
BODY_LIMIT = 256 * 1024


class RowNumber(IntegerConverter):
    """A number that a row can have; an address with a larger one is no such page."""

    def __init__(self, url_map: Map, *args: Any, **given: Any) -> None:
        super().__init__(url_map, *args, **{"max": 2**63 - 1, **given})


def flask_app(config: settings.Config) -> Flask:
    app = Flask(
        "shop",
        root_path=str(ROOT / "shop"),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(config.instance),
    )
    config.instance.mkdir(parents=True, exist_ok=True)
    app.config.update(
        SHOP=config,
        SECRET_KEY=config.secret_key,
        TESTING=config.testing,
        MAX_CONTENT_LENGTH=BODY_LIMIT,
        MAX_FORM_MEMORY_SIZE=BODY_LIMIT,
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config.database_url),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.strict_slashes = False
    app.url_map.converters["int"] = RowNumber
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, config.proxies, config.proxies, config.proxies)  # type: ignore[method-assign]
    return app


def shop_config(app: Flask) -> settings.Config:
    config = app.config["SHOP"]
    assert isinstance(config, settings.Config)
    return config


def logs(app: Flask) -> None:
    """JSON lines to stderr in production, short ones in development; ids, never names."""
    last: structlog.types.Processor = structlog.dev.ConsoleRenderer(colors=False)
    if shop_config(app).production:
        last = structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=not shop_config(app).testing,
    )


def database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"))
    with app.app_context():
        prepare(db.engine)


def keys(app: Flask) -> None:
    """The keys that sign the log. In development made at the first start; in production `flask keys create` makes them,
    and a server does not start without (wsgi.py)."""
    config = shop_config(app)
    with app.app_context():
        if not config.production:
            log_keys.hold(db.engine, log_keys.create(config.keys, config.log_origin))
            return
        with suppress(log_keys.NoKeys):
            log_keys.hold(db.engine, log_keys.load(config.keys))


def ask_for_keys(app: Flask) -> None:
    """A server signs what it enters: without keys it does not start. Raises NoKeys.

    The shell does, because that is where keys are made.
    """
    if not is_shell():
        with app.app_context():
            log_keys.ring()


def is_shell() -> bool:
    """Whether this is the `flask` command and not a server."""
    called = Path(sys.argv[0])
    return "flask" in (called.name, called.parent.name)


def gateway(app: Flask) -> None:
    config = shop_config(app)
    app.extensions["gateway"] = (
        StripeGateway(config.stripe_secret_key, config.stripe_webhook_secret, config.stripe_api_base)
        if config.cards
        else None
    )


def gateway_of(app: Flask) -> Gateway | None:
    found: Gateway | None = app.extensions["gateway"]
    return found


def commands(app: Flask) -> None:
    from shop import commands  # the commands import the fronts' worker, which needs a made app

    app.cli.add_command(commands.setup)
    app.cli.add_command(commands.draw)
    app.cli.add_command(commands.worker)
    app.cli.add_command(commands.index)
    app.cli.add_command(commands.money)
    app.cli.add_command(commands.check)
    app.cli.add_command(commands.keys)
    app.cli.add_command(commands.log)


def page_cache(app: Flask) -> None:
    from shop.web.page_cache import PageCache

    app.wsgi_app = PageCache(app)  # type: ignore[assignment, method-assign]
