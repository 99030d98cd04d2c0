"""Draws what the first start left out: the villages' scenes and each product's second picture.

Run beside the open shop (`flask draw`); every picture is kept as it comes, and a run that
was stopped goes on where it ended.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from shop.catalogue import changes
from shop.catalogue.loading import VILLAGES
from shop.catalogue.models import CraftVillage, Photo, Producer, Product
from shop.catalogue.pictures import Encoded, keep
from shop.core.db import db, transaction
from shop.places.loading import rows
from shop.sample import catalogue
from shop.sample.drawn import Wish, pictures


def finish(media: Path) -> None:
    """Hangs every picture that is missing. Does nothing in a shop without the sample."""
    if db.session.scalar(select(Producer.id).where(Producer.is_sample).limit(1)) is None:
        return
    for wishes, hang in ((_scenes(), _hang_scene), (_details(), _hang_detail)):
        _draw(wishes, hang, media)


def _draw(wishes: list[Wish], hang: Callable[[str, Encoded, Path], None], media: Path) -> None:
    db.session.rollback()
    for wish, encoded in pictures(wishes):
        with transaction():
            hang(wish.key, encoded, media)


def _scenes() -> list[Wish]:
    bare = set(db.session.scalars(select(CraftVillage.slug).where(CraftVillage.picture_id.is_(None))))
    wishes = [
        Wish(row["slug"], "scene", row["drawing_kind"], row["drawing_palette"], row["drawing_pattern"], seed)
        for seed, row in enumerate(rows(VILLAGES), 1)
    ]
    return [wish for wish in wishes if wish.key in bare]


def _details() -> list[Wish]:
    seen = select(Product.slug).join(Photo).group_by(Product.slug).having(func.count() > 1)
    done = set(db.session.scalars(seen))
    return [wish for wish in catalogue.detail_wishes(catalogue.products()) if wish.key not in done]


def _hang_scene(slug: str, encoded: Encoded, media: Path) -> None:
    village = db.session.scalars(select(CraftVillage).where(CraftVillage.slug == slug)).one()
    village.picture = keep(encoded, media)
    changes.note(0)


def _hang_detail(slug: str, encoded: Encoded, media: Path) -> None:
    product = db.session.scalar(select(Product).where(Product.slug == slug))
    if product is not None:
        product.photos.append(Photo(picture=keep(encoded, media), alt=product.name, position=1))
        changes.note(product.id)
