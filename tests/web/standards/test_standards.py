"""Machines of others get documents: by what they accept, from any page, with a mark, and nothing for what is not."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from shop.core.db import transaction
from shop.provenance.log.reading import events_of
from shop.provenance.lots import releasing
from shop.provenance.lots.releasing import NewLot
from shop.provenance.standards import issuing, status_list
from shop.web.starting import shop_config
from tests import factories as make
from tests.browser import Browser
from tests.provenance.standards.shapes import DCC, EPCIS, STATUS_LIST, breaks

pytestmark = pytest.mark.usefixtures("tuesday")


@pytest.fixture
def goods(app: Flask) -> Any:
    product = make.a_product()
    certificate = make.a_certificate(product)
    with transaction():
        releasing.release(product, NewLot(number="L26A", made_on=certificate.valid_from, quantity=50), by=make.BY)
    shop_config(app).log.mkdir(parents=True, exist_ok=True)
    for old in shop_config(app).log.glob("status/*/*/*.json"):
        old.unlink()
    status_list.renew(shop_config(app).log, issuing.issuer(shop_config(app).public_url))
    return product


def addresses(product: Any) -> dict[str, str]:
    issued = next(e for e in events_of([product.id])[product.id] if e["type"] == "certificate.issued")
    return {
        "credential": f"/vc/c/{issued['id'].rpartition(':')[2]}",
        "list": "/status/r/1",
        "passport": f"/dpp/{product.slug}",
        "lot": f"/dpp/{product.slug}/L26A",
        "epcis": f"/epcis/{product.slug}/L26A",
    }


@pytest.mark.parametrize("what", ["credential", "list", "passport", "lot", "epcis"])
def test_each_may_be_fetched_from_anywhere_and_asked_for_again_by_its_mark(
    client: Browser, goods: Any, what: str
) -> None:
    path = addresses(goods)[what]
    first = client.send("GET", path)
    assert (first.status_code, first.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert first.headers["Cache-Control"] in ("no-cache", "public, max-age=300")
    again = client.send("GET", path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    head = client.send("HEAD", path)
    assert (head.status_code, head.get_data(), head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    asked = client.send("OPTIONS", path)
    assert asked.status_code == 200
    assert "GET" in asked.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/vc"),
        ("*/*", "application/vc"),
        ("application/vc", "application/vc"),
        ("application/json", "application/vc"),
        ("application/vc+jwt", "application/vc+jwt"),
        ("text/html,application/xhtml+xml", "application/vc"),
        ("application/vc+jwt;q=0.5, application/vc", "application/vc"),
    ],
)
def test_a_credential_comes_embedded_or_enveloped_as_asked(
    client: Browser, goods: Any, accept: str | None, kind: str
) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = client.send("GET", addresses(goods)["credential"], headers=headers)
    assert answer.mimetype == kind
    assert "Accept" in answer.headers["Vary"]
    assert answer.get_data().count(b".") == 2 if kind.endswith("jwt") else not list(breaks(answer.get_json(True), DCC))


def test_the_documents_keep_their_schemas_rules_and_point_at_each_other(client: Browser, goods: Any) -> None:
    paths = addresses(goods)
    credential = client.open(paths["credential"]).json
    assert [one["statusListCredential"] for one in credential["credentialStatus"]] == [
        "http://localhost:8000/status/r/1",
        "http://localhost:8000/status/s/1",
    ]
    for letter in "rs":
        assert list(breaks(client.open(f"/status/{letter}/1").json, STATUS_LIST)) == []
    assert list(breaks(client.open(paths["epcis"]).json, EPCIS)) == []
    passport = client.open(paths["lot"]).json
    assert passport["certificates"][0]["credential"] == credential["id"]


@pytest.mark.parametrize(
    "path",
    [
        *("/vc/c/1", "/vc/c/01J9ZK00000000000000000000", "/vc/c/..", "/status/r/0", "/status/r/2", "/status/x/1"),
        *("/dpp/nowhere", "/epcis/nowhere/L26A"),
    ],
)
def test_what_is_not_there_is_404(client: Browser, goods: Any, path: str) -> None:
    assert client.send("GET", path).status_code == 404


def test_a_lot_that_was_never_released_and_goods_never_shown_are_404(client: Browser, goods: Any) -> None:
    assert client.send("GET", f"/dpp/{goods.slug}/L99").status_code == 404
    assert client.send("GET", f"/epcis/{goods.slug}/L99").status_code == 404
    draft = make.a_product(published=False)
    assert client.send("GET", f"/dpp/{draft.slug}").status_code == 404
