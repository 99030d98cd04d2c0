"""What waits for the office: each list is a query of the same few columns, most urgent first, paged by key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db
from shop.core.languages import Texts
from shop.core.refusal import N_
from shop.provenance.models import Certificate, Revocation
from shop.provenance.oversight import Appeal, Complaint, Inspection, Nonconformity, Sample
from shop.provenance.proposals import Proposal, ProposalState

PAGE = 25
YEAR = timedelta(days=365)


class Item(NamedTuple):
    """`day` is what makes it urgent: a due day, an end, the day it came in. `key` pages within a day."""

    list: str
    day: date
    key: int
    number: str
    slug: str
    name: Texts
    stars: int | None


@dataclass(frozen=True)
class Worklist:
    """One kind of work: its name in addresses, its words, and the query that finds it on a day."""

    name: str
    title: str
    when: str
    query: Callable[[date], Select[Any]]


def _expiring(first: int, last: int) -> Callable[[date], Select[Any]]:
    """Certificates in force whose last day lies `first` to `last` days ahead, and that nothing replaces."""

    def query(today: date) -> Select[Any]:
        span = Certificate.valid_until.between(today + timedelta(days=first), today + timedelta(days=last))
        return _certificates().where(span, Certificate.valid_from <= today)

    return query


def _lapsed(today: date) -> Select[Any]:
    """Ended within a year and nothing came after: who lets a longer time pass is in the counts, not in the work."""
    return _certificates().where(Certificate.valid_until.between(today - YEAR, today - timedelta(days=1)))


def _certificates() -> Select[Any]:
    newer = aliased(Certificate)
    later = select(newer.id).where(
        newer.product_id == Certificate.product_id, newer.valid_until > Certificate.valid_until
    )
    ended = select(Revocation.certificate_id).where(
        Revocation.certificate_id == Certificate.id, Revocation.overturned_on.is_(None)
    )
    return _rows(Certificate, Certificate.valid_until, stars=Certificate.stars).where(
        Certificate.superseded_on.is_(None), ~later.exists(), ~ended.exists()
    )


def _this_week(today: date) -> Select[Any]:
    sunday = today + timedelta(days=6 - today.weekday())
    return _planned().where(Inspection.planned_on.between(today, sunday))


def _overdue(today: date) -> Select[Any]:
    return _planned().where(Inspection.planned_on < today)


def _planned() -> Select[Any]:
    return _rows(Inspection, Inspection.planned_on).where(Inspection.done_on.is_(None))


def _without_result(today: date) -> Select[Any]:
    return _rows(Sample, Sample.taken_on).where(Sample.result_on.is_(None))


def _past_due(today: date) -> Select[Any]:
    found = _rows(Nonconformity, Nonconformity.due)
    return found.where(Nonconformity.closed_on.is_(None), Nonconformity.due < today)


def _unanswered(today: date) -> Select[Any]:
    return _rows(Complaint, Complaint.received_on).where(Complaint.answered_on.is_(None))


def _undecided(today: date) -> Select[Any]:
    return _rows(Appeal, Appeal.filed_on).where(Appeal.decided_on.is_(None))


def _rows(model: Any, day: Any, *, stars: Any = None) -> Select[Any]:
    return select(
        day.label("day"),
        model.id.label("key"),
        model.number.label("number"),
        Product.slug.label("slug"),
        Product.name.label("name"),
        (literal(None, Product.stars.type) if stars is None else stars).label("stars"),
    ).join(Product, Product.id == model.product_id)


WORKLISTS = {
    one.name: one
    for one in (
        Worklist("complaints", N_("Complaints without an answer"), N_("received"), _unanswered),
        Worklist("appeals", N_("Appeals to be decided"), N_("filed"), _undecided),
        Worklist("faults", N_("Faults not mended in time"), N_("was due"), _past_due),
        Worklist("inspections-overdue", N_("Inspections overdue"), N_("was planned for"), _overdue),
        Worklist("inspections-this-week", N_("Inspections this week"), N_("planned for"), _this_week),
        Worklist("samples", N_("Samples without a result"), N_("taken"), _without_result),
        Worklist("ends-in-7-days", N_("Certificates that end within 7 days"), N_("ends"), _expiring(0, 7)),
        Worklist("ends-in-30-days", N_("Certificates that end within 30 days"), N_("ends"), _expiring(8, 30)),
        Worklist("ends-in-90-days", N_("Certificates that end within 90 days"), N_("ends"), _expiring(31, 90)),
        Worklist("re-assessments", N_("Re-assessments due"), N_("ended"), _lapsed),
    )
}


def counts() -> dict[str, int]:
    """How much waits in each list, and under "proposals" what waits for a second person; one query."""
    today = clock.today()
    each = [
        select(func.count()).select_from(one.query(today).subquery()).scalar_subquery().label(name)
        for name, one in WORKLISTS.items()
    ]
    waiting = select(func.count()).where(Proposal.state == ProposalState.WAITING).scalar_subquery()
    row = db.session.execute(select(*each, waiting.label("proposals"))).one()
    return dict(row._mapping)


def firsts(each: int) -> dict[str, list[Item]]:
    """The most urgent of every list; one query."""
    today = clock.today()
    heads = []
    for name, one in WORKLISTS.items():
        head = one.query(today).order_by("day", "key").limit(each).subquery()
        heads.append(select(literal(name).label("list"), *head.c))
    found: dict[str, list[Item]] = {name: [] for name in WORKLISTS}
    for row in db.session.execute(union_all(*heads)):
        found[row.list].append(Item(*row))
    for items in found.values():
        items.sort(key=lambda item: (item.day, item.key))
    return found


def page(worklist: Worklist, *, after: tuple[date, int] | None = None, size: int = PAGE) -> Sequence[Item]:
    """One more than `size` where more follow; `after` is the day and key of the last one seen."""
    rows = worklist.query(clock.today()).subquery()
    found = select(literal(worklist.name).label("list"), *rows.c).order_by(rows.c.day, rows.c.key).limit(size + 1)
    if after:
        day, key = after
        found = found.where(or_(rows.c.day > day, and_(rows.c.day == day, rows.c.key > key)))
    return [Item(*row) for row in db.session.execute(found)]
