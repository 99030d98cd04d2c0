"""The office's pages: who may open them, what waits, what is found, what is counted, what is handed out as a file."""

import csv
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from shop.core import clock
from shop.core.db import db, transaction
from shop.core.languages import Texts
from shop.people.models import Role
from shop.provenance import complaining, overseeing
from shop.provenance.counting import by_commune, by_star, by_year
from shop.provenance.log.reading import dossier_of
from shop.provenance.overseeing import Fault
from shop.provenance.oversight import InspectionKind, SamplePoint, Severity
from shop.provenance.rules import months_after
from shop.web.office.tables import as_csv, as_xlsx
from tests import factories as make
from tests.browser import Browser
from tests.web.conftest import counted_queries

DAY = timedelta(days=1)
PAGES = ("/", "/search?q=am", "/proposals", "/counts", "/worklists/complaints", "/exports/register.csv")
DANGER = '=HYPERLINK("http://x","y")'


@pytest.mark.parametrize("path", PAGES)
def test_whoever_is_not_of_the_office_sees_no_page(client: Browser, path):
    client.open(f"/vi/office{path}")
    assert client.path.startswith("/vi/sign-in?next=")
    user = make.a_user(role=Role.PRODUCER, about="producer:1")
    client.submit(email=user.email, password=make.PASSWORD, status=404)
    client.open(f"/vi/office{path}", 404)


def test_after_signing_in_one_is_where_one_wanted_to_be(client: Browser):
    user = make.a_user(role=Role.OFFICE)
    client.open("/office", Accept_Language="vi")
    assert client.submit(email=user.email, password=make.PASSWORD).path.startswith("/vi/office")


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_the_office_is_kept_by_anybody(first, path):
    page = first.opens(path)
    assert page.headers["Cache-Control"] == "no-store"


def everything_waits():
    """A product with one of each kind of work, as of Tuesday."""
    today = clock.today()
    product = make.a_product()
    held = make.a_certificate(product, day=months_before(today, 36) + 5 * DAY)
    words, team = Texts(vi="Thiếu hồ sơ."), ["Chi cục mẫu"]
    with transaction():
        for day in (today - DAY, today + DAY):
            overseeing.plan_inspection(product.id, kind=InspectionKind.PLANNED, agencies=team, day=day, by="user:9")
        overseeing.take_sample(product.id, point=SamplePoint.MARKET, taken_by="Đoàn", day=today, by="user:9")
        late = Fault(words, Severity.MINOR, today - DAY)
        overseeing.open_nonconformity(product.id, late, day=today - 9 * DAY, by="user:9")
        complaining.receive(product.id, complaining.Kind.QUALITY, "Không đúng mùi vị như mọi khi.")
    return product, held


def months_before(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, 28))


@pytest.mark.both
def test_the_worklist_counts_and_shows_what_waits_within_its_budget(first):
    product, held = everything_waits()
    first.opens("/")
    with counted_queries() as said:
        page = first.opens("/")
    assert len(said) <= 12, said
    tally = dict(line.split(" ", 1)[::-1] for line in page.words(".tally li"))
    assert tally["Inspections overdue"] == tally["Inspections this week"] == tally["Samples without a result"] == "1"
    assert tally["Faults not mended in time"] == tally["Complaints without an answer"] == "1"
    assert tally["Certificates that end within 7 days"] == "1"
    assert any(held.number in words for words in page.words(".work__facts"))
    first.browser.follow(".work__item a")
    assert first.browser.path == f"/en/office/products/{product.slug}"


@pytest.mark.both
def test_what_is_done_leaves_the_worklist(first):
    product, _held = everything_waits()
    told = dossier_of(product.id)
    number = next(iter(told.complaints))
    page = first.opens(f"/products/{product.slug}/records/answer?of={number}")
    assert "Không đúng mùi vị như mọi khi." in page.text
    first.browser.submit(answer_vi="Đã kiểm tra và trả lời.")
    assert f"Entered as {number}" in first.browser.text
    first.records(product, "remedy", "N-2026-0001", remedy_vi="Đã bổ sung hồ sơ.")
    planned = next(one for one in told.inspections if told.inspections[one].planned_on < clock.today())
    first.records(product, "inspection", planned, outcome="conforming")
    page = first.opens("/")
    waiting = page.words(".tally li:not(.tally--none)")
    assert not any("Complaints" in one or "overdue" in one or "not mended" in one for one in waiting)


def test_an_inspection_that_does_not_conform_opens_its_faults(first):
    product = make.a_product(stars=4)
    team = {"kind": "unannounced", "agency_1": "Chi cục mẫu", "agency_2": "Công an xã"}
    page = first.records(product, "inspection", status=422, outcome="nonconforming", **team)
    assert page.words(".error-summary li") == [
        "What does not conform has at least one fault: say which, how grave and until when."
    ]
    assert page.one("input[name=agency_2]")["value"] == "Công an xã"
    page = first.browser.submit(status=422, fault_1="Nhãn sai")
    assert page.words(".error-summary li") == ["A fault needs its words and the day until which it is mended."]
    page = first.browser.submit(due_1="2026-12-24", severity_1="major")
    assert "Entered as I-2026-0001" in page.text and "N-2026-0001" in page.text
    db.session.rollback()
    assert dossier_of(product.id).inspections["I-2026-0001"].agencies == ["Chi cục mẫu", "Công an xã"]


@pytest.mark.parametrize(
    ("sheet", "fields"),
    [
        ("planned-inspection", {"kind": "planned", "agency_1": "Chi cục mẫu", "day": "2026-12-01"}),
        ("sample", {"point": "online order", "taken_by": "Đoàn", "lot": "L26A", "seal_no": "NP-7"}),
        ("fault", {"words_vi": "Nhãn sai", "severity": "critical"}),
        ("assessment", {"level": "province", "a": "30", "b": "20", "c": "25,5", "stars": "4"}),
    ],
)
def test_each_record_is_entered_at_once_and_stands_in_the_history(first, sheet, fields):
    product = make.a_product(stars=4)
    page = first.records(product, sheet, **fields)
    assert page.words(".notice--good")[0].startswith("Entered as ")
    assert first.user.name in page.words(".history__event")[0]


@pytest.mark.both
def test_a_dossier_tells_the_whole_history_within_its_budget(first, second):
    product, held = everything_waits()
    refused = first.proposes(
        product, "suspension", held.number, decision_no="MẪU-1", reason_vi="Thử", grounds="process"
    )
    second.opens(refused)
    second.browser.submit(".answer form", password=make.PASSWORD, refuse="yes", note="Chưa đủ căn cứ.")
    first.opens(f"/products/{product.slug}")
    with counted_queries() as said:
        page = first.opens(f"/products/{product.slug}")
    assert len(said) <= 12, said
    titles = page.words(".history__event h3")
    assert titles[-1] == "Product entered in the register" and titles[-2] == "Certificate issued"
    assert len(titles) == 7
    assert "Chưa đủ căn cứ." in page.text and "Refused" in page.text


def test_a_long_history_is_paged(first):
    product = make.a_product()
    with transaction():
        for _ in range(35):
            overseeing.take_sample(
                product.id, point=SamplePoint.MARKET, taken_by="Đoàn", day=clock.today(), by="user:1"
            )
    page = first.opens(f"/products/{product.slug}")
    assert len(page.words(".history__event")) == 30
    assert len(first.browser.follow("a[rel=next]").words(".history__event")) == 6


@pytest.mark.both
def test_a_worklist_is_paged_by_its_day_and_key(first):
    product = make.a_product()
    with transaction():
        for number in range(30):
            day = clock.today() - number % 3 * DAY
            overseeing.take_sample(product.id, point=SamplePoint.MARKET, taken_by="Đoàn", day=day, by="user:1")
    page = first.opens("/worklists/samples")
    seen = page.words(".work__facts")
    assert len(seen) == 25
    seen += first.browser.follow("a[rel=next]").words(".work__facts")
    assert len(set(seen)) == 30
    assert [one[-11:] for one in seen] == sorted(one[-11:] for one in seen)
    for strange in ("gestern.1", "2026-01-01.x", "2026-01-01." + "9" * 30, "."):
        first.opens(f"/worklists/samples?after={strange}")


@pytest.mark.both
def test_search_finds_a_product_a_certificate_and_a_producer(first):
    producer = make.a_producer(slug="gom-song-lua", name="Gốm Sóng Lửa")
    product = make.a_product(producer=producer, slug="am-tra-sen", name=Texts(vi="Ấm trà sen", en="Lotus teapot"))
    held = make.a_certificate(product)
    hidden = make.a_product(producer=producer, slug="am-men-ran", published=False)
    assert product.slug in first.opens("/search?q=am tra sen").html
    page = first.opens(f"/search?q={held.number[:6]}")
    assert held.number in page.words(".office-row a")
    assert hidden.slug in first.opens("/search?q=ấm men").html
    page = first.opens("/search?q=song lửa")
    assert "Gốm Sóng Lửa" in page.words(".office-row a")
    page = first.browser.follow(".office-row a[href*=producers]")
    assert {product.slug, hidden.slug} <= {one["href"].rsplit("/", 1)[1] for one in page.select(".office-row a")}


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "zzzzzz", "‰†", "a" * 500])
def test_search_takes_anything(first, query):
    first.opens(f"/search?q={query.replace('%', '%25')}")
    assert first.browser.select(".empty") or query in ("_",)


@pytest.mark.both
def test_counts_are_those_of_the_register(first):
    village = make.a_village("bat-trang-ceramics")
    for stars in (5, 4, 4, 3):
        make.a_product(stars=stars, village=village)
    make.a_certificate(make.a_product(village=village), stars=4, is_potential_five=True)
    db.session.rollback()
    assert (by_star()[0][1:4], by_star()[1]) == ((1, 3, 1), 1)
    assert [(row.of, row.total) for row in by_commune()] == [(village.ward.name, 5)]
    assert [(row.of, row.five, row.four, row.three) for row in by_year()] == [("2025", 1, 3, 1)]
    with counted_queries() as said:
        page = first.opens("/counts")
    assert len(said) <= 12, said
    assert page.words(".tally b") == ["5", "1", "3", "1", "1"]
    assert "919/QĐ-TTg" in page.text and "here 5, goal 10,000" in page.text and "3,463" in page.text


@pytest.mark.both
def test_a_file_of_the_register_cannot_become_a_formula(first):
    producer = make.a_producer(name=DANGER)
    product = make.a_product(producer=producer, name=Texts(vi="@SUM(1+1)", en="@SUM(1+1)"))
    make.a_certificate(product, decision_no="-1+1")
    page = first.opens("/exports/register.csv")
    rows = list(csv.reader(io.StringIO(page.body.decode("utf-8-sig"))))
    assert rows[0][0] == "Product"
    assert rows[1][:2] == ["'@SUM(1+1)", "'" + DANGER] and rows[1][4] == "'-1+1"
    page = first.opens("/exports/register.xlsx")
    sheet = load_workbook(io.BytesIO(page.body)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert sheet["B2"].value == DANGER and sheet["B2"].quotePrefix
    assert "attachment" in page.headers["Content-Disposition"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1"])
def test_every_beginning_of_a_formula_is_disarmed(text):
    written = io.StringIO(as_csv(["a"], [[text]]).decode("utf-8-sig"), newline="")
    assert list(csv.reader(written))[1] == ["'" + text]
    cell = load_workbook(io.BytesIO(as_xlsx("x", ["a"], [[text]]))).active["A2"]
    assert cell.data_type == "s"


@pytest.mark.both
@pytest.mark.parametrize("name", ["communes", "years", "samples", "re-assessments"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_table_comes_as_a_file(first, name, kind):
    make.a_product(stars=4)
    assert first.opens(f"/exports/{name}.{kind}").body


def test_the_day_a_year_of_certificates_ends_is_known():
    assert months_after(months_before(date(2026, 11, 24), 36), 36) == date(2026, 11, 23)
