"""The catalogues that are measured: made once, kept under instance/bench, and copied for each run."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from flask import Flask

import config as settings
from shop import create_app
from shop.catalogue import indexing, shelves
from shop.core.db import db
from shop.provenance.log import keys
from shop.sample import growing
from shop.setting_up import set_up
from shop.web.searching import index

SHELF = settings.ROOT / "instance" / "bench"
READY = "ready"
# What a kept catalogue was made from: when any of it changes, the catalogue is made anew.
DRAWN_FROM = (
    "migrations/versions/*.py",
    "shop/sample/data/*",
    "shop/sample/*.py",
    "shop/provenance/**/*.py",
    "shop/core/languages.py",
)
GROWN_FROM = (*DRAWN_FROM, "shop/catalogue/searching/*.py", "shop/catalogue/indexing.py")


def environment(instance: Path, database_url: str = "") -> dict[str, str]:
    """The shop's settings as in production, but on loopback without HTTPS and without cards."""
    return {
        "SHOP_ENV": "production",
        "SHOP_INSTANCE": str(instance),
        "DATABASE_URL": database_url or f"sqlite:///{instance / 'shop.db'}",
        "SECRET_KEY": "measured-on-loopback-and-nowhere-else",
        "PUBLIC_URL": "http://127.0.0.1",
        "TRUSTED_HOSTS": "127.0.0.1 localhost",
        "SHOP_PLAIN_HTTP": "1",
        "BANK_BIN": "970436",
        "BANK_ACCOUNT": "0123456789",
        "BANK_HOLDER": "PHO NGHE (TAI KHOAN MAU)",
    }


def shop_on(instance: Path, database_url: str = "") -> Flask:
    keys.create(instance / "keys", "127.0.0.1/log/1")
    return create_app(settings.read(environment(instance, database_url)))


def kept(size: int) -> Path:
    """The instance with this many products, made now if it is not there yet."""
    place = SHELF / str(size)
    if not _is_ready(place, GROWN_FROM):
        _grow(place, size)
    return place


def copied(size: int) -> Path:
    """A copy that may be sold from, in place of the last run's; pictures are shared."""
    source, place = kept(size), SHELF / "run"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place, symlinks=True)
    return place


def _small() -> Path:
    """The drawn sample, the seed of all larger ones."""
    place = SHELF / "small"
    if not _is_ready(place, DRAWN_FROM):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        app = shop_on(place)
        with app.app_context():
            set_up(app, "small", say=print)
            _settle()
        (place / READY).write_text(_made_from(DRAWN_FROM))
    return place


def _grow(place: Path, size: int) -> None:
    small = _small()
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copy2(small / "shop.db", place)
    shutil.copytree(small / "keys", place / "keys")  # the log goes on with the keys it began with
    (place / "media").symlink_to(small / "media")
    began = time.monotonic()
    app = shop_on(place)
    with app.app_context():
        growing.grow(size)
        grown = time.monotonic()
        shelves.forget()
        indexing.rebuild(index(app))
        _settle()
    print(f"{size} products grown in {grown - began:.0f} s, indexed in {time.monotonic() - grown:.0f} s", flush=True)
    (place / READY).write_text(_made_from(GROWN_FROM))


def _is_ready(place: Path, sources: Sequence[str]) -> bool:
    ready = place / READY
    return ready.exists() and ready.read_text() == _made_from(sources)


def _made_from(sources: Sequence[str]) -> str:
    files = sorted(file for pattern in sources for file in settings.ROOT.glob(pattern))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _settle() -> None:
    """Everything into the one database file, so that a copy of it is whole."""
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA optimize")
        connection.rollback()
    db.engine.dispose()
