"""How many products hold stars, by star, commune and year, beside the programme's targets and the city's own counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, case, distinct, extract, func, select

from shop.catalogue.models import CraftVillage, Product
from shop.core import clock
from shop.core.db import db
from shop.core.refusal import N_
from shop.places.models import Ward
from shop.provenance.models import Certificate, Revocation

STARS = (5, 4, 3)


class Row(NamedTuple):
    """One line of a table of counts; `of` is a commune's name or a year."""

    of: str
    five: int
    four: int
    three: int
    revoked: int = 0

    @property
    def total(self) -> int:
        return self.five + self.four + self.three


@dataclass(frozen=True)
class Target:
    """A goal a decision sets for its years. `least` in products, or in hundredths of all villages for "villages"."""

    decision_no: str
    signed: date
    years: tuple[int, int]
    measure: str  # certified, five-stars, villages
    words: str
    least: int
    source: str

    def held_on(self, day: date) -> bool:
        return self.years[0] <= day.year <= self.years[1]


class Published(NamedTuple):
    """What was published of all Hanoi's products at a time; never to be mixed with what this register counts."""

    as_of: str
    total: int
    five: int
    potential: int
    four: int
    three: int
    note: str = ""


# Goals for the whole country (domain facts §1.1: english.luatvietnam.vn 227125). No decision for 2026–2030 was found.
TARGETS = tuple(
    Target("919/QĐ-TTg", date(2022, 8, 1), (2021, 2025), measure, words, least, "luatvietnam.vn 227125")
    for measure, words, least in (
        ("certified", N_("products of three stars and more"), 10_000),
        ("five-stars", N_("products of five stars (the goal says 400 to 500)"), 400),
        ("villages", N_("percent of craft villages with an OCOP product"), 50),
    )
)
# domain facts §1.7
PUBLISHED = (
    Published("2020", 1_054, 4, 13, 731, 306),
    Published("12/2022", 2_167, 6, 12, 1_369, 780, N_("one newspaper says 8 of five stars")),
    Published("4/2024", 2_711, 6, 12, 1_473, 1_220),
    Published("6/2025", 3_317, 6, 22, 1_571, 1_718),
    Published("8/2025", 3_463, 9, 19, 1_576, 1_859),
)


def by_star() -> tuple[Row, int]:
    """Products whose stars count today, and how many of the four-star ones are potential five-star; two queries."""
    row = db.session.execute(select(*_columns(Product.stars)).where(_counts_today())).one()
    potential = (
        select(func.count(distinct(Certificate.product_id)))
        .join(Product, Product.id == Certificate.product_id)
        .where(
            Certificate.is_potential_five,
            Certificate.valid_from <= clock.today(),
            Certificate.valid_until >= clock.today(),
            Certificate.superseded_on.is_(None),
            Product.stars == 4,
            _counts_today(),
        )
    )
    return Row("", *_numbers(row)), db.session.scalar(potential) or 0


def by_commune() -> list[Row]:
    """Communes and wards of today that have a certified product, most first."""
    found: Select[Any] = (
        select(Ward.name, *_columns(Product.stars))
        .join(CraftVillage, CraftVillage.id == Product.village_id)
        .join(Ward, Ward.code == CraftVillage.ward_code)
        .where(_counts_today())
        .group_by(Ward.code, Ward.name)
        .order_by(func.count().desc(), Ward.name)
    )
    return [Row(row[0], *_numbers(row[1:])) for row in db.session.execute(found)]


def by_year() -> list[Row]:
    """Certificates by the year of their decision, newest first, and how many of that year's were revoked since."""
    year = extract("year", Certificate.decision_date)
    ended = func.count(Revocation.certificate_id)
    found: Select[Any] = (
        select(year, *_columns(Certificate.stars), ended)
        .select_from(Certificate)
        .outerjoin(Revocation, (Revocation.certificate_id == Certificate.id) & Revocation.overturned_on.is_(None))
        .group_by(year)
        .order_by(year.desc())
    )
    return [Row(str(int(row[0])), *_numbers(row[1:4]), row[4]) for row in db.session.execute(found)]


def villages() -> tuple[int, int]:
    """Craft villages of the catalogue that have a certified product, and all of them."""
    certified = select(func.count(distinct(Product.village_id))).where(_counts_today()).scalar_subquery()
    every = select(func.count(CraftVillage.id)).scalar_subquery()
    having, all_of_them = db.session.execute(select(certified, every)).one()
    return having, all_of_them


def reached(target: Target, stars: Row, of_villages: tuple[int, int]) -> int:
    """How far this register is, in the target's own measure."""
    if target.measure == "villages":
        return of_villages[0] * 100 // of_villages[1] if of_villages[1] else 0
    return stars.five if target.measure == "five-stars" else stars.total


def _columns(stars: Any) -> list[Any]:
    return [func.count(case((stars == level, 1))) for level in STARS]


def _numbers(row: Any) -> tuple[int, int, int]:
    five, four, three = row
    return five, four, three


def _counts_today() -> Any:
    """The published copy of the stars, which a check holds against the judge."""
    return Product.stars_until >= clock.today()
