"""Form, preview, proposal, second person: what each shows, and that nothing is entered before the last."""

from datetime import date, timedelta

import pytest

from shop.core import clock
from shop.core.db import db
from shop.provenance.log.reading import dossier_of
from shop.provenance.proposals import Proposal, ProposalState
from shop.provenance.status import State, status_at
from tests import factories as make

RULING = {"decision_no": "MẪU-77/QĐ-UBND", "reason_vi": "Không còn đạt tiêu chí.", "reason_en": "Falls short."}
REVOKING = {**RULING, "grounds": "process"}
POINTS = {"a": "30", "b": "20,5", "c": "26"}


def state_of(product):
    db.session.rollback()
    return status_at(product.id, clock.today()).state


def the_proposal():
    db.session.rollback()
    return db.session.scalars(db.select(Proposal)).one()


def test_a_preview_counts_what_it_changes_and_enters_nothing(first):
    point = make.a_point()
    product = make.a_product(stars=4, at_points={point: 3})
    make.a_cart(product)
    make.a_cart((product, 2))
    certificate = dossier_of(product.id).certificates.popitem()[0]
    page = first.decides_about(product, "revocation", certificate, stops_sale="y", **REVOKING)
    effects = page.words(".effects__list li")
    assert "1 product loses its stars: on its page, in lists, in search and on its proof" in effects
    assert "1 product leaves the shelf: nobody can buy it" in effects
    assert "1 listing is hidden" in effects
    assert any(words.startswith("2 baskets hold it") for words in effects)
    assert "1 sales point has it in stock" in effects
    assert "MẪU-77/QĐ-UBND" in page.text and "The process is not as declared" in page.text
    assert '"type":"certificate.revoked"' in page.words(".bytes pre")[0]
    assert state_of(product) is State.VALID
    assert not db.session.scalars(db.select(Proposal)).all()


def test_change_something_brings_the_form_back_as_it_was(first):
    product = make.a_product(stars=4)
    certificate = dossier_of(product.id).certificates.popitem()[0]
    first.decides_about(product, "revocation", certificate, **REVOKING)
    page = first.browser.submit(step="form")
    assert page.one("input[name=decision_no]")["value"] == "MẪU-77/QĐ-UBND"
    assert page.one("textarea[name=reason_vi]").text == "Không còn đạt tiêu chí."
    assert page.one("select[name=grounds] option[selected]")["value"] == "process"
