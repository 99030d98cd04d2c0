"""Loads the craft villages from the project's own file; loading again adds only what is new."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from shop.catalogue import changes
from shop.catalogue.models import CraftVillage, Group
from shop.core.db import db
from shop.core.languages import Texts
from shop.places.loading import rows

VILLAGES = Path(__file__).parent / "data" / "craft_villages.csv"


def load() -> None:
    known = set(db.session.scalars(select(CraftVillage.slug)))
    new = [_village(row) for row in rows(VILLAGES) if row["slug"] not in known]
    db.session.add_all(new)
    if new:
        changes.note(0)


def _village(row: dict[str, str]) -> CraftVillage:
    def texts(field: str) -> Texts:
        return Texts(vi=row[f"{field}_vi"], en=row[f"{field}_en"])

    return CraftVillage(
        slug=row["slug"],
        name=texts("name"),
        craft=texts("craft"),
        group=Group(row["group"]),
        ward_code=row["ward_code"],
        former_commune=row["former_commune"],
        former_district=row["former_district"],
        title=texts("title"),
        title_since=row["title_since"],
        summary=texts("summary"),
        story=texts("story"),
        source=row["source"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
    )
