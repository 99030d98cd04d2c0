"""Checkout Sessions at the stand-in, seen through the real SDK."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
import stripe

from tests.payments.stand_in_process import StandIn, session_params


@pytest.fixture(scope="module")
def process() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def stand_in(process: StandIn) -> StandIn:
    process.control("reset")
    return process


def refusal(stand_in: StandIn, params: Any) -> stripe.InvalidRequestError:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.client().v1.checkout.sessions.create(params)
    return caught.value


def test_a_new_session_is_open_unpaid_and_has_a_pay_page(stand_in: StandIn) -> None:
    session = stand_in.client().v1.checkout.sessions.create(session_params(150_000, 2))
    assert (session.status, session.payment_status, session.amount_total) == ("open", "unpaid", 300_000)
    assert session.currency == "vnd"
    assert session.url == f"{stand_in.url}/pay/{session.id}"
    assert session.payment_intent is None  # made at the first try, not before
    assert session.to_dict()["metadata"] == {"order": "PN-2026-0001", "attempt": "1"}


def test_every_field_of_the_sdks_class_is_there(stand_in: StandIn) -> None:
    session = stand_in.client().v1.checkout.sessions.create(session_params())
    own = {name for name in stripe.checkout.Session.__annotations__ if name.islower()}
    assert not own - set(session.to_dict())


@pytest.mark.parametrize(
    ("change", "param", "code"),
    [
        ({"sucess_url": "http://localhost/"}, "sucess_url", "parameter_unknown"),
        ({"payment_method_types": ["card"]}, "payment_method_types", "parameter_unknown"),
        ({"ui_mode": "hosted"}, "ui_mode", None),
        ({"locale": "tieng-viet"}, "locale", None),
        ({"allowed_payment_method_types": ["cash"]}, "allowed_payment_method_types[0]", None),
        ({"success_url": None}, "success_url", "parameter_missing"),
        ({"cancel_url": None}, "cancel_url", "parameter_missing"),
        ({"success_url": "shop"}, "success_url", "url_invalid"),
        ({"mode": None}, "mode", "parameter_missing"),
        ({"line_items": None}, "line_items", "parameter_missing"),
        ({"expires_at": "soon"}, "expires_at", "parameter_invalid_integer"),
        ({"adaptive_pricing": {"enabled": "perhaps"}}, "adaptive_pricing[enabled]", None),
        ({"customer_email": "khach"}, "customer_email", "email_invalid"),
        ({"metadata": {"order": "x" * 501}}, "metadata[order]", None),
        ({"discounts": [{"coupon": "TET"}]}, "discounts", "stand_in_limit"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(
    stand_in: StandIn, change: dict[str, Any], param: str, code: str | None
) -> None:
    error = refusal(stand_in, session_params(**change))
    assert (error.http_status, error.param, error.code) == (400, param, code)
    assert stand_in.state()["checkout.session"] == []


@pytest.mark.parametrize(
    ("price_data", "param", "code"),
    [
        ({"unit_amount": 150_000, "product_data": {"name": "Nón"}}, "[currency]", "parameter_missing"),
        ({"currency": "vnd", "unit_amount": "150000.5", "product_data": {"name": "Nón"}}, "[unit_amount]",
         "parameter_invalid_integer"),
        ({"currency": "vnd", "unit_amount": 150_000}, "[product_data]", "parameter_missing"),
        ({"currency": "xxx", "unit_amount": 150_000, "product_data": {"name": "Nón"}}, "[currency]", None),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_with_its_whole_path(
    stand_in: StandIn, price_data: dict[str, Any], param: str, code: str | None
) -> None:
    error = refusal(stand_in, session_params(line_items=[{"quantity": 1, "price_data": price_data}]))
    assert (error.param, error.code) == (f"line_items[0][price_data]{param}", code)


@pytest.mark.parametrize(
    ("total", "code"),
    [(12_999, "amount_too_small"), (100_000_000, "amount_too_large"), (13_000, None), (99_999_999, None)],
)
def test_dong_have_no_decimals_and_both_bounds(stand_in: StandIn, total: int, code: str | None) -> None:
    if code:
        assert refusal(stand_in, session_params(total)).code == code
    else:
        assert stand_in.client().v1.checkout.sessions.create(session_params(total)).amount_total == total


@pytest.mark.parametrize("seconds", [30 * 60 - 60, 24 * 3600 + 60])
def test_expiry_lies_between_30_minutes_and_a_day(stand_in: StandIn, seconds: int) -> None:
    assert refusal(stand_in, session_params(expires_at=int(time.time()) + seconds)).param == "expires_at"


def test_a_session_expires_by_the_clock_and_says_so(stand_in: StandIn) -> None:
    client = stand_in.client()
    session = client.v1.checkout.sessions.create(session_params(expires_at=int(time.time()) + 31 * 60))
    stand_in.control("clock", advance=31 * 60 + 1)
    again = client.v1.checkout.sessions.retrieve(session.id)
    assert (again.status, again.payment_status, again.url) == ("expired", "unpaid", None)
    (event,) = client.v1.events.list({"type": "checkout.session.expired"}).data
    assert event.data.object["id"] == session.id


def test_an_open_session_can_be_expired_and_only_once(stand_in: StandIn) -> None:
    client = stand_in.client()
    session = client.v1.checkout.sessions.create(session_params())
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="expired"):
        client.v1.checkout.sessions.expire(session.id)


def test_a_paid_session_cannot_be_expired(stand_in: StandIn) -> None:
    client = stand_in.client()
    session = client.v1.checkout.sessions.create(session_params())
    stand_in.control("session", id=session.id, do="pay")
    with pytest.raises(stripe.InvalidRequestError, match="complete"):
        client.v1.checkout.sessions.expire(session.id)


def test_lists_are_newest_first_paged_and_bounded_in_time(stand_in: StandIn) -> None:
    sessions = stand_in.client().v1.checkout.sessions
    made = []
    for day in range(5):
        stand_in.control("clock", offset=day * 86_400)
        made.append(sessions.create(session_params()))
    keys = [session.id for session in reversed(made)]
    assert [session.id for session in sessions.list({"limit": 2}).auto_paging_iter()] == keys
    since = made[2].created
    assert [session.id for session in sessions.list({"created": {"gte": since}}).data] == keys[:3]
    assert sessions.list({"limit": 2, "ending_before": keys[4]}).data[-1].id == keys[3]
    assert [session.id for session in sessions.list({"status": "open"}).data] == keys[:1]


def test_payment_and_items_come_expanded_when_asked(stand_in: StandIn) -> None:
    client = stand_in.client()
    session = client.v1.checkout.sessions.create(session_params())
    stand_in.control("session", id=session.id, do="pay")
    wanted = ["payment_intent.latest_charge.balance_transaction", "line_items"]
    whole = client.v1.checkout.sessions.retrieve(session.id, {"expand": wanted}).to_dict()
    intent = whole["payment_intent"]
    assert (intent["status"], intent["metadata"]["attempt"]) == ("succeeded", "1")
    entry = intent["latest_charge"]["balance_transaction"]
    assert entry["net"] == entry["amount"] - entry["fee"] == 144_900
    assert whole["line_items"]["data"][0]["description"] == "Chén gốm Bát Tràng"


def test_what_is_unknown_is_a_404_and_a_live_key_a_401(stand_in: StandIn) -> None:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.client().v1.checkout.sessions.retrieve("cs_test_none")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")
    stranger = stripe.StripeClient("sk_live_x", base_addresses={"api": stand_in.url})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.checkout.sessions.list()
