"""Where labels lead: GS1's rules for resolvers one by one, and what a copied label must not bring about."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from shop.catalogue import publishing
from shop.core.db import db, transaction
from shop.provenance import gs1
from shop.provenance.log import keys
from shop.provenance.lots import labelling, releasing, scanning, sheets, stories
from shop.provenance.lots.clones import Level
from shop.provenance.lots.faces import faces
from shop.provenance.lots.models import Gtin, Label, LabelState, Lot, Scan
from tests.browser import HERE, Browser
from tests.factories import BY, a_certificate, a_product
from tests.provenance.lots.making import a_gtin, a_lot, labels
from tests.provenance.lots.optics import pages, photographed, printed, scanned

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1"
LINKSET = "application/linkset+json"
VOC = "https://ref.gs1.org/voc/"
PUBLIC = "http://localhost:8000"  # config's public_url in development
METHODS = ("GET", "HEAD", "OPTIONS")


class Pack:
    """A product with a lot whose labels are on its goods."""

    def __init__(self) -> None:
        self.product = a_product(slug="nuoc-mam-mau")
        self.lot = a_lot(self.product, number="L26A", quantity=50)
        self.serial = labels(self.lot, 3).serials[0]
        self.gtin = self.lot.gtin or ""

    @property
    def bare(self) -> str:
        return f"/01/{self.gtin}"

    @property
    def of_lot(self) -> str:
        return f"{self.bare}/10/L26A"

    @property
    def whole(self) -> str:
        return f"{self.of_lot}/21/{self.serial}"


@pytest.fixture
def pack(app: Flask) -> Pack:
    return Pack()


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


class Phone(Browser):
    """A phone's camera app: it sends a user agent and keeps cookies."""

    def look(self, path: str, method: str = "GET", **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(method, path, headers={"User-Agent": PHONE, "Accept-Language": "vi", **named})

    def leads_to(self, path: str, **headers: str) -> tuple[str, dict[str, str]]:
        """Path and query of the redirect."""
        answer = self.look(path, **headers)
        assert answer.status_code == 307, answer.get_data(as_text=True)[:300]
        parts = urlsplit(answer.headers["Location"])
        return parts.path, dict(parse_qsl(parts.query))


def scans() -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(Scan)).one()


class TestTheDefaultLink:
    def test_a_label_leads_to_the_proof_of_its_product_lot_and_serial(self, phone: Phone, pack: Pack) -> None:
        assert phone.leads_to(pack.whole) == ("/vi/proof/nuoc-mam-mau", {"lot": "L26A", "serial": pack.serial})
        assert phone.leads_to(pack.of_lot) == ("/vi/proof/nuoc-mam-mau", {"lot": "L26A"})
        assert phone.leads_to(pack.bare) == ("/vi/proof/nuoc-mam-mau", {})
        assert phone.leads_to(f"{pack.bare}/21/{pack.serial}")[1] == {"serial": pack.serial}

    @pytest.mark.parametrize(
        ("wish", "language"), [("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("en-GB,en;q=0.9", "en"), ("fr", "en"), ("", "vi")]
    )
    def test_it_speaks_the_language_of_who_asks(self, phone: Phone, pack: Pack, wish: str, language: str) -> None:
        answer = phone.look(pack.bare, Accept_Language=wish)
        assert answer.headers["Location"] == f"/{language}/proof/nuoc-mam-mau"
        assert answer.headers["Content-Language"] == language
        assert "Accept-Language" in answer.headers["Vary"]

    def test_it_names_its_linkset(self, phone: Phone, pack: Pack) -> None:
        link = phone.look(pack.whole).headers["Link"]
        assert link == f'<{PUBLIC}{pack.whole}?linkType=linkset>; rel="linkset"; type="{LINKSET}"'

    def test_asked_for_by_name_it_is_the_same(self, phone: Phone, pack: Pack) -> None:
        for name in ("gs1:defaultLink", f"{VOC}defaultLink"):
            assert phone.leads_to(f"{pack.bare}?linkType={name}")[0] == "/vi/proof/nuoc-mam-mau"

    @pytest.mark.parametrize("level", ["bare", "of_lot", "whole"])
    def test_a_slash_at_the_end_is_tolerated(self, phone: Phone, pack: Pack, level: str) -> None:
        path = getattr(pack, level)
        assert phone.leads_to(path + "/") == phone.leads_to(path)

    def test_the_query_is_passed_on(self, phone: Phone, pack: Pack) -> None:
        told = phone.leads_to(f"{pack.of_lot}?17=261231&utm_source=zalo&x=%C3%A1%26b&empty=")[1]
        assert told == {"lot": "L26A", "17": "261231", "utm_source": "zalo", "x": "á&b"}

    @pytest.mark.parametrize("name", ["at", "AT", "lot", "serial", "before", "linkType"])
    def test_a_label_cannot_speak_to_our_pages_in_our_name(self, phone: Phone, pack: Pack, name: str) -> None:
        """A copied label of a revoked product would gladly show the day on which it was still valid."""
        value = "gs1:defaultLink" if name == "linkType" else "2024-01-01"
        assert phone.leads_to(f"{pack.whole}?{name}={value}")[1] == {"lot": "L26A", "serial": pack.serial}

    def test_a_retired_gtin_still_leads_home(self, phone: Phone, pack: Pack) -> None:
        with transaction():
            releasing.retire(db.session.get_one(Gtin, pack.gtin), by=BY)
        assert phone.leads_to(pack.whole)[0] == "/vi/proof/nuoc-mam-mau"

    def test_a_product_off_the_shelf_keeps_its_proof(self, phone: Phone, pack: Pack) -> None:
        with transaction():
            publishing.take_down(pack.product, by=BY, reason="test")
        assert phone.leads_to(pack.whole)[0] == "/vi/proof/nuoc-mam-mau"


class TestUnknown:
    def test_an_unknown_gtin_is_404_in_words(self, phone: Phone, pack: Pack) -> None:
        page = phone.open(f"/01/{gs1.demo(999_999)}", 404, Accept_Language="en")
        assert gs1.demo(999_999) in page.text

    @pytest.mark.parametrize(
        "below", ["/10/OTHER", "/10/l26a%2Fx", "/10/OTHER/21/NEVERWAS00", "/22/V1", "/22/V1/10/L26A"]
    )
    def test_below_a_known_gtin_it_walks_up_to_the_product(self, phone: Phone, pack: Pack, below: str) -> None:
        path, told = phone.leads_to(pack.bare + below)
        assert path == "/vi/proof/nuoc-mam-mau"
        link = gs1.parse(pack.bare + below)
        assert (told.get("lot", ""), told.get("serial", "")) == (link.lot, link.serial), "the page says it is unknown"

    def test_the_lot_of_another_gtin_is_unknown(self, phone: Phone, pack: Pack) -> None:
        small = a_gtin(pack.product)
        told = phone.look(f"/01/{small}/10/L26A", Accept=LINKSET).json
        assert [one["anchor"] for one in told["linkset"]] == [f"{PUBLIC}/01/{small}"]


BAD = (
    "/01",
    "/01/",
    "/01/x",
    "/01/9521234543213",
    "/01/09521234543210",
    "/01/02000000000008",
    "/01/{gtin}/10",
    "/01/{gtin}/10//21/S",
    "/01//{gtin}",
    "/01/{gtin}//",
    "/01/{gtin}/21/S/10/L",
    "/01/{gtin}/10/L/10/L",
    "/01/{gtin}/235/X",
    "/01/{gtin}/lot/L",
    "/01/{gtin}/10/" + "L" * 21,
    "/01/{gtin}/10/L%C3%B4",
    "/01/{gtin}/10/%ZZ",
    "/01/{gtin}/10/%FF",
    "/01/{gtin}/10/A%20B",
    "/01/{gtin}?17=261331",
    "/01/{gtin}?10=L26A",
    "/01/{gtin}?17=%ZZ",
)


@pytest.mark.parametrize("path", BAD)
def test_bad_syntax_is_400_in_words_and_never_a_redirect(phone: Phone, pack: Pack, path: str) -> None:
    page = phone.open(path.format(gtin=pack.gtin), 400, Accept_Language="en")
    assert page.one("h1").get_text() == "This label leads nowhere"
    assert page.headers["Access-Control-Allow-Origin"] == "*"
    assert scans() == 0


def test_a_person_who_typed_a_digit_wrong_reads_which(phone: Phone, app: Flask) -> None:
    assert "should be 3" in phone.open("/01/09521234543210", 400, Accept_Language="en").text


def test_an_encoded_slash_is_part_of_the_value(phone: Phone, pack: Pack) -> None:
    assert phone.leads_to(f"{pack.bare}/10/A%2FB")[1] == {"lot": "A/B"}


def test_an_absolute_request_line_is_read_too(app: Flask, pack: Pack) -> None:
    answer = app.test_client().get(pack.of_lot, environ_overrides={"RAW_URI": f"http://x.example{pack.of_lot}?a=1"})
    assert answer.status_code == 307
    bare = app.test_client().get(pack.of_lot, environ_overrides={"RAW_URI": "", "REQUEST_URI": ""})
    assert bare.headers["Location"] == answer.headers["Location"].removesuffix("&a=1")


class TestLinkTypes:
    @pytest.mark.parametrize("prefix", ["gs1:", VOC])
    def test_one_that_is_there_is_followed(self, phone: Phone, pack: Pack, prefix: str) -> None:
        assert phone.leads_to(f"{pack.bare}?linkType={prefix}pip") == ("/vi/products/nuoc-mam-mau", {})
        told = phone.leads_to(f"{pack.whole}?linkType={prefix}certificationInfo")
        assert told == ("/vi/proof/nuoc-mam-mau", {"lot": "L26A", "serial": pack.serial})

    def test_one_of_an_ancestor_is_followed_from_below(self, phone: Phone, pack: Pack) -> None:
        assert phone.leads_to(f"{pack.whole}?linkType=gs1:pip")[0] == "/vi/products/nuoc-mam-mau"

    def test_below_what_is_known_the_ancestors_one_is_followed(self, phone: Phone, pack: Pack) -> None:
        path, told = phone.leads_to(f"{pack.bare}/10/OTHER?linkType=gs1:certificationInfo")
        assert (path, told) == ("/vi/proof/nuoc-mam-mau", {})

    @pytest.mark.parametrize("kind", ["gs1:recipeInfo", "gs1:nosuch", "pip", "schema:url", "xyz", f"{VOC}dpp"])
    def test_one_that_is_not_there_is_404(self, phone: Phone, pack: Pack, kind: str) -> None:
        phone.open(f"{pack.bare}?linkType={kind}", 404)

    def test_the_story_of_a_lot_is_not_the_products(self, phone: Phone, pack: Pack) -> None:
        assert phone.leads_to(f"{pack.of_lot}?linkType=gs1:traceability")[1] == {"lot": "L26A"}
        phone.open(f"{pack.bare}?linkType=gs1:traceability", 404)

    def test_a_product_off_the_shelf_has_no_page(self, phone: Phone, pack: Pack) -> None:
        with transaction():
            publishing.take_down(pack.product, by=BY, reason="test")
        phone.open(f"{pack.bare}?linkType=gs1:pip", 404)

    @pytest.mark.parametrize("wish", ["", "fr", "de, ja;q=0.5"])
    def test_several_that_fit_equally_are_listed_with_300(self, phone: Phone, pack: Pack, wish: str) -> None:
        answer = phone.look(f"{pack.bare}?linkType=gs1:pip", Accept_Language=wish)
        assert (answer.status_code, answer.mimetype) == (300, LINKSET)
        (context,) = json.loads(answer.get_data())["linkset"]
        assert context.keys() == {"anchor", f"{VOC}pip"}
        assert [one["hreflang"] for one in context[f"{VOC}pip"]] == [["vi"], ["en"]]
        assert "Location" not in answer.headers

    @pytest.mark.parametrize(("wish", "language"), [("en", "en"), ("vi-VN", "vi"), ("fr, en;q=0.1", "en")])
    def test_the_language_asked_for_decides(self, phone: Phone, pack: Pack, wish: str, language: str) -> None:
        told = phone.leads_to(f"{pack.bare}?linkType=gs1:pip", Accept_Language=wish)
        assert told[0] == f"/{language}/products/nuoc-mam-mau"


class TestTheLinkset:
    def linkset(self, phone: Phone, path: str, **headers: str) -> list[dict[str, Any]]:
        answer = phone.look(path, **headers)
        assert (answer.status_code, answer.content_type) == (200, LINKSET)
        assert "Location" not in answer.headers
        told: list[dict[str, Any]] = json.loads(answer.get_data())["linkset"]
        return told

    def test_it_is_given_for_its_link_type_and_for_its_media_type(self, phone: Phone, pack: Pack) -> None:
        by_type = self.linkset(phone, f"{pack.whole}?linkType=linkset")
        for accept in (LINKSET, "application/json", f"{LINKSET}, text/html;q=0.5"):
            assert self.linkset(phone, pack.whole, Accept=accept) == by_type
        assert self.linkset(phone, f"{pack.whole}?linkType=all") == by_type

    @pytest.mark.parametrize(
        "accept", ["", "*/*", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html, application/json;q=0.5"]
    )
    def test_a_browser_is_redirected(self, phone: Phone, pack: Pack, accept: str) -> None:
        assert phone.look(pack.whole, Accept=accept).status_code == 307

    def test_a_link_type_asked_for_wins_over_the_media_type(self, phone: Phone, pack: Pack) -> None:
        assert phone.leads_to(f"{pack.bare}?linkType=gs1:pip", Accept=LINKSET)[0] == "/vi/products/nuoc-mam-mau"

    def test_it_holds_the_links_of_every_level_above(self, phone: Phone, pack: Pack) -> None:
        told = self.linkset(phone, f"{pack.whole}?linkType=linkset")
        assert [one["anchor"] for one in told] == [PUBLIC + pack.whole, PUBLIC + pack.of_lot, PUBLIC + pack.bare]
        kinds = [{kind.removeprefix(VOC) for kind in one if kind.startswith(VOC)} for one in told]
        below = {"certificationInfo", "recallStatus", "traceability"}
        assert kinds == [
            below | {"defaultLink"},
            below,
            {"certificationInfo", "recallStatus", "pip", "support"},
        ]

    def test_there_is_exactly_one_default_link_with_only_address_and_title(self, phone: Phone, pack: Pack) -> None:
        told = self.linkset(phone, f"{pack.whole}?linkType=linkset")
        (link,) = [link for one in told for link in one.get(f"{VOC}defaultLink", ())]
        assert link.keys() == {"href", "title"}
        assert link["href"] == f"{PUBLIC}/vi/proof/nuoc-mam-mau?lot=L26A&serial={pack.serial}"

    def test_every_link_is_whole_typed_and_in_both_languages(self, phone: Phone, pack: Pack) -> None:
        for one in self.linkset(phone, f"{pack.whole}?linkType=linkset"):
            for kind, targets in one.items():
                if kind.startswith(VOC) and not kind.endswith("defaultLink"):
                    assert [target["hreflang"] for target in targets] == [["vi"], ["en"]]
                    for target in targets:
                        assert target["type"] == "text/html" and target["title"]
                        assert target["href"].startswith(f"{PUBLIC}/{target['hreflang'][0]}/")

    def test_it_describes_the_goods_in_the_language_of_who_asks(self, phone: Phone, pack: Pack) -> None:
        for language in ("vi", "en"):
            lot, product = self.linkset(phone, f"{pack.of_lot}?linkType=linkset", Accept_Language=language)
            assert product["itemDescription"] == pack.product.name[language]
            assert pack.product.name[language] in lot["itemDescription"] and "L26A" in lot["itemDescription"]

    def test_below_what_is_known_it_is_that_of_the_ancestor(self, phone: Phone, pack: Pack) -> None:
        told = self.linkset(phone, f"{pack.bare}/10/OTHER/21/NEVERWAS00?linkType=linkset")
        assert [one["anchor"] for one in told] == [PUBLIC + pack.bare]
        assert f"{VOC}defaultLink" in told[0]

    def test_asking_for_it_is_no_scan(self, phone: Phone, pack: Pack) -> None:
        self.linkset(phone, f"{pack.whole}?linkType=linkset")
        assert scans() == 0


class TestForMachines:
    @pytest.mark.parametrize("path", ["{whole}", "{bare}", "/.well-known/gs1resolver", "/p/nuoc-mam-mau"])
    @pytest.mark.parametrize("method", METHODS)
    def test_any_site_may_ask_by_any_safe_method(self, phone: Phone, pack: Pack, path: str, method: str) -> None:
        answer = phone.look(path.format(whole=pack.whole, bare=pack.bare), method, Origin="https://elsewhere.example")
        assert answer.status_code in (200, 302, 307)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer.headers
        if method == "OPTIONS":
            allowed = {one.strip() for one in answer.headers["Allow"].split(",")}
            assert allowed == set(METHODS) == set(answer.headers["Access-Control-Allow-Methods"].split(", "))
        if method == "HEAD":
            assert answer.get_data() == b""

    def test_head_answers_as_get_does(self, phone: Phone, pack: Pack) -> None:
        kept = ("Location", "Link", "Vary", "Content-Language", "Access-Control-Expose-Headers")
        head, get = phone.look(pack.whole, "HEAD"), phone.look(pack.whole)
        assert head.status_code == get.status_code == 307
        assert [head.headers[name] for name in kept] == [get.headers[name] for name in kept]

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
    def test_nothing_can_be_written(self, phone: Phone, pack: Pack, method: str) -> None:
        assert phone.look(pack.whole, method, Sec_Fetch_Site="same-origin").status_code == 405

    def test_the_resolver_describes_itself(self, phone: Phone, app: Flask) -> None:
        told = phone.open("/.well-known/gs1resolver").json
        assert told["resolverRoot"] == PUBLIC and told["name"] == "Phố Nghề" and told["contact"]["fn"]
        assert told["supportedPrimaryKeys"] == ["01"]
        assert told["supportedLinkType"] == [{"namespace": VOC, "prefix": "gs1:"}]


class TestPlainCodes:
    """Products whose producer has no GS1 number: no GTIN is made up for them."""

    @pytest.fixture
    def hat(self, app: Flask) -> Lot:
        return a_lot(a_product(slug="non-la-mau"), number="N1", gtin="")

    def test_a_plain_code_leads_to_the_proof(self, phone: Phone, hat: Lot) -> None:
        answer = phone.look("/p/non-la-mau")
        assert (answer.status_code, answer.headers["Location"]) == (302, "/vi/proof/non-la-mau")
        assert phone.look("/p/non-la-mau", Accept_Language="en").headers["Location"] == "/en/proof/non-la-mau"

    def test_a_label_on_it_brings_its_lot_and_is_counted(self, phone: Phone, hat: Lot) -> None:
        serial = labels(hat, 1).serials[0]
        answer = phone.look(f"/p/non-la-mau?serial={serial}&at=2020-01-01&utm=1")
        assert answer.headers["Location"] == f"/vi/proof/non-la-mau?lot=N1&serial={serial}&utm=1"
        assert scans() == 1

    def test_an_unknown_serial_is_told_as_such(self, phone: Phone, hat: Lot) -> None:
        assert phone.look("/p/non-la-mau?serial=NEVERWAS00").headers["Location"].endswith("?serial=NEVERWAS00")

    def test_no_such_product_or_a_draft_is_404(self, phone: Phone, app: Flask) -> None:
        a_product(slug="ban-nhap", published=False)
        for slug in ("ban-nhap", "khong-co", "NON-LA-MAU"):
            phone.open(f"/p/{slug}", 404)

    def test_off_the_shelf_it_keeps_its_proof(self, phone: Phone, hat: Lot) -> None:
        with transaction():
            publishing.take_down(hat.product, by=BY, reason="test")
        assert phone.look("/p/non-la-mau").status_code == 302

    def test_its_lot_has_no_address_among_gtins(self, phone: Phone, hat: Lot) -> None:
        assert hat.gtin is None
        assert phone.look("/01/00000000000000").status_code == 400


class TestCounting:
    def test_a_persons_look_is_counted_once_in_ten_minutes(self, phone: Phone, pack: Pack, tuesday: Any) -> None:
        phone.look(pack.whole), phone.look(pack.whole), phone.look(pack.of_lot), phone.look(pack.bare)
        assert scans() == 1
        tuesday.shift(timedelta(minutes=11))
        phone.look(pack.whole)
        assert scans() == 2
        assert db.session.get_one(Label, pack.serial, populate_existing=True).scans == 2

    def test_another_phone_is_another_device(self, app: Flask, pack: Pack) -> None:
        for _ in range(3):
            Phone(app).look(pack.whole)
        db.session.rollback()
        assert db.session.scalars(select(func.count(Scan.device.distinct()))).one() == 3

    @pytest.mark.parametrize(
        ("method", "headers"),
        [
            ("HEAD", {}),
            ("OPTIONS", {}),
            ("GET", {"User_Agent": "facebookexternalhit/1.1"}),
            ("GET", {"User_Agent": ""}),
            ("GET", {"Sec_Purpose": "prefetch;prerender"}),
            ("GET", {"Purpose": "Prefetch"}),
        ],
    )
    def test_machines_and_previews_are_not(
        self, phone: Phone, pack: Pack, method: str, headers: dict[str, str]
    ) -> None:
        answer = phone.look(pack.whole, method, **headers)
        assert scans() == 0
        assert "Set-Cookie" not in answer.headers

    def test_the_cookie_is_by_chance_and_for_us_alone(self, app: Flask, pack: Pack) -> None:
        set_cookies = [Phone(app).look(pack.whole).headers["Set-Cookie"] for _ in range(2)]
        names = ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]
        assert all(name in one for one in set_cookies for name in names)
        assert all(one.startswith("__Host-label=") and "Domain" not in one for one in set_cookies)
        assert set_cookies[0].split(";")[0] != set_cookies[1].split(";")[0]

    def test_a_cookie_that_somebody_made_up_does_no_harm(self, phone: Phone, pack: Pack) -> None:
        phone.client.set_cookie("__Host-label", "x" * 3_000, domain="localhost")
        assert phone.look(pack.whole).status_code == 307
        assert scans() == 1

    def test_a_serial_never_issued_is_counted_and_suspected(self, phone: Phone, pack: Pack) -> None:
        phone.look(f"{pack.of_lot}/21/NEVERWAS00")
        assert scans() == 1
        (told,) = stories.suspects([pack.product.id])
        assert (told.serial, told.verdict.level) == ("NEVERWAS00", Level.SUSPECTED)

    @pytest.mark.parametrize("trouble", [OperationalError("x", {}, Exception()), keys.NoKeys("none")])
    def test_a_label_leads_on_even_if_its_scan_cannot_be_counted(
        self, phone: Phone, pack: Pack, monkeypatch: pytest.MonkeyPatch, trouble: Exception
    ) -> None:
        def fail(*_given: Any, **_named: Any) -> bool:
            raise trouble

        monkeypatch.setattr(scanning, "count", fail)
        assert phone.leads_to(pack.whole)[0] == "/vi/proof/nuoc-mam-mau"


def test_printed_labels_are_told_not_to_be_active_until_they_are(phone: Phone, pack: Pack) -> None:
    issued = labels(pack.lot, 1, active=False)
    phone.leads_to(f"{pack.of_lot}/21/{issued.serials[0]}")
    told = stories.of_label(pack.product.id, issued.serials[0], lot="L26A")
    assert told.label and told.label.state is LabelState.PRINTED and told.verdict.level is Level.ATTENTION
    with transaction():
        labelling.activate(issued.batch, by=BY)
    assert stories.of_label(pack.product.id, issued.serials[0], lot="L26A").verdict.level is Level.NORMAL


@pytest.mark.parametrize("kind", ["svg", "pdf"])
def test_a_sheet_printed_tilted_blurred_and_scanned_leads_to_its_lot(phone: Phone, pack: Pack, kind: str) -> None:
    """The whole way: verbs, sheet, printer, camera, scanner, resolver, the lot's own row."""
    a_certificate(pack.product, capacity=1_000)
    issued = labels(pack.lot, 5)
    made = faces(pack.lot, issued.serials, origin="https://phonghe.example")
    drawn = printed(sheets.sheet(made), dpi=200) if kind == "svg" else pages(sheets.pdf(made), dpi=200)[0]
    read = scanned(photographed(drawn, tilt=7, blur=1))
    assert len(read) == 5
    for text in read:
        path, told = phone.leads_to(urlsplit(text).path)
        assert path == "/vi/proof/nuoc-mam-mau"
        lot = releasing.lot_of(pack.product.id, told["lot"])
        assert lot is not None and lot.id == pack.lot.id
        assert stories.of_label(pack.product.id, told["serial"], lot=told["lot"]).lot is lot
    assert scans() == 5


def test_the_address_on_a_label_and_that_of_the_proof_agree(app: Flask) -> None:
    with app.test_request_context("/", base_url=HERE):
        from shop.web import addresses

        assert addresses.proof("nuoc-mam-mau").endswith("/proof/nuoc-mam-mau")
