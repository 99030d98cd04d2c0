"""The public register: bad states too, filters, pages, and a CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io

import pytest

from shop.core.languages import Texts
from shop.web.proof.register_csv import safe
from tests import factories as make
from tests.browser import Browser
from tests.web.conftest import LANGUAGES, counted_queries
from tests.web.proof.conftest import Register

STATES = {
    "in-force": {"valid", "expiring", "renewed"},
    "expiring": {"expiring"},
    "suspended": {"suspended"},
    "revoked": {"revoked"},
    "recalled": {"recalled"},
    "expired": {"expired"},
    "superseded": {"superseded"},
    "later": {"later"},
    "": {"valid", "expiring", "renewed", "suspended", "revoked", "recalled", "expired", "superseded", "later"},
}


@pytest.mark.parametrize("standing", STATES)
def test_each_standing_shows_its_certificates_and_stars_only_in_force(
    register: Register, client: Browser, standing: str
) -> None:
    page = client.open(f"/en/register?standing={standing}&stars=&village=&authority=")
    wanted = {f"/en/proof/c{register.held[state][1].id}" for state in STATES[standing]}
    assert {str(link["href"]) for link in page.select(".register__line h2 a")} == wanted
    stars = {str(one.find_parent("li").select("a")[0]["href"]) for one in page.select(".register .stars")}  # type: ignore[union-attr]
    assert stars == wanted & {f"/en/proof/c{register.held[state][1].id}" for state in STATES["in-force"]}


def test_filters_by_village_authority_and_star(register: Register, client: Browser) -> None:
    ministry = register.held["renewed"][1].authority.code
    assert len(client.open(f"/vi/register?authority={ministry}").select(".register__line")) == 1
    assert len(client.open("/vi/register?stars=5").select(".register__line")) == 1
    assert not client.open("/vi/register?stars=3").select(".register__line")
    make.a_product(stars=3, village=make.a_village("van-phuc-silk"))
    assert len(client.open("/vi/register?village=van-phuc-silk").select(".register__line")) == 1


@pytest.mark.parametrize("query", ["stars=6", "standing=good", "village=x", "authority=x", "after=x", "before=2026.2"])
def test_a_filter_that_is_none_is_no_page(register: Register, client: Browser, query: str) -> None:
    client.open(f"/vi/register?{query}", 404)
    if not query.startswith(("after", "before")):
        client.open(f"/vi/register.csv?{query}", 404)


def test_pages_follow_each_other_and_lead_back(register: Register, client: Browser) -> None:
    product = make.a_product()
    for _ in range(31):
        make.a_certificate(product, stars=4)
    first = [str(one["href"]) for one in client.open("/en/register").select(".register__line h2 a")]
    client.follow("a[rel=next]")
    assert len(client.select(".register__line")) == 10 and not client.select("a[rel=next]")
    assert [str(one["href"]) for one in client.follow("a[rel=prev]").select(".register__line h2 a")] == first


def test_the_register_stays_within_its_budget(register: Register, client: Browser) -> None:
    for language in LANGUAGES:
        client.open(f"/{language}/register")
        with counted_queries() as said:
            page = client.open(f"/{language}/register")
        assert len(said) <= 12 and len(page.body) < 50_000, "\n".join(said)


def test_the_csv_holds_the_whole_register_as_excel_reads_it(register: Register, client: Browser) -> None:
    evil = make.a_producer(name='=HYPERLINK("http://x")')
    make.a_product(stars=4, producer=evil, name=Texts(vi="+84, “ấm”", en="@SUM(A1)"))
    answer = client.send("GET", "/en/register.csv")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert len(rows) == len(STATES[""]) + 1 and len({row["Certificate number"] for row in rows}) == len(rows)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert sum(bool(row["Stars in force"]) for row in rows) == len(STATES["in-force"]) + 1
    assert answer.headers["Content-Disposition"].endswith('.csv"')
    only = client.send("GET", "/vi/register.csv?standing=revoked").get_data(as_text=True)
    assert len(only.strip().splitlines()) == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_never_begins_like_a_formula(start: str) -> None:
    assert safe(f"{start}1+1") == f"'{start}1+1"
    assert (safe("Ấm trà"), safe(None), safe(4)) == ("Ấm trà", "", "4")
