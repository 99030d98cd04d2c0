"""Loads the facts of places from the project's own files; loading again adds only what is new."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import time
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from shop.core.db import db
from shop.core.languages import Texts
from shop.core.text import fold
from shop.places.models import OldWard, OpeningHours, Province, SalesPoint, Ward
from shop.places.wards import without_prefix

DATA = Path(__file__).parent / "data"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def load() -> None:
    """Provinces, wards and old names."""
    urban = set((DATA / "inner_hanoi_wards.txt").read_text().split())
    _add(Province, "code", [_province(row) for row in rows(DATA / "provinces.csv")])
    _add(Ward, "code", [_ward(row, row["code"] in urban) for row in rows(DATA / "wards.csv")])
    if db.session.scalar(select(OldWard.id).limit(1)) is None:
        db.session.execute(insert(OldWard), [_old_ward(row) for row in rows(DATA / "old_wards.csv")])


def load_points(*, with_sample_hours: bool) -> None:
    """The sales points the press named. Phones, languages and hours are invented: only with the sample."""
    known = set(db.session.scalars(select(SalesPoint.slug)))
    for row in rows(DATA / "sales_points.csv"):
        if row["slug"] not in known:
            db.session.add(_point(row, with_sample_hours))


def _add(model: Any, key: str, facts: list[dict[str, Any]]) -> None:
    known = set(db.session.scalars(select(getattr(model, key))))
    new = [one for one in facts if one[key] not in known]
    if new:
        db.session.execute(insert(model), new)


def _province(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": Texts(vi=row["name_vi"], en=row["name_en"]),
        "region": row["region"],
        "folded": fold(row["name_vi"].removeprefix("Thành phố ").removeprefix("Tỉnh ")),
    }


def _ward(row: dict[str, str], urban: bool) -> dict[str, Any]:
    return {
        "code": row["code"],
        "province_code": row["province_code"],
        "name": row["name_vi"],
        "folded": without_prefix(fold(row["name_vi"])),
        "urban": urban,
        "lat": float(row["lat"]) if row["lat"] else None,
        "lon": float(row["lon"]) if row["lon"] else None,
    }


def _old_ward(row: dict[str, str]) -> dict[str, Any]:
    name = without_prefix(fold(row["old_name"]))
    district = fold(row["old_district"])
    for word in ("quan ", "huyen ", "thi xa "):
        district = district.removeprefix(word)
    return {
        "name": row["old_name"],
        "district": row["old_district"],
        "folded": f"{name}, {district}",
        "ward_code": row["new_code"],
        "is_default": row["is_default"] == "1",
    }


def _point(row: dict[str, str], with_sample_hours: bool) -> SalesPoint:
    return SalesPoint(
        slug=row["slug"],
        name=Texts(vi=row["name_vi"], en=row["name_en"]),
        address=row["address_vi"],
        ward_code=row["ward_code"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        phone=row["phone"] if with_sample_hours else "",
        languages=row["languages"] if with_sample_hours else "vi",
        how_to_find=Texts(vi=row["note_vi"], en=row["note_en"]),
        opened_text=row["opened"],
        source=row["reported_source"],
        is_reported=True,
        is_sample=with_sample_hours,
        hours=hours_of(row["hours"]) if with_sample_hours else [],
    )


def hours_of(text: str) -> list[OpeningHours]:
    """'mon-fri 08:00-18:00; sat 08:30-20:00' as rows; a day not named is closed."""
    found = []
    for block in filter(None, (part.strip() for part in text.split(";"))):
        days, times = block.split()
        first, _, last = days.partition("-")
        opens, closes = (time.fromisoformat(moment) for moment in times.split("-"))
        for weekday in range(DAYS.index(first), DAYS.index(last or first) + 1):
            found.append(OpeningHours(weekday=weekday, opens=opens, closes=closes))
    return found
