"""The feed of suspensions, revocations and recalls, as Atom and as JSON."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

import pytest

from shop.core.db import transaction
from shop.provenance.entering import enter
from tests import factories as make
from tests.browser import Browser
from tests.web.proof.conftest import TODAY, Register

ATOM = "{http://www.w3.org/2005/Atom}"
ENGLISH = {"Accept_Language": "en"}


def feed(client: Browser, **headers: str) -> ElementTree.Element:
    page = client.open("/feed/revocations.atom", **headers)
    assert page.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(page.body)


def one(parent: ElementTree.Element, name: str) -> str:
    found = parent.findall(ATOM + name)
    assert len(found) == 1, name
    return found[0].text or ""


def test_it_is_valid_atom(register: Register, client: Browser) -> None:
    """What RFC 4287 demands: one id, title and updated of feed and of each entry, absolute links, an author."""
    root = feed(client)
    assert (
        root.tag == f"{ATOM}feed"
        and one(root, "id")
        and one(root, "title")
        and root.findtext(f"{ATOM}author/{ATOM}name")
    )
    entries = root.findall(f"{ATOM}entry")
    moments = [datetime.fromisoformat(one(entry, "updated")) for entry in entries]
    assert datetime.fromisoformat(one(root, "updated")) == max(moments) and all(moment.tzinfo for moment in moments)
    assert len({one(entry, "id") for entry in entries}) == len(entries) == 3
    for entry in entries:
        datetime.fromisoformat(one(entry, "published"))
        assert one(entry, "title") and one(entry, "summary")
        assert entry.find(f"{ATOM}link").attrib["href"].startswith("http")  # type: ignore[union-attr]


def test_it_tells_what_was_suspended_revoked_and_recalled_the_newest_first(register: Register, client: Browser) -> None:
    titles = [one(entry, "title") for entry in feed(client, **ENGLISH).findall(f"{ATOM}entry")]
    assert [title.partition(": ")[2] for title in titles] == [
        "The product is recalled",
        "The certificate is revoked",
        "The certificate is suspended",
    ]


def test_words_of_people_cannot_break_it(register: Register, client: Browser) -> None:
    product, _ = register.held["valid"]
    body = {"recall": "T", "decision": {"no": "<a&b>"}, "reason": {"vi": "]]> <script> & “ngoặc”"}}
    with transaction():
        enter(product.id, "recall.opened", body, day=TODAY, by=make.BY, approved_by=make.SECOND)
    assert "<script>" in one(feed(client).findall(f"{ATOM}entry")[0], "summary")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_its_twin_tells_the_same_in_json(register: Register, client: Browser, language: str) -> None:
    atom = feed(client, Accept_Language=language)
    page = client.open("/feed/revocations.json", Accept_Language=language)
    assert page.headers["Content-Type"] == "application/feed+json" and "Accept-Language" in page.headers["Vary"]
    told = page.json
    assert told["version"] == "https://jsonfeed.org/version/1.1" and told["language"] == language
    assert [item["title"] for item in told["items"]] == [one(entry, "title") for entry in atom.findall(f"{ATOM}entry")]


def test_an_empty_feed_is_a_feed(client: Browser) -> None:
    assert one(feed(client), "updated") and client.open("/feed/revocations.json").json["items"] == []
