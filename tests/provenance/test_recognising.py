"""The register: who may be recognised by whom, and the published stars that follow each deed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.audit import AuditEntry
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.provenance import publishing_stars, recognising
from shop.provenance.models import Authority, Certificate, CriteriaSet
from shop.provenance.rules import (
    AlreadyRevoked,
    NotCompetent,
    NotSuspended,
    PotentialIsFour,
    ScoresDisagree,
    months_after,
)
from shop.provenance.status import State, status_at
from tests.factories import BY, SECOND, a_certificate, a_product, the_certificate

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("tuesday", "app")]

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
WHY = Texts(vi="Mẫu chưa đạt.", en="A sample fell short.")


def published(product):
    db.session.rollback()
    query = select(Product.stars, Product.stars_until).where(Product.id == product.id)
    return tuple(db.session.execute(query).one())


def suspend(certificate, day=TODAY):
    with transaction():
        recognising.suspend(certificate, by=BY, approved_by=SECOND, from_day=day, decision_no="MẪU-1", reason=WHY)


def reinstate(certificate, day=TODAY):
    with transaction():
        recognising.reinstate(certificate, by=BY, approved_by=SECOND, on_day=day)


def revoke(certificate, day=TODAY):
    with transaction():
        recognising.revoke(certificate, by=BY, approved_by=SECOND, from_day=day, decision_no="MẪU-2", reason=WHY)


def expire():
    return publishing_stars.expire()


def the(model, code):
    return db.session.scalars(select(model).where(model.code == code)).one()


@pytest.mark.parametrize(
    ("day", "ends"),
    [
        (date(2024, 3, 15), date(2027, 3, 14)),
        (date(2024, 1, 1), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2023, 12, 31), date(2026, 12, 30)),
        (date(2023, 8, 31), date(2026, 8, 30)),
    ],
)
def test_thirty_six_months_end_on_the_day_before_the_same_day(day, ends):
    assert months_after(day, 36) == ends


def test_a_recognition_is_entered_published_and_leaves_its_trail():
    product = a_product()
    certificate = a_certificate(product, stars=4, day=date(2026, 1, 10))
    assert published(product) == (4, date(2029, 1, 9))
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "recognised")).one()
    assert (entry.subject, entry.facts) == (
        f"certificate:{certificate.id}",
        {"approved_by": SECOND, "stars": 4},
    )


@pytest.mark.parametrize(
    ("score", "stars"),
    [(10_000, 5), (9_000, 5), (8_999, 4), (7_000, 4), (6_999, 3), (5_000, 3), (4_999, None), (0, None)],
)
def test_the_bands_of_the_criteria_decide_the_stars(score, stars):
    assert the(CriteriaSet, "148-2023").stars_for(score) == stars


@pytest.mark.parametrize("stars", [3, 5])
def test_scores_that_do_not_earn_the_stars_are_refused(stars):
    product = a_product()
    scores = {"score_a": 3_000, "score_b": 2_000, "score_c": 2_600}
    with pytest.raises(ScoresDisagree) as refusal, transaction():
        recognising.recognise(the_certificate(product, stars=stars, day=TODAY, **scores), by=BY, approved_by=SECOND)
    assert refusal.value.facts == {"score": 76.0, "stars": stars}
    assert nothing_is_registered(product)


@pytest.mark.parametrize(
    ("code", "day", "stars"),
    [
        ("gia-lam", date(2025, 7, 1), 3),
        ("gia-lam", date(2023, 2, 23), 3),
        ("bo-nn-ptnt", date(2025, 3, 1), 5),
        ("bo-nn-mt", date(2025, 2, 28), 5),
    ],
)
def test_an_authority_abolished_or_not_yet_made_on_that_day_is_refused(code, day, stars):
    product = a_product()
    with pytest.raises(NotCompetent), transaction():
        draft = the_certificate(product, stars=stars, day=day, authority=the(Authority, code))
        recognising.recognise(draft, by=BY, approved_by=SECOND)
    assert nothing_is_registered(product)


@pytest.mark.parametrize(
    ("code", "day", "stars"), [("gia-lam", date(2025, 6, 30), 3), ("bo-nn-ptnt", date(2025, 2, 28), 5)]
)
def test_what_an_abolished_authority_signed_in_its_time_still_counts(code, day, stars):
    product = a_product()
    with transaction():
        draft = the_certificate(product, stars=stars, day=day, authority=the(Authority, code))
        recognising.recognise(draft, by=BY, approved_by=SECOND)
    assert published(product)[0] == stars


def nothing_is_registered(product):
    found = db.session.scalars(select(Certificate).where(Certificate.product_id == product.id)).all()
    return found == [] and published(product) == (None, None)


def test_potential_five_stars_are_four_in_the_database_too():
    with pytest.raises(PotentialIsFour):
        a_certificate(a_product(), stars=5, is_potential_five=True)
    product = a_product()
    with pytest.raises(IntegrityError), transaction():
        db.session.add(the_certificate(product, stars=5, day=TODAY, is_potential_five=True))
    assert a_certificate(a_product(), stars=4, is_potential_five=True).is_potential_five


def test_a_suspension_takes_the_stars_and_reinstating_gives_them_back():
    product = a_product()
    certificate = a_certificate(product, stars=4)
    until = certificate.valid_until
    suspend(certificate)
    assert published(product) == (None, None)
    reinstate(certificate)
    assert published(product) == (4, until)


def test_a_suspension_that_begins_later_ends_the_published_stars_the_day_before():
    product = a_product()
    suspend(a_certificate(product, stars=4), TODAY + 5 * DAY)
    assert published(product) == (4, TODAY + 4 * DAY)


def test_reinstating_what_is_not_suspended_is_refused():
    certificate = a_certificate(a_product())
    with pytest.raises(NotSuspended):
        reinstate(certificate)
    suspend(certificate)
    reinstate(certificate)
    with pytest.raises(NotSuspended):
        reinstate(certificate)


def test_a_revocation_takes_the_stars_for_good_and_happens_once():
    product = a_product()
    certificate = a_certificate(product, stars=5)
    revoke(certificate)
    assert published(product) == (None, None)
    with pytest.raises(AlreadyRevoked):
        revoke(certificate)


def test_a_re_assessment_replaces_the_older_certificate_for_good():
    product = a_product()
    older = a_certificate(product, stars=3, day=date(2025, 1, 10))
    newer = a_certificate(product, stars=4, day=date(2026, 1, 10))
    db.session.refresh(older)
    assert (older.superseded_on, older.superseded_by) == (date(2026, 1, 10), newer.number)
    revoke(newer)
    assert published(product) == (None, None)
    assert status_at(product.id, clock.today()).state is State.REVOKED
    assert status_at(product.id, date(2026, 1, 9)).stars == 3


def test_every_deed_names_who_did_it_in_the_trail():
    certificate = a_certificate(a_product())
    suspend(certificate)
    reinstate(certificate)
    revoke(certificate)
    subject = f"certificate:{certificate.id}"
    deeds = db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject == subject).order_by(AuditEntry.id))
    assert list(deeds) == ["recognised", "suspended", "reinstated", "revoked"]


def test_the_day_after_the_end_the_daily_job_takes_the_stars(tuesday):
    product = a_product()
    a_certificate(product, stars=4, day=TODAY - 100 * DAY, valid_until=TODAY)
    assert expire() == 0
    assert published(product) == (4, TODAY)
    tuesday.shift(DAY)
    assert publishing_stars.disagreements() == [], "even before the job runs, no page shows stars past their end"
    assert expire() == 1
    assert published(product) == (None, None)
    assert expire() == 0


def test_a_recognition_signed_for_later_is_published_on_its_first_day(tuesday):
    product = a_product()
    a_certificate(product, stars=4, day=TODAY, valid_from=TODAY + 2 * DAY)
    assert published(product) == (None, None)
    tuesday.shift(2 * DAY)
    assert publishing_stars.disagreements() == [product.id]
    expire()
    assert published(product)[0] == 4
    assert publishing_stars.disagreements() == []


def test_a_suspension_lifted_for_later_is_published_on_that_day(tuesday):
    product = a_product()
    certificate = a_certificate(product, stars=4)
    suspend(certificate, TODAY - 5 * DAY)
    reinstate(certificate, TODAY + 3 * DAY)
    assert published(product) == (None, None)
    tuesday.shift(3 * DAY)
    expire()
    assert published(product)[0] == 4
    assert publishing_stars.disagreements() == []


def test_what_was_replaced_does_not_come_back_when_the_newer_runs_out(tuesday):
    product = a_product()
    a_certificate(product, stars=3, day=TODAY - 400 * DAY)
    a_certificate(product, stars=4, day=TODAY - 10 * DAY, valid_until=TODAY)
    assert published(product) == (4, TODAY)
    tuesday.shift(DAY)
    expire()
    assert published(product) == (None, None)
    assert status_at(product.id, clock.today()).state is State.EXPIRED


def test_a_copy_written_by_somebody_else_is_found_out():
    honest, forged = a_product(stars=4), a_product()
    with transaction():
        forged.stars, forged.stars_until = 5, clock.today() + 100 * DAY
    assert publishing_stars.disagreements() == [forged.id]
    assert honest.stars == 4
