"""Makes an empty machine a shop: migrate, load facts, fill the sample, build the index; again, it adds what lacks."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from flask_migrate import upgrade

from shop.catalogue import indexing
from shop.catalogue import loading as villages
from shop.core.db import one_at_a_time, transaction
from shop.delivery import loading as delivery
from shop.places import loading as places
from shop.provenance import loading as provenance
from shop.provenance import publishing_stars
from shop.provenance.log import adopting, heads, publishing
from shop.provenance.standards import issuing, status_list
from shop.sample import filling
from shop.web.searching import index
from shop.web.starting import shop_config

Say = Callable[[str], object]


def set_up(app: Flask, sample: str, *, say: Say) -> None:
    """`sample` is 'none', 'small' or a number of products. Raises ValueError for anything else."""
    size = filling.size_of(sample)
    with one_at_a_time(shop_config(app).instance / "setup.lock"):
        _set_up(app, size, say)


def _set_up(app: Flask, size: int, say: Say) -> None:
    say("Migrating the database …")
    upgrade()
    load_facts()
    adopting.adopt()
    if size:
        filling.fill(size, media=shop_config(app).media, say=say)
    adopting.adopt()
    publishing_stars.expire()
    status_list.renew(shop_config(app).log, issuing.issuer(shop_config(app).public_url))
    heads.keep_fresh(shop_config(app).log)
    publishing.publish(shop_config(app).log)
    if not index(app).is_ready:
        say("Building the search index …")
        indexing.rebuild(index(app))
    else:
        indexing.follow(index(app), shop_config(app).index)


def load_facts() -> None:
    """The facts every shop needs: places, villages, criteria, authorities, delivery tables."""
    for chapter in (places.load, villages.load, provenance.load, delivery.load):
        with transaction():
            chapter()
