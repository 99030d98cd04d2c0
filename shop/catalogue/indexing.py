"""Feeds the search index from the database: everything at a rebuild, then what the change log names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import select

from shop.catalogue import changes
from shop.catalogue.models import GROUP_LABELS, CraftVillage, Group, Producer, Product
from shop.catalogue.searching import IndexUnavailable, Row, SearchIndex
from shop.core.db import db, only_one
from shop.places.models import Ward

log = structlog.get_logger()

GROUP_WORDS = {
    Group.FOOD: "thực phẩm",
    Group.BEVERAGE: "đồ uống",
    Group.HERBAL: "thảo dược",
    Group.HANDICRAFT: "thủ công mỹ nghệ",
    Group.ORNAMENTAL: "hoa cây cảnh",
    Group.TOURISM: "du lịch làng nghề trải nghiệm",
}


def rebuild(index: SearchIndex) -> None:
    """A new index from the database, beside the one that serves."""
    upto = changes.newest()
    index.rebuild(_rows(None), upto)


def follow(index: SearchIndex, directory: Path) -> int:
    """Applies what the change log says; answers how many products. One process does it, the others pass by."""
    with only_one(directory / "feeding.lock") as mine:
        return _follow(index) if mine else 0


def _follow(index: SearchIndex) -> int:
    try:
        position = index.position()
    except IndexUnavailable as reason:
        log.info("search index is built anew", why=str(reason))
        rebuild(index)
        return 0
    newest = changes.newest()
    if newest < position:  # the database was restored from an older copy
        rebuild(index)
        return 0
    log_rows = changes.since(position)
    if not log_rows:
        return 0
    touched = sorted({product_id for _, product_id in log_rows} - {0})
    rows = list(_rows(touched))
    gone = sorted(set(touched) - {row.product_id for row in rows})
    try:
        index.apply(rows, gone, log_rows[-1][0])
    except IndexUnavailable as reason:
        log.info("search index is built anew", why=str(reason))
        rebuild(index)
    return len(touched)


def _rows(product_ids: Sequence[int] | None) -> Iterator[Row]:
    query = (
        select(
            Product.id,
            Product.name,
            Product.summary,
            Product.materials,
            Product.story,
            Product.group,
            Producer.name.label("maker"),
            CraftVillage.name.label("village"),
            CraftVillage.former_commune,
            CraftVillage.former_district,
            Ward.name.label("ward"),
        )
        .join(Producer, Product.producer_id == Producer.id)
        .join(CraftVillage, Product.village_id == CraftVillage.id)
        .join(Ward, CraftVillage.ward_code == Ward.code)
        .where(Product.published_at.is_not(None))
        .order_by(Product.id)
        .execution_options(yield_per=2_000)
    )
    if product_ids is not None:
        query = query.where(Product.id.in_(product_ids))
    for row in db.session.execute(query):
        yield _row(row)


def _row(row: Any) -> Row:
    body = {
        spoken: " ".join(texts.get(spoken, "") for texts in (row.summary, row.materials, row.story))
        for spoken in ("vi", "en")
    }
    return Row(
        product_id=row.id,
        name=row.name,
        village=row.village,
        maker=row.maker,
        group={"vi": GROUP_WORDS[row.group], "en": GROUP_LABELS[row.group]},
        body=body,
        rank=0,
        places=(row.ward, row.former_commune, row.former_district),
    )
