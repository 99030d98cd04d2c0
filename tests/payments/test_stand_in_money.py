"""Refunds and disputes at the stand-in."""

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


def paid(stand_in: StandIn) -> Any:
    """The id of a payment of 150,000 đồng."""
    session = stand_in.client().v1.checkout.sessions.create(session_params())
    return stand_in.control("session", id=session.id, do="pay")["payment_intent"]


def types(stand_in: StandIn) -> list[str]:
    return [event["type"] for event in stand_in.state()["event"]]


def test_paying_makes_intent_charge_and_balance_and_three_events(stand_in: StandIn) -> None:
    intent = stand_in.client().v1.payment_intents.retrieve(paid(stand_in), {"expand": ["latest_charge"]})
    assert (intent.status, intent.amount_received) == ("succeeded", 150_000)
    assert types(stand_in)[-3:] == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]
    assert stand_in.client().v1.balance.retrieve().pending[0].amount == 144_900


def test_a_decline_leaves_the_session_open_for_another_try(stand_in: StandIn) -> None:
    client = stand_in.client()
    session = client.v1.checkout.sessions.create(session_params())
    stand_in.control("session", id=session.id, do="decline", reason="insufficient_funds")
    again = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]}).to_dict()
    assert (again["status"], again["payment_status"]) == ("open", "unpaid")
    assert again["payment_intent"]["last_payment_error"]["decline_code"] == "insufficient_funds"
    assert stand_in.control("session", id=session.id, do="pay")["payment_status"] == "paid"
    assert len(stand_in.state()["payment_intent"]) == 1


def test_nothing_is_paid_twice(stand_in: StandIn) -> None:
    session = stand_in.client().v1.checkout.sessions.create(session_params())
    stand_in.control("session", id=session.id, do="pay")
    with pytest.raises(RuntimeError, match="complete"):
        stand_in.control("session", id=session.id, do="pay")
    assert len(stand_in.state()["charge"]) == 1


def test_a_payment_is_refunded_in_parts_and_never_beyond(stand_in: StandIn) -> None:
    refunds, intent = stand_in.client().v1.refunds, paid(stand_in)
    first = refunds.create({"payment_intent": intent, "amount": 50_000, "metadata": {"refund": "7"}})
    assert (first.status, first.amount) == ("succeeded", 50_000)
    with pytest.raises(stripe.InvalidRequestError, match="greater"):
        refunds.create({"payment_intent": intent, "amount": 100_001})
    assert refunds.create({"payment_intent": intent}).amount == 100_000
    with pytest.raises(stripe.InvalidRequestError) as caught:
        refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_already_refunded"
    assert [refund.amount for refund in refunds.list({"payment_intent": intent}).data] == [100_000, 50_000]
    assert refunds.retrieve(first.id).to_dict()["metadata"] == {"refund": "7"}
    charge = stand_in.client().v1.charges.list({"payment_intent": intent}).data[0]
    assert (charge.refunded, charge.amount_refunded) == (True, 150_000)


def test_a_refund_with_its_key_happens_once(stand_in: StandIn) -> None:
    refunds, intent = stand_in.client().v1.refunds, paid(stand_in)
    params: Any = {"payment_intent": intent, "amount": 50_000}
    assert (
        refunds.create(params, {"idempotency_key": "re-1"}).id == refunds.create(params, {"idempotency_key": "re-1"}).id
    )
    assert len(stand_in.state()["refund"]) == 1


def test_a_refund_needs_a_known_reason_and_a_paid_payment(stand_in: StandIn) -> None:
    refunds = stand_in.client().v1.refunds
    with pytest.raises(stripe.InvalidRequestError) as caught:
        refunds.create({"payment_intent": paid(stand_in), "reason": "out_of_stock"})
    assert caught.value.param == "reason"
    with pytest.raises(stripe.InvalidRequestError) as caught:
        refunds.create({"payment_intent": "pi_none"})
    assert caught.value.code == "resource_missing"


def test_a_refund_that_fails_later_can_be_made_again(stand_in: StandIn) -> None:
    refunds, intent = stand_in.client().v1.refunds, paid(stand_in)
    refund = refunds.create({"payment_intent": intent})
    stand_in.control("refund", id=refund.id, do="fail", reason="lost_or_stolen_card")
    failed = refunds.retrieve(refund.id)
    assert (failed.status, failed.failure_reason) == ("failed", "lost_or_stolen_card")
    assert types(stand_in)[-2:] == ["refund.updated", "refund.failed"]
    assert refunds.create({"payment_intent": intent}).amount == 150_000
    assert stand_in.client().v1.balance.retrieve().pending[0].amount == -5_100  # the fee stays with Stripe


def test_a_refund_can_wait_for_money_on_the_account(stand_in: StandIn) -> None:
    stand_in.control("refund", do="next_pending")
    refund = stand_in.client().v1.refunds.create({"payment_intent": paid(stand_in)})
    assert (refund.status, refund.pending_reason) == ("pending", "insufficient_funds")
    assert stand_in.control("refund", id=refund.id, do="succeed")["status"] == "succeeded"


@pytest.mark.parametrize(("outcome", "net"), [("won", 144_900), ("lost", 144_900 - 150_000 - 375_000)])
def test_a_dispute_takes_the_money_and_brings_it_back_only_when_won(stand_in: StandIn, outcome: str, net: int) -> None:
    intent = paid(stand_in)
    dispute = stand_in.control("dispute", payment_intent=intent, reason="fraudulent")
    with pytest.raises(stripe.InvalidRequestError) as caught:
        stand_in.client().v1.refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_disputed"
    stand_in.control("dispute", do="close", id=dispute["id"], status=outcome)
    assert stand_in.client().v1.disputes.retrieve(dispute["id"]).status == outcome
    assert stand_in.client().v1.balance.retrieve().pending[0].amount == net
    said = [one.removeprefix("charge.dispute.") for one in types(stand_in) if "dispute" in one]
    assert said == [
        "created",
        "funds_withdrawn",
        *(["funds_reinstated"] if outcome == "won" else []),
        "closed",
    ]
