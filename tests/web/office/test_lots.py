"""Lots and labels at the office: each form, each refusal kept, what is told once, and the files for the printer."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine

from shop.core import clock
from shop.core.db import db, transaction
from shop.people.models import Role
from shop.provenance import gs1
from shop.provenance.entering import enter
from shop.provenance.log.reading import dossier_of
from shop.provenance.lots import labelling, scanning
from shop.provenance.lots.models import BatchState, Label
from shop.web.office.printing import parts
from tests import factories as make
from tests.browser import Browser
from tests.provenance.lots.making import a_gtin, a_lot
from tests.provenance.lots.making import labels as issued
from tests.web.conftest import counted_queries

A_DAY = timedelta(days=1)
ERRORS = ".error-summary li"


def place(lot):
    return f"/products/{lot.product.slug}/lots/{lot.number}"


def asks(first, lot, count, status=200, **fields):
    first.opens(place(lot))
    return first.browser.submit("form[data-once]", status, count=count, **fields)


def recall(lot):
    body = {
        "recall": "TH-1",
        "lot": lot.number,
        "decision": {"no": "MẪU-9/QĐ", "date": clock.today().isoformat(), "authority": "ha-noi"},
        "reason": {"vi": "Thử", "en": "Test"},
    }
    with transaction():
        enter(lot.product_id, "recall.opened", body, day=clock.today(), by="user:1", approved_by="user:2")


@pytest.mark.parametrize("path", ["lot", "batch", "sheet", "labels"])
def test_only_the_office_sees_lots_and_labels(client: Browser, path):
    lot = a_lot()
    number = issued(lot).batch.number
    paths = {"lot": place(lot), "batch": f"/batches/{number}", "sheet": f"/batches/{number}/sheet.pdf"}
    address = f"/vi/office{paths.get(path, '/labels')}"
    client.open(address)
    assert client.path.startswith("/vi/sign-in?next=")
    user = make.a_user(role=Role.PRODUCER, about="producer:1")
    client.submit(email=user.email, password=make.PASSWORD, status=404)
    client.open(address, 404)


def test_what_is_not_there_is_a_404(first):
    lot = a_lot()
    first.opens(f"/products/{lot.product.slug}/lots/L-NONE", 404)
    first.opens("/batches/B-NONE", 404)
    first.opens("/batches/B-NONE/sheet.pdf", 404)
    first.opens(f"/batches/{issued(lot).batch.number}/sheet.docx", 404)


@pytest.mark.both
def test_a_gtin_is_bound_and_a_lot_released_from_the_dossier(first):
    product = make.a_product(stars=4)
    number = gs1.demo(77)
    assert "No lot was released yet." in first.opens(f"/products/{product.slug}").text
    assert f"Entered as {number}" in first.records(product, "gtin", gtin=number).text
    fields = {"lot": "L26A", "made_on": clock.today() - A_DAY, "expires_on": clock.today() + 30 * A_DAY, "quantity": 40}
    page = first.records(product, "lot", **fields)
    assert "Entered as L26A" in page.text and "0 of 40 labelled" in page.text and number in page.text
    page = first.browser.follow(".lots__lot a")
    assert page.one("h1").text == "Lot L26A"
    db.session.rollback()
    assert dossier_of(product.id).lots["L26A"].gtin == number


def test_a_gtin_that_cannot_be_is_refused_beside_its_field_and_kept(first):
    other, product = make.a_product(), make.a_product()
    for typed in ("95200000000", "8935000000012", a_gtin(other)):
        page = first.records(product, "gtin", status=422, gtin=typed)
        assert page.words(".field__error") and page.one("input[name=gtin]")["value"] == typed


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("lot", "lô 1"),
        ("quantity", "0"),
        ("quantity", "viele"),
        ("made_on", "2027-01-01"),
        ("expires_on", "2026-01-01"),
    ],
)
def test_a_lot_that_cannot_be_is_refused_and_kept(first, field, wrong):
    product = make.a_product()
    told = {"lot": "L9", "made_on": "2026-11-01", "expires_on": "2026-12-24", "quantity": "40"}
    page = first.records(product, "lot", status=422, **{**told, field: wrong})
    assert page.one(f"input[name={field}] ~ .field__error, #{field}-error").text
    for name, value in {**told, field: wrong}.items():
        assert page.one(f"input[name={name}]")["value"] == value


def test_a_lot_is_released_once(first):
    lot = a_lot()
    fields = {"lot": lot.number, "made_on": "2026-11-01", "quantity": 5}
    page = first.records(lot.product, "lot", status=422, **fields)
    assert page.words(ERRORS) == [f"Lot {lot.number} of this product is released already."]


@pytest.mark.both
def test_labels_are_issued_activated_and_declared_void(first):
    lot = a_lot(quantity=50)
    page = asks(first, lot, 30)
    assert page.path.startswith("/en/office/batches/B-") and "Printed, not yet active" in page.text
    page = first.browser.submit(".activation")
    assert "Active" in page.words(".facts dd")[0] and not page.select(".activation")
    page = first.browser.submit(".voiding", 422, reason=" ")
    assert page.words(ERRORS) == ["Please fill this in."]
    page = first.browser.submit(".voiding", reason="In hỏng")
    assert page.words(".facts dd")[0] == "Void" and not page.select("main form")
    assert "50 left" in first.opens(place(lot)).text
    page = first.opens(f"/products/{lot.product.slug}")
    assert any("In hỏng" in words for words in page.words(".history__event"))


@pytest.mark.both
def test_labels_beyond_the_lot_are_refused_and_go_on_record(first):
    lot = a_lot(quantity=20)
    page = asks(first, lot, 21, 422, with_pins="y")
    words = f"Lot {lot.number} has only 20 pieces without a label. The attempt is on record."
    assert page.words("#count-error") == [words]
    assert page.one("input[name=count]")["value"] == "21" and page.select("input[name=with_pins][checked]")
    db.session.rollback()
    opened = dossier_of(lot.product_id).nonconformities
    assert [one.source for one in opened.values()] == [f"labels of lot {lot.number}"]
    assert db.session.query(Label).count() == 0
    assert next(iter(opened)) in first.opens(f"/products/{lot.product.slug}").text


@pytest.mark.parametrize("count", ["", "0", "-3", "10001", "viele", "9" * 30])
def test_a_count_that_cannot_be_is_refused_beside_it(first, count):
    page = asks(first, a_lot(), count, 422)
    assert page.words("#count-error") and page.one("input[name=count]")["value"] == count


def test_a_page_sent_twice_issues_once(first):
    lot = a_lot()
    first.opens(place(lot))
    address = f"/en/office{place(lot)}"
    assert first.browser.post(address, count=10, seen=0).path.startswith("/en/office/batches/")
    page = first.browser.post(address, 422, count=10, seen=0)
    assert page.words("#count-error")[0].startswith("Labels of this lot were issued since")
    page = first.browser.submit("form[data-once]")
    assert page.path.startswith("/en/office/batches/")


@pytest.mark.both
def test_hidden_pins_are_told_once_as_a_file(first):
    lot = a_lot()
    page = asks(first, lot, 3, with_pins="y")
    told = dict(zip(page.words("tbody th"), page.words("tbody td"), strict=True))
    assert page.headers["Cache-Control"] == "no-store" and len(told) == 3
    seal = page.one("input[name=pins]")["value"]
    batch = page.one("a.more")["href"]
    answer = first.browser.submit("main form")
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows[0] == ["Serial", "Hidden PIN", "Address in the code"] and {one[0]: one[1] for one in rows[1:]} == told
    assert all(one[2].endswith(f"/21/{one[0]}") and lot.gtin in one[2] for one in rows[1:])
    sheet = first.browser.post(f"{batch}/pins.pdf", pins=seal, first=1)
    assert sheet.body.startswith(b"%PDF")
    first.browser.post(f"{batch}/pins.csv", 400, pins=seal + "x")
    first.browser.post(f"/en/office/batches/{issued(lot).batch.number}/pins.csv", 400, pins=seal)
    assert not any(pin in first.opens(batch.removeprefix("/en/office")).text for pin in told.values())
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        page = first.browser.post(f"{batch}/pins.csv", 422, pins=seal)
    assert page.words(ERRORS)[0].startswith("PINs are handed out only in the hour")


@pytest.mark.parametrize(("kind", "content_type"), [("pdf", "application/pdf"), ("svg", "image/svg+xml")])
def test_a_sheet_comes_as_a_file(first, kind, content_type):
    number = issued(a_lot(), 21 if kind == "pdf" else 25).batch.number
    page = first.opens(f"/batches/{number}/sheet.{kind}")
    assert page.headers["Content-Type"].startswith(content_type) and len(page.body) > 10_000
    assert page.headers["Content-Disposition"] == f'attachment; filename="{number}-1-21.{kind}"'
    assert page.headers["Cache-Control"] == "no-store"


def test_more_labels_than_one_file_holds_are_taken_in_parts(first):
    number = issued(a_lot(quantity=300), 230).batch.number
    page = first.opens(f"/batches/{number}/sheet.pdf", 422)
    assert page.words("#last-error")[0].startswith("One file holds at most 210 labels")
    page = first.opens(f"/batches/{number}/sheet.svg?first=5&last=26", 422)
    assert "5 to 25." in page.words("#last-error")[0] and page.one("input[name=first]")["value"] == "5"
    assert first.opens(f"/batches/{number}/sheet.pdf?first=211&last=230").body.startswith(b"%PDF")
    for strange in ("first=0&last=3", "first=9&last=3", "first=1&last=231", "first=x", "first=-1"):
        assert first.opens(f"/batches/{number}/sheet.pdf?{strange}", 422).words(ERRORS)
    assert parts(430) == [(1, 210), (211, 420), (421, 430)]


def test_void_labels_are_drawn_no_more(first):
    batch = issued(a_lot()).batch
    with transaction():
        labelling.void(batch, by="user:1", reason="misprinted")
    page = first.opens(f"/batches/{batch.number}/sheet.pdf", 422)
    assert page.words(ERRORS) == ["These labels are void: there are no sheets of them any more."]


@pytest.mark.both
def test_labels_of_a_recalled_lot_are_not_activated(first):
    lot = a_lot()
    number = issued(lot, active=False).batch.number
    first.opens(f"/batches/{number}")
    recall(lot)
    page = first.browser.submit(".activation", 422)
    assert page.words(ERRORS) == [f"Lot {lot.number} is recalled: its labels cannot be activated."]
    assert not page.select(".activation")
    assert page.words(".standing--recalled") == ["Recalled"]
    assert first.opens(f"/products/{lot.product.slug}").words(".lots__lot .standing") == ["Recalled"]


def test_what_changed_meanwhile_is_told(first):
    batch = issued(a_lot(), active=False).batch
    page = first.opens(f"/batches/{batch.number}")
    with transaction():
        labelling.void(batch, by="user:1", reason="misprinted")
    page = first.browser.post(page.path, 422, deed="activate")
    assert page.words(ERRORS) == ["These labels are active already, or void."]
    page = first.browser.post(page.path, 422, deed="void", reason="Mất")
    assert page.words(ERRORS) == ["These labels are void already."]
    db.session.rollback()
    assert db.session.get_one(type(batch), batch.id).state is BatchState.VOIDED


@pytest.mark.both
def test_the_pages_keep_to_their_budget_of_queries(first):
    lot = a_lot()
    batches = [issued(lot, 5).batch.number for _ in range(4)]
    for path in (f"/products/{lot.product.slug}", place(lot), f"/batches/{batches[0]}"):
        first.opens(path)
        with counted_queries() as said:
            first.opens(path)
        assert len(said) <= 12, said


@pytest.mark.both
def test_labels_worth_a_look_are_listed_with_their_reasons(first):
    assert "No label stands out." in first.opens("/labels").text
    lot = a_lot()
    serial = issued(lot, active=False).serials[0]
    with transaction():
        scanning.count(scanning.Seen(lot.product_id, serial, "d1", "n1"))
    first.opens("/")
    page = first.browser.follow("a[href$='/office/labels']")
    assert page.words(".suspect") == ["Needs a look"] and serial in page.words(".work__facts")[0]
    assert page.words(".suspect__reasons li") == ["This label is not active: its goods should not be on sale yet."]
    assert first.browser.follow(".work__item > a").path.startswith(f"/en/office/products/{lot.product.slug}")
