"""The proof page: the right verdict in every state, the whole story, other days, and no star that does not hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text

from shop.core import clock
from shop.core.clock import HANOI
from shop.core.db import db, transaction
from shop.provenance.entering import enter
from shop.provenance.log import keys, trusting, witnessing
from shop.provenance.ocop_verify import notes
from shop.provenance.ocop_verify.notes import COSIGNER, Verifier
from tests import factories as make
from tests.browser import Browser
from tests.web.conftest import LANGUAGES, counted_queries
from tests.web.proof.conftest import DAY, SIGNED, TODAY, Register, recall

SAYS = {
    "valid": ("valid", "Valid", True),
    "expiring": ("expiring", "Valid, expires soon", True),
    "expired": ("expired", "Expired", False),
    "suspended": ("suspended", "Suspended", False),
    "revoked": ("revoked", "Revoked", False),
    "recalled": ("recalled", "Recalled", False),
    "superseded": ("valid", "Valid", True),  # by the newer certificate
    "later": ("none", "Not certified", False),
    "none": ("none", "Not certified", False),
}
MOST_QUERIES, MOST_BYTES = 12, 50_000


@pytest.mark.parametrize("state", SAYS)
def test_the_verdict_is_said_in_words_and_stars_stand_only_while_they_hold(
    register: Register, client: Browser, state: str
) -> None:
    kind, words, has_stars = SAYS[state]
    page = client.open(f"/en/proof/{register.slug(state)}")
    assert page.words("#verdict") == [words]
    assert page.select(f".verdict--{kind}")
    assert bool(page.select(".stars")) == bool(page.select(".seal")) == has_stars
    assert len(client.open(f"/vi/proof/{register.slug(state)}").select("#verdict")) == 1


@pytest.mark.parametrize("state", ["valid", "revoked", "none"])
def test_a_proof_costs_at_most_twelve_queries_and_fifty_kilobytes(
    register: Register, client: Browser, state: str
) -> None:
    for language in LANGUAGES:
        client.open(f"/{language}/proof/{register.slug(state)}")
        with counted_queries() as said:
            page = client.open(f"/{language}/proof/{register.slug(state)}?lot=L1&serial=0123456789")
        assert len(said) <= MOST_QUERIES, "\n".join(said)
        assert len(page.body) < MOST_BYTES


def test_a_certificates_number_or_id_leads_to_the_same_proof(register: Register, client: Browser) -> None:
    product, held = register.held["superseded"]
    for key in (product.slug, f"c{held.id}", quote(held.number), quote(held.number, safe="")):
        page = client.open(f"/en/proof/{key}")
        assert str(page.one("link[rel=canonical]")["href"]).endswith(f"/en/proof/{product.slug}")
    assert f"You looked up certificate {held.number}:" in page.text
    assert page.select(".notice .standing--superseded")


@pytest.mark.parametrize("key", ["no-such-thing", "c999999", "c99999999999999999999", "M%C3%84U/1", "a/b", "%2e%2e/x"])
def test_what_nobody_knows_is_a_page_of_its_own_language(register: Register, client: Browser, key: str) -> None:
    assert client.open(f"/vi/proof/{key}", 404).language == "vi"


def test_a_product_that_was_never_shown_has_no_proof(register: Register, client: Browser) -> None:
    client.open(f"/vi/proof/{make.a_product(published=False).slug}", 404)


def test_it_says_who_recorded_it_and_signed_only_with_a_signature(register: Register, client: Browser) -> None:
    page = client.open(f"/en/proof/{register.slug('valid')}")
    assert "Recorded by Phố Nghề" in page.text and "Signed by" not in page.text
    assert "competent on the day of the decision" in page.text
    assert "not yet witnessed" in page.text


def test_another_day_is_titled_so_and_never_draws_a_star(register: Register, client: Browser) -> None:
    slug = register.slug("revoked")
    page = client.open(f"/en/proof/{slug}?at={(TODAY - 5 * DAY).isoformat()}")
    assert page.words("#verdict") == ["Valid"]
    assert "As on Thu 19 November 2026, not as today." in page.text
    assert "4 stars on that day" in page.text
    assert not page.select(".stars, .seal, script[type='application/ld+json']")
    assert "revoked" not in page.text
    page = client.open(f"/en/proof/{slug}?at={(SIGNED - DAY).isoformat()}")
    assert page.words("#verdict") == ["Not certified"]


@pytest.mark.parametrize("at", ["2026-13-40", "20261124", "gestern", "2026-11-24T00:00", "٢٠٢٦-١١-٢٤", "0000-00-00"])
def test_what_is_no_date_is_said_to_be_none(register: Register, client: Browser, at: str) -> None:
    page = client.open(f"/en/proof/{register.slug('valid')}?at={quote(at)}", 400)
    assert f"“{at}” is no date." in page.text
    assert page.one("#at")["aria-invalid"] == "true"


def test_the_story_tells_the_bad_with_three_dates_each(register: Register, client: Browser) -> None:
    page = client.open(f"/en/proof/{register.slug('revoked')}")
    first, *_rest = page.words(".story__entry h3")
    assert first == "The certificate is revoked"
    entry = page.words(".story__entry")[0]
    assert "A sample failed" in entry and "MẪU-9/QĐ" in entry
    assert "20 Nov 2026" in entry and "24 Nov 2026" in entry and "4 days later" in entry and "not yet" in entry
    assert len(page.select(".story__entry")) == len(page.select(".three-dates")) == 3


def test_a_correction_stands_beside_what_it_corrects(register: Register, client: Browser) -> None:
    product, held = register.held["valid"]
    body = {"certificate_no": held.number, "corrects": [held.event], "reason": {"en": "Mistyped"}}
    body |= {"fields": {"capacity": 900}}
    with transaction():
        enter(product.id, "certificate.corrected", body, day=TODAY, by=make.BY, approved_by=make.SECOND)
    page = client.open(f"/en/proof/{product.slug}")
    assert page.words(".story__correction ins") == ["900"]
    assert page.words(".story__entry h3")[0].startswith("A correction")


def test_a_long_story_comes_in_pages(register: Register, client: Browser) -> None:
    product, _ = register.held["valid"]
    with transaction():
        for number in range(60):
            body = {"complaint": f"PA-{number:08}", "kind": "other"}
            enter(product.id, "complaint.received", body, day=TODAY, by="visitor")
    page = client.open(f"/en/proof/{product.slug}")
    seen = [str(one["id"]) for one in page.select(".story__entry")]
    assert len(page.body) < MOST_BYTES
    while client.select("a[rel=next]"):
        seen += [str(one["id"]) for one in client.follow("a[rel=next]").select(".story__entry")]
    assert len(seen) == len(set(seen)) == 62
    client.open(f"/en/proof/{product.slug}?before=x", 404)


def test_a_recall_of_one_lot_stops_only_its_labels(register: Register, client: Browser) -> None:
    product, _ = register.held["valid"]
    recall(product, TODAY, lot="L7")
    page = client.open(f"/en/proof/{product.slug}")
    assert "Lot L7 is recalled since 24 Nov 2026." in page.text and page.select(".stars")
    page = client.open(f"/en/proof/{product.slug}?lot=L7")
    assert page.words("#verdict") == ["Recalled"] and not page.select(".stars, .seal")
    assert "The log knows no lot “L7”" in page.text


def test_a_code_that_was_never_issued_is_said_to_be_so_and_never_called_real(
    register: Register, client: Browser
) -> None:
    page = client.open(f"/en/proof/{register.slug('valid')}?serial=0123456789")
    assert "This code was never issued." in page.text
    assert "genuine" not in page.text.casefold()


EDITS = {
    "more stars": "UPDATE certificate SET stars = 5, is_potential_five = false WHERE id = :id",
    "a later end": "UPDATE certificate SET valid_until = '2039-01-01' WHERE id = :id",
    "an end taken away": "DELETE FROM revocation",
}


@pytest.mark.parametrize("edit", EDITS)
def test_where_register_and_log_disagree_nothing_is_shown_as_verified(
    register: Register, client: Browser, edit: str
) -> None:
    state = "revoked" if "taken away" in edit else "valid"
    with transaction():
        db.session.execute(text(EDITS[edit]), {"id": register.held["valid"][1].id} if ":id" in EDITS[edit] else {})
    page = client.open(f"/en/proof/{register.slug(state)}")
    assert page.words("#verdict") == ["Cannot be verified"]
    assert not page.select(".stars, .seal, script[type='application/ld+json']")


@pytest.mark.parametrize(("state", "status"), [("valid", "Active"), ("revoked", "Inactive")])
def test_search_engines_read_the_certification(register: Register, client: Browser, state: str, status: str) -> None:
    told = json.loads(client.open(f"/vi/proof/{register.slug(state)}").one("script[type='application/ld+json']").text)
    assert told["@type"] == "Certification"
    assert told["certificationStatus"] == f"https://schema.org/Certification{status}"
    assert ("certificationRating" in told) == (state == "valid")
    assert {"certificationIdentification", "issuedBy", "datePublished", "validFrom", "expires", "url"} <= set(told)


def boundaries() -> list[tuple[str, datetime, bool]]:
    """(state, Hanoi midnight, whether stars stand after it and not before)."""
    first = datetime.combine(TODAY + 5 * DAY, datetime.min.time(), HANOI)
    begins = datetime.combine(SIGNED, datetime.min.time(), HANOI)
    day = timedelta(days=1)
    return [
        ("later", first, True),
        ("valid", begins, True),
        ("expired", first - 5 * day, False),
        ("expiring", first + 26 * day, False),
        ("suspended", first - 8 * day, False),
        ("revoked", first - 9 * day, False),
        ("recalled", first - 7 * day, False),
    ]


@pytest.mark.parametrize(("state", "midnight", "begins"), boundaries())
def test_stars_come_and_go_at_the_very_midnight_in_hanoi(
    register: Register, client: Browser, state: str, midnight: datetime, begins: bool
) -> None:
    second = timedelta(seconds=1)
    for moment, stand in ((midnight - second, not begins), (midnight, begins), (midnight + second, begins)):
        with time_machine.travel(moment, tick=False):
            page = client.open(f"/vi/proof/{register.slug(state)}")
            assert bool(page.select(".stars")) == bool(page.select(".seal")) == stand, moment
            lines = client.open("/vi/register").select(f"[data-product={register.slug(state)}]")
            assert [bool(line.select(".stars")) for line in lines] == [stand]
            product = client.open(f"/vi/products/{register.slug(state)}") if state != "recalled" else None
            assert product is None or bool(product.select(".product__stars .stars, .seal")) == stand


def test_an_event_is_witnessed_from_the_first_outsiders_signature_on(register: Register, client: Browser) -> None:
    witness, home = Ed25519PrivateKey.generate(), keys.ring().directory
    vkey = Verifier.of("w1.example/w", witness.public_key(), COSIGNER).vkey
    policy = trusting.policy().text.replace("quorum none", f"witness W1 {vkey} https://w1.example/\nquorum W1")

    def cosign(_address: str, body: bytes) -> tuple[int, str]:
        text = body.decode().split("\n\n")[1] + "\n"
        return 200, notes.cosign(text, "w1.example/w", witness, int(clock.now().timestamp())) + "\n"

    try:
        (home / "policy.txt").write_text(policy)
        assert "not yet witnessed" in client.open(f"/en/proof/{register.slug('valid')}").text
        witnessing.ask_witnesses(register.app.config["SHOP"].log, trusting.policy(), cosign)
        page = client.open(f"/en/proof/{register.slug('valid')}")
        assert "not yet witnessed" not in page.text and "w1.example/w: " in page.text
        recall(register.held["valid"][0], TODAY, lot="L1")
        register.publish()
        entries = client.open(f"/en/proof/{register.slug('valid')}").words(".story__entry")
        assert ["not yet witnessed" in entry for entry in entries] == [True, False, False]
    finally:
        for name in ("policy.txt", "cosignatures.log"):
            (home / name).unlink(missing_ok=True)
