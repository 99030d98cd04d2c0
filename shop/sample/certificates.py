"""The sample's certificates: every state once and more, invented decisions that begin with MẪU-."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from shop.catalogue.models import CraftVillage, Product
from shop.core import clock
from shop.core.db import db
from shop.core.languages import Texts
from shop.provenance import recognising
from shop.provenance.models import Authority, Certificate, CriteriaSet, Level, RightKind
from shop.provenance.rules import months_after

PEOPLE = {"by": "sample", "approved_by": "sample:second"}
# How many days before today the decision was signed, by state.
SIGNED_BEFORE = {
    "valid": 330,
    "expiring": 1_040,
    "expired": 1_400,
    "suspended": 400,
    "revoked": 500,
    "reassessed": 200,
    "district": 0,
}
DISTRICT_DAYS = (date(2023, 6, 12), date(2024, 9, 16))
SUSPENDED = Texts(
    vi="Mẫu kiểm tra ngẫu nhiên chưa đạt; chờ kết quả kiểm tra lại.",
    en="A random sample fell short; waiting for the second test.",
)
REVOKED = Texts(
    vi="Không duy trì tiêu chí bắt buộc sau lần kiểm tra đột xuất.",
    en="A mandatory criterion was no longer met at an unannounced inspection.",
)


def fill(wanted: list[dict[str, Any]]) -> None:
    products = {product.slug: product for product in db.session.scalars(select(Product))}
    drafts, states = [], {}
    districts = 0
    for number, one in enumerate(wanted, 1):
        facts = one.get("certificate")
        if facts is None:
            continue
        state = facts.get("state", "valid")
        product = products[one["slug"]]
        if state == "district":
            day = DISTRICT_DAYS[districts % len(DISTRICT_DAYS)]
            districts += 1
        else:
            day = clock.today() - timedelta(days=SIGNED_BEFORE[state] + number % 23)
        if state == "reassessed":
            drafts.append(_draft(product, facts, number, months_before(day, 36), suffix="-1"))
        drafts.append(_draft(product, facts, number, day, suffix="-2" if state == "reassessed" else ""))
        states[drafts[-1].number] = state
    for made in recognising.recognise_all(drafts, **PEOPLE):
        _afterwards(made, states.get(made.number, ""))


def months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


def _afterwards(certificate: Certificate, state: str) -> None:
    lately = clock.today() - timedelta(days=20)
    if state == "suspended":
        recognising.suspend(certificate, decision_no="MẪU-901/QĐ-UBND", reason=SUSPENDED, from_day=lately, **PEOPLE)
    if state == "revoked":
        recognising.revoke(certificate, decision_no="MẪU-902/QĐ-UBND", reason=REVOKED, from_day=lately, **PEOPLE)


def _draft(product: Product, facts: dict[str, Any], number: int, day: date, *, suffix: str = "") -> Certificate:
    criteria = _criteria(facts, day)
    a, b, c = _scores(facts, criteria)
    stars = criteria.stars_for(a + b + c)
    assert stars is not None
    authority = _authority(stars, day, product.village)
    ministry = authority.level is Level.CENTRE
    return Certificate(
        product_id=product.id,
        authority=authority,
        criteria_set=criteria,
        number=f"MẪU-{number:03d}/{day.year}/OCOP{suffix}",
        decision_no=f"MẪU-{100 + day.timetuple().tm_yday}/QĐ-{'BNNMT' if ministry else 'UBND'}",
        decision_date=day,
        stars=stars,
        is_potential_five=bool(facts.get("potential_five")) and stars == 4,
        score_a=a,
        score_b=b,
        score_c=c,
        valid_from=day,
        valid_until=months_after(day, 36),
        right_kind=RightKind(facts["ip_kind"]) if facts.get("ip_kind") else None,
        right_number=facts.get("ip_number", ""),
    )


def _criteria(facts: dict[str, Any], day: date) -> CriteriaSet:
    """The set in force on the day of the decision: a certificate keeps the criteria of its time."""
    sets = db.session.scalars(select(CriteriaSet).order_by(CriteriaSet.in_force_from.desc())).all()
    return next(one for one in sets if one.in_force_from <= day)


def _scores(facts: dict[str, Any], criteria: CriteriaSet) -> tuple[int, int, int]:
    """The parts' scores, surplus over a part's maximum moved to the part that has room."""
    a, b, c = facts["a"], facts["b"], facts["c"]
    if c > criteria.max_c:
        a, c = a + c - criteria.max_c, criteria.max_c
    if a > criteria.max_a:
        c, a = c + a - criteria.max_a, criteria.max_a
    return a, b, c


def _authority(stars: int, day: date, village: CraftVillage) -> Authority:
    """Who was competent that day: the ministry for five stars; for three the village's district while it graded."""
    level = Level.CENTRE if stars == 5 else Level.PROVINCE
    found = [a for a in db.session.scalars(select(Authority)) if a.is_competent_on(day)]
    if stars == 3:
        own = village.former_district.casefold()
        district = [a for a in found if a.level is Level.DISTRICT and a.name["vi"].casefold().endswith(own)]
        if district:
            return district[0]
    return next(authority for authority in found if authority.level is level)
