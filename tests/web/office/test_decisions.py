"""Form, preview, proposal, second person: what each shows, and that nothing is entered before the last."""

from datetime import date, timedelta

import pytest

from shop.core import clock
from shop.core.db import db, transaction
from shop.provenance import proposing, recognising
from shop.provenance.log.reading import dossier_of, rows_about, subject_of
from shop.provenance.ocop_verify.canonical import parse
from shop.provenance.proposals import Proposal, ProposalState
from shop.provenance.status import State, status_at
from tests import factories as make
from tests.web.conftest import counted_queries

RULING = {"decision_no": "MẪU-77/QĐ-UBND", "reason_vi": "Không còn đạt tiêu chí.", "reason_en": "Falls short."}
REVOKING = {**RULING, "grounds": "process"}
POINTS = {"a": "30", "b": "20,5", "c": "26"}


def state_of(product):
    db.session.rollback()
    return status_at(product.id, clock.today()).state


def dossier(product):
    db.session.rollback()
    return dossier_of(product.id)


def the_proposal():
    db.session.rollback()
    return db.session.scalars(db.select(Proposal)).one()


@pytest.mark.both
def test_a_preview_counts_what_it_changes_and_enters_nothing(first):
    point = make.a_point()
    product = make.a_product(stars=4, at_points={point: 3})
    make.a_cart(product)
    make.a_cart((product, 2))
    certificate = dossier(product).certificates.popitem()[0]
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
    certificate = dossier(product).certificates.popitem()[0]
    first.decides_about(product, "revocation", certificate, **REVOKING)
    page = first.browser.submit(step="form")
    assert page.one("input[name=decision_no]")["value"] == "MẪU-77/QĐ-UBND"
    assert page.one("textarea[name=reason_vi]").text == "Không còn đạt tiêu chí."
    assert page.one("select[name=grounds] option[selected]")["value"] == "process"


def test_without_grounds_the_form_says_so_and_keeps_everything(first):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    first.opens(f"/products/{product.slug}/decisions/revocation?of={certificate}")
    page = first.browser.submit(status=422, **{**REVOKING, "grounds": "", "reason_en": "Kept."})
    assert page.words(".error-summary li") == ["Please choose one of the grounds."]
    assert page.one("textarea[name=reason_en]").text == "Kept."


@pytest.mark.parametrize("year", ["0206-01-01", "9999-12-31", "gestern"])
def test_a_day_that_cannot_be_is_a_422(first, year):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    first.opens(f"/products/{product.slug}/decisions/suspension?of={certificate}")
    assert first.browser.submit(status=422, **{**REVOKING, "day": year}).words(".field__error")


def test_a_rule_that_refuses_stands_beside_the_form(first):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    first.opens(f"/products/{product.slug}/decisions/reinstatement?of={certificate}")
    page = first.browser.submit(status=422, **RULING)
    assert page.words(".error-summary li") == ["This certificate is not suspended."]
    assert page.one("input[name=decision_no]")["value"] == RULING["decision_no"]


def test_the_second_person_approves_and_only_then_it_is_entered(first, second):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    proposal = first.proposes(product, "suspension", certificate, **REVOKING)
    assert state_of(product) is State.VALID
    page = second.opens(proposal)
    assert first.user.name in page.text and page.words(".effects__list li")
    page = second.approves(proposal)
    assert "Approved" in page.text
    assert state_of(product) is State.SUSPENDED
    event = dossier(product).certificates[certificate].suspensions[0]
    assert event.decision == {"no": "MẪU-77/QĐ-UBND", "date": "2026-11-24", "authority": "ha-noi"}


def test_who_proposed_cannot_approve_and_reads_why(first):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    proposal = first.proposes(product, "revocation", certificate, **REVOKING)
    page = first.opens(proposal)
    assert "Somebody else of the office approves or refuses it" in page.text
    assert not page.select("input[name=password]")
    page = first.browser.post(f"/en/office{proposal}", 422, password=make.PASSWORD, approve="yes")
    assert page.words(".error-summary li") == ["Two people decide this: who proposes cannot approve."]
    assert state_of(product) is State.VALID


def test_a_wrong_password_is_refused_counted_and_closes_after_ten(first, second):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    proposal = first.proposes(product, "revocation", certificate, **REVOKING)
    page = second.approves(proposal, 422, password="wrong", note="Giữ lại")
    assert page.words(".error-summary li") == ["This is not your password. Please type it again."]
    assert page.one("textarea[name=note]").text == "Giữ lại"
    assert not page.one("input[name=password]").get("value")
    for _ in range(9):
        second.approves(proposal, 422, password="wrong")
    assert "Too many tries" in second.approves(proposal, 422).words(".error-summary li")[0]
    assert state_of(product) is State.VALID
    assert the_proposal().waits


def test_a_refusal_needs_a_note_that_the_other_reads(first, second):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    proposal = first.proposes(product, "revocation", certificate, **REVOKING)
    second.opens(proposal)
    page = second.browser.submit(".answer form", 422, password=make.PASSWORD, refuse="yes")
    assert page.words(".error-summary li") == ["Please say why you refuse it: the other person reads it."]
    second.browser.submit(".answer form", password=make.PASSWORD, refuse="yes", note="Số quyết định sai.")
    assert the_proposal().state is ProposalState.REFUSED
    assert "Số quyết định sai." in first.opens(proposal).text
    assert state_of(product) is State.VALID


def test_who_proposed_may_take_it_back_and_nobody_else(first, second):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    proposal = first.proposes(product, "revocation", certificate, **REVOKING)
    page = second.browser.post(f"/en/office{proposal}/withdrawal", 422)
    assert page.words(".error-summary li") == ["Only the person who proposed it may withdraw it."]
    first.opens(proposal)
    assert "Withdrawn" in first.browser.submit(".answer form").text
    page = second.browser.post(f"/en/office{proposal}", 422, password=make.PASSWORD, approve="yes")
    assert page.words(".error-summary li") == ["This was decided meanwhile; please look at it again."]


@pytest.mark.both
def test_what_was_revoked_meanwhile_is_refused_by_the_rule_and_can_still_be_decided(first, second):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    late = first.proposes(product, "suspension", certificate, **REVOKING)
    second.approves(first.proposes(product, "revocation", certificate, **REVOKING))
    page = second.opens(late)
    assert "As things stand now it cannot be approved: This certificate is revoked already." in page.text
    page = second.approves(late, 422)
    assert page.words(".error-summary li") == ["This certificate is revoked already."]
    page = second.browser.submit(".answer form", password=make.PASSWORD, refuse="yes", note="Đã thu hồi.")
    assert "Refused" in page.text


def test_a_certificate_is_issued_for_36_months_from_its_signing(first, second):
    product = make.a_product()
    first.opens(f"/products/{product.slug}/decisions/certificate")
    page = first.browser.page
    assert page.one("input[name=valid_until]")["value"] == "2029-11-23"
    facts = {"number": "MẪU-500/2026/OCOP", "decision_no": "MẪU-500/QĐ-UBND", "decision_date": "2026-11-02"}
    more = {"right_kind": "trade mark", "right_number": "4-0001", "capacity": "12000", "potential_five": "y"}
    second.approves(first.proposes(product, "certificate", **facts, **POINTS, **more))
    held = dossier(product).certificates["MẪU-500/2026/OCOP"]
    assert (held.stars, held.score, held.is_potential_five, held.capacity) == (4, 7_650, True, 12_000)
    assert (held.valid_from, held.valid_until) == (date(2026, 11, 2), date(2029, 11, 1))
    assert held.right == {"kind": "trade mark", "number": "4-0001"}
    assert state_of(product) is State.VALID


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"stars": "5", "authority": "bo-nn-mt"}, "The parts add up to 76.5 points"),
        ({"a": "40,5"}, "Part A has 40.5 points"),
        ({"stars": "3", "a": "15", "potential_five": "y"}, "Only a product of four stars"),
        ({"authority": "gia-lam"}, "This authority was not competent"),
        ({"valid_until": "2030-01-01"}, "36 months at most"),
    ],
)
def test_a_certificate_that_cannot_be_is_refused_beside_the_form(first, fields, words):
    product = make.a_product()
    first.opens(f"/products/{product.slug}/decisions/certificate")
    facts = {"number": "MẪU-1/2026/OCOP", "decision_no": "MẪU-1/QĐ-UBND"}
    page = first.browser.submit(status=422, **{**facts, **POINTS, **fields})
    assert words in page.words(".error-summary li")[0]
    assert page.one("input[name=number]")["value"] == "MẪU-1/2026/OCOP"


@pytest.mark.parametrize("points", ["", "abc", "1000", "38.555", "-3", "٣"])
def test_points_are_written_as_points(first, points):
    product = make.a_product()
    first.opens(f"/products/{product.slug}/decisions/certificate")
    facts = {"number": "MẪU-1/2026/OCOP", "decision_no": "MẪU-1/QĐ-UBND"}
    assert first.browser.submit(status=422, **{**facts, **POINTS, "a": points}).words(".field__error")


def test_a_correction_stands_beside_what_was_entered_first(first, second):
    product = make.a_product()
    held = make.a_certificate(product, stars=4, decision_no="MẪU-4/QĐ-UBND")
    page = second.approves(
        first.proposes(product, "correction", held.number, decision_no="MẪU-44/QĐ-UBND", reason_vi="Gõ nhầm số.")
    )
    assert "Approved" in page.text
    assert dossier(product).certificates[held.number].decision["no"] == "MẪU-44/QĐ-UBND"
    page = first.opens(f"/products/{product.slug}")
    assert page.words(".history__corrected")
    assert "MẪU-4/QĐ-UBND" in page.text and "Reads differently since" in page.text


def test_a_correction_that_changes_nothing_or_breaks_the_rules_is_refused(first):
    product = make.a_product()
    held = make.a_certificate(product, stars=4)
    first.opens(f"/products/{product.slug}/decisions/correction?of={held.number}")
    page = first.browser.submit(status=422, reason_vi="Không có gì.")
    assert page.words(".error-summary li") == ["Nothing reads differently: change at least one thing."]
    page = first.browser.submit(status=422, a="40", c="35")
    assert "not 4 stars" in page.words(".error-summary li")[0]


@pytest.mark.both
def test_a_result_an_appeal_and_a_recall_are_decided_by_two(first, second):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    first.records(product, "sample", point="market", taken_by="Đoàn liên ngành")
    measured = {"analyte_1": "Chì (Pb)", "value_1": "0,9", "unit_1": "mg/kg", "limit_1": "0,5"}
    lab = {"laboratory": "Phòng thử nghiệm mẫu", "verdict": "fail"}
    second.approves(first.proposes(product, "result", "S-2026-0001", **lab, **measured))
    assert dossier(product).samples["S-2026-0001"].verdict == "fail"
    second.approves(first.proposes(product, "recall", lot="L26A", **RULING))
    assert [recall.lot for recall in dossier(product).recalls.values()] == ["L26A"]
    second.approves(first.proposes(product, "end-of-recall", "R-2026-0001", **RULING))
    second.approves(first.proposes(product, "revocation", certificate, **REVOKING))
    first.records(product, "appeal", certificate, grounds_vi="Mẫu lấy sai lô.", against=REVOKING["decision_no"])
    second.approves(first.proposes(product, "judgement", "A-2026-0001", outcome="overturned", **RULING))
    assert state_of(product) is State.VALID


def test_two_recalls_proposed_at_once_have_two_numbers(first, second):
    one, two = make.a_product(stars=4), make.a_product(stars=3)
    waiting = [first.proposes(product, "recall", **RULING) for product in (one, two)]
    for proposal in waiting:
        second.approves(proposal)
    assert [*dossier(one).recalls, *dossier(two).recalls] == ["R-2026-0001", "R-2026-0002"]


def test_what_takes_effect_later_says_from_when(first):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    later = (clock.today() + timedelta(days=10)).isoformat()
    page = first.decides_about(product, "suspension", certificate, day=later, **REVOKING)
    assert "On Fri 4 December 2026, when it takes effect" in page.text
    assert page.words(".effects__list li")


def test_the_bytes_that_were_shown_are_the_bytes_that_are_signed(first, second):
    product = make.a_product(stars=4)
    certificate = dossier(product).certificates.popitem()[0]
    shown = parse(first.decides_about(product, "revocation", certificate, **REVOKING).one(".bytes pre").text.encode())
    proposal = first.browser.submit(step="proposal").path.removeprefix("/en/office").split("?")[0]
    second.approves(proposal)
    db.session.rollback()
    written = parse(rows_about(subject_of(product.id))[-1].leaf)
    assert {name: written[name] for name in shown} == shown
    assert written["approved_by"] == second.user.handle


def test_nothing_that_is_not_there_can_be_decided(first):
    product = make.a_product(stars=4)
    for path in (
        f"/products/{product.slug}/decisions/revocation?of=MẪU-0",
        f"/products/{product.slug}/decisions/revocation",
        f"/products/{product.slug}/decisions/promotion",
        "/products/none/decisions/recall",
        f"/products/{product.slug}/records/remedy?of=N-2026-0001",
        "/proposals/99",
        "/worklists/none",
        "/exports/none.csv",
        "/exports/register.exe",
    ):
        first.opens(path, 404)


def test_a_proposal_of_many_products_is_shown_in_parts_within_its_budget(first, second):
    products = [make.a_product() for _ in range(25)]
    with transaction():
        drafts = [make.the_certificate(product, stars=4, day=clock.today()) for product in products]
        deeds = [recognising.issuing(draft) for draft in drafts]
        db.session.expunge_all()
        made = proposing.propose("decision", deeds, by=first.user.handle, facts={"decision_no": "MẪU-9/QĐ-UBND"})
    second.opens(f"/proposals/{made.id}")
    with counted_queries() as said:
        page = second.opens(f"/proposals/{made.id}")
    assert len(said) <= 12, said
    assert "25 products show their stars from then on" in page.words(".effects__list li")
    assert len(page.select(".entry-panel__one")) == 20 and "MẪU-9/QĐ-UBND" in page.words("h1")[0]
    assert len(second.opens(f"/proposals/{made.id}?from=20").select(".entry-panel__one")) == 5
    for strange in ("-5", "999", "x"):
        second.opens(f"/proposals/{made.id}?from={strange}")
    assert "25 products" in second.opens("/proposals").text
    second.approves(f"/proposals/{made.id}")
    assert {state_of(product) for product in products} == {State.VALID}


@pytest.mark.parametrize("sheet", ["certificate", "revocation", "recall", "correction"])
def test_a_preview_keeps_its_budget(first, sheet):
    product = make.a_product(stars=4)
    of = "" if sheet in ("certificate", "recall") else next(iter(dossier(product).certificates))
    fields = {
        "certificate": {"number": "MẪU-1/2026/OCOP", "decision_no": "MẪU-1", **POINTS},
        "revocation": REVOKING,
        "recall": RULING,
        "correction": {"decision_no": "MẪU-2", "reason_vi": "Gõ nhầm."},
    }[sheet]
    first.opens(f"/products/{product.slug}/decisions/{sheet}?of={of}")
    with counted_queries() as said:
        page = first.browser.submit(step="preview", **fields)
    assert page.select(".entry-panel") and len(said) <= 12, said
