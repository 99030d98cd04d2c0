"""Stripe's webhook: what is not Stripe's changes nothing, what is Stripe's is kept once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from shop.core.db import db
from shop.core.outbox import Job
from shop.payments.gateway import StripeGateway
from shop.payments.models import StripeEvent
from tests.browser import Browser

SECRET = "whsec_of_the_tests"
DOOR = "/webhooks/stripe"


@pytest.fixture(autouse=True)
def stripe_gateway(app: Flask) -> Iterator[None]:
    kept = app.extensions["gateway"]
    app.extensions["gateway"] = StripeGateway("sk_test_nothing", SECRET, "http://127.0.0.1:9")
    yield
    app.extensions["gateway"] = kept


def an_event(number: str = "evt_1", kind: str = "checkout.session.completed", **thing: Any) -> dict[str, Any]:
    about = {"id": "cs_1", "object": "checkout.session", **thing}
    return {"id": number, "object": "event", "type": kind, "api_version": "2025-01-01", "data": {"object": about}}


def sent(client: Browser, body: bytes, signature: str | None = None) -> TestResponse:
    if signature is None:
        text = body.decode("utf-8", "surrogateescape")
        signature = stripe.WebhookSignature.generate_signature_header(text, SECRET)
    return client.send("POST", DOOR, data=body, headers={"Stripe-Signature": signature})


def kept() -> tuple[int, int]:
    """How many events stand in the inbox, and how many promises to settle."""
    db.session.rollback()
    events = db.session.scalar(select(func.count()).select_from(StripeEvent)) or 0
    return events, db.session.scalar(select(func.count()).select_from(Job).where(Job.kind == "stripe.settle")) or 0


def test_a_signed_event_is_kept_and_settled_later(client: Browser) -> None:
    answer = sent(client, json.dumps(an_event()).encode())
    assert (answer.status_code, answer.json) == (200, {"received": True})
    assert kept() == (1, 1)
    job = db.session.scalars(select(Job)).one()
    assert job.facts == {"session_id": "cs_1"}


def test_an_event_told_three_times_is_kept_once(client: Browser) -> None:
    for _ in range(3):
        assert sent(client, json.dumps(an_event()).encode()).status_code == 200
    assert kept() == (1, 1)


def test_an_event_about_something_else_is_kept_and_asks_for_nothing(client: Browser) -> None:
    event = an_event("evt_2", "charge.updated", id="ch_1", object="charge")
    assert sent(client, json.dumps(event).encode()).status_code == 200
    assert kept() == (1, 0)


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "t=1,v1=abc",
        "nonsense",
        "t=,v1=",
        "t=x,v1=y",
        stripe.WebhookSignature.generate_signature_header(json.dumps(an_event()), "whsec_another"),
        stripe.WebhookSignature.generate_signature_header(json.dumps(an_event()), SECRET, 1_000_000_000),
        stripe.WebhookSignature.generate_signature_header("another body", SECRET),
    ],
    # Named, because a signature holds the time: two test processes would not agree on what they collected.
    ids=["none", "wrong", "nonsense", "empty parts", "no time", "another secret", "old", "another body"],
)
def test_a_wrong_or_old_signature_is_refused(client: Browser, signature: str) -> None:
    assert sent(client, json.dumps(an_event()).encode(), signature).status_code == 400
    assert kept() == (0, 0)


@pytest.mark.parametrize("body", [b"\xff\xfe{}", b'{"id": "\xc3"}', b"\x80" * 100])
def test_a_body_that_is_not_utf8_is_refused(client: Browser, body: bytes) -> None:
    signature = stripe.WebhookSignature.generate_signature_header("x", SECRET)
    assert sent(client, body, signature).status_code == 400
    assert kept() == (0, 0)


@pytest.mark.parametrize(
    "body",
    [b"", b"not json", b"[]", b"null", b"1", b'"text"', b"{}", b'{"id": "evt_3"}', b'{"object":"event","data":null}'],
)
def test_a_signed_body_that_is_no_event_is_refused(client: Browser, body: bytes) -> None:
    assert sent(client, body).status_code == 400
    assert kept() == (0, 0)


def test_a_body_of_a_megabyte_is_too_large(client: Browser) -> None:
    assert sent(client, b"{" + b" " * 1_000_000 + b"}").status_code == 413
    assert kept() == (0, 0)


def test_only_post_is_heard(client: Browser) -> None:
    assert client.send("GET", DOOR).status_code == 405


def test_a_shop_without_cards_has_no_such_door(app: Flask, client: Browser) -> None:
    app.extensions["gateway"] = None
    assert sent(client, b"{}").status_code == 404
