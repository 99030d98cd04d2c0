"""One certificate's whole life: a second before and a second after each boundary, no page, feed or letter is wrong."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.clock import HANOI
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.orders.finding import whole
from shop.provenance import overseeing, publishing_stars, recognising
from shop.provenance.models import Certificate
from shop.web.letters.sending import compose
from tests import factories as make
from tests.browser import Browser
from tests.conftest import TUESDAY_MORNING

TODAY = TUESDAY_MORNING.date()
PEOPLE = {"by": make.BY, "approved_by": make.SECOND}
WHY = Texts(vi="Thử", en="A trial")
SECOND = timedelta(seconds=1)


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


# The first day of each stretch of the life, and the stars that stand in it.
LIFE = {
    after(10): 4,  # begins
    after(20): None,  # suspended
    after(30): 4,  # reinstated
    after(40): None,  # revoked
    after(50): 4,  # the revocation is overturned
    after(60): None,  # the whole product is recalled
    after(70): 4,  # the recall is over
    after(80): 3,  # replaced by a re-assessment with three stars
    after(90): None,  # that one ended
}


def decided(day: date, number: str) -> dict[str, Any]:
    return {"no": number, "date": day.isoformat(), "authority": "ha-noi"}


@pytest.fixture
def tea(app: Flask) -> Product:
    """Its life is entered day by day, as an office would."""
    with time_machine.travel(TUESDAY_MORNING, tick=True) as traveller:
        product = make.a_product(village=make.a_village("bat-trang-ceramics"), stock=99)
        days = iter(LIFE)
        held = make.a_certificate(product, stars=4, day=TODAY, valid_from=next(days))
        traveller.move_to(noon(after(9)))
        with transaction():
            recognising.suspend(held, **PEOPLE, from_day=next(days), decision_no="1", reason=WHY)
            recognising.reinstate(held, **PEOPLE, on_day=next(days), decision_no="2")
            recognising.revoke(held, **PEOPLE, from_day=next(days), decision_no="3", reason=WHY)
        overturned, recalled, closed, replaced, ended = days
        appeal = {"certificate_no": held.number, "against": "3", "grounds": WHY}
        traveller.move_to(noon(after(45)))
        with transaction():
            number = overseeing.file_appeal(product.id, **appeal, day=after(45), by=make.BY)
        traveller.move_to(noon(replaced - timedelta(days=1)))
        judgement = {"appeal": number, "outcome": "overturned", "reason": WHY, "decision": decided(overturned, "4")}
        recall: dict[str, Any] = {"decision": decided(recalled, "5"), "reason": WHY, "day": recalled}
        with transaction():
            overseeing.decide_appeal(product.id, **PEOPLE, **judgement, day=overturned)
            opened = overseeing.open_recall(product.id, **PEOPLE, **recall)
            end = {"recall": opened, "decision": decided(closed, "6"), "reason": WHY, "day": closed}
            overseeing.close_recall(product.id, **PEOPLE, **end)
        make.a_certificate(
            product,
            stars=3,
            day=replaced - timedelta(days=1),
            valid_from=replaced,
            valid_until=ended - timedelta(days=1),
        )
    return product


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), HANOI)


def boundaries() -> list[Any]:
    """(moment, stars that may stand, stars that stood a second ago or will stand in one)."""
    told, before = [], None
    for day, stars in LIFE.items():
        midnight = datetime.combine(day, time(0), HANOI)
        told += [(midnight - SECOND, before), (midnight, stars), (midnight + SECOND, stars)]
        before = stars
    return told


def drawn(page: Any) -> set[int]:
    """How many stars each mark on this page has, but for those that name a filter or a shelf."""
    marks = [row for row in page.select(".stars__row") if not row.find_parent(["nav", "form"])]
    return {len(row.select("svg")) for row in marks}


@pytest.mark.parametrize(("moment", "stars"), boundaries(), ids=lambda value: str(value).replace(" ", "T")[:19])
def test_nothing_shows_a_wrong_star(app: Flask, tea: Product, moment: datetime, stars: int | None) -> None:
    right = {stars} - {None}
    with time_machine.travel(moment, tick=False):
        assert publishing_stars.status_at(tea.id, clock.now()).stars == stars
        for job_has_run in (False, True):
            if job_has_run:
                with transaction():  # what the daily job does for it
                    publishing_stars.publish_stars(tea.id)
                db.session.remove()
            browser = Browser(app)
            for path in (
                "",
                "products",
                "villages/bat-trang-ceramics",
                "stars/3",
                "stars/4",
                f"search?q={tea.name['en']}",
            ):
                assert drawn(browser.open(f"/en/{path}")) <= right, path
            assert drawn(browser.open(f"/en/proof/{tea.slug}")) == right
            assert drawn(browser.open("/en/register")) == right
            off_the_shelf = job_has_run and after(60) <= clock.today() < after(70)
            product = browser.open(f"/en/products/{tea.slug}", 404 if off_the_shelf else 200)
            assert off_the_shelf or drawn(product) == right
            assert off_the_shelf or ("hasCertification" in product.html) == (stars is not None)
            told = browser.send("GET", "/en/register.csv").get_data().decode("utf-8-sig")
            shown = [row["Stars in force"] for row in csv.DictReader(StringIO(told))]
            assert [one for one in shown if one] == [str(one) for one in right]


def test_a_letter_names_no_star_that_does_not_hold(app: Flask, tea: Product) -> None:
    for day, stars in ((day, stars) for day, stars in LIFE.items() if day != after(60)):
        with time_machine.travel(noon(day), tick=False):
            with transaction():
                publishing_stars.publish_stars(tea.id)
            order = make.an_order(tea, email="a@example.com", language="en")
            found = whole(order.number)
            assert found is not None
            letter = compose(app, "order_placed", found).as_string()
            line = found.parcels[0].lines[0]
            assert line.stars == stars
            assert "★" not in letter and ("hasCertification" not in letter)
            held = db.session.scalars(select(Certificate).where(Certificate.id == line.certificate_id)).all()
            assert [one.stars for one in held] == ([stars] if stars else [])
