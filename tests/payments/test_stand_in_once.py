"""Idempotency and faults at the stand-in: what a shop meets when the wire is bad."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.payments.stand_in_process import StandIn, session_params

PATH = "/v1/checkout/sessions"


@pytest.fixture(scope="module")
def process() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def stand_in(process: StandIn) -> StandIn:
    process.control("reset")
    return process


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK waits half a second and more before it tries again."""
    monkeypatch.setattr(stripe.HTTPClient, "INITIAL_DELAY", 0.01)
    monkeypatch.setattr(stripe.HTTPClient, "MAX_DELAY", 0.02)


def create(
    stand_in: StandIn, key: str = "cs-1-1", price: int = 150_000, timeout: float = 10
) -> stripe.checkout.Session:
    client = stand_in.client(timeout=timeout)
    return client.v1.checkout.sessions.create(session_params(price), {"idempotency_key": key})


def is_replayed(session: stripe.checkout.Session) -> bool:
    answer = session.last_response
    return answer is not None and answer.headers.get("Idempotent-Replayed") == "true"


def made(stand_in: StandIn) -> int:
    return len(stand_in.state()["checkout.session"])


def calls(stand_in: StandIn) -> int:
    return len(stand_in.state()["requests"])


def test_the_same_key_gives_the_saved_answer(stand_in: StandIn) -> None:
    first, second = create(stand_in), create(stand_in)
    assert first.id == second.id
    assert not is_replayed(first)
    assert is_replayed(second)


def test_the_same_key_with_other_parameters_is_an_error(stand_in: StandIn) -> None:
    create(stand_in)
    with pytest.raises(stripe.IdempotencyError):
        create(stand_in, price=160_000)
    assert made(stand_in) == 1


def test_a_validation_error_leaves_the_key_free(stand_in: StandIn) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        create(stand_in, price=5)
    assert create(stand_in).amount_total == 150_000


def test_a_key_is_forgotten_after_a_day(stand_in: StandIn) -> None:
    first = create(stand_in)
    stand_in.control("clock", advance=24 * 3600)
    assert create(stand_in).id != first.id


def test_calls_at_once_under_one_key_make_one_session(stand_in: StandIn) -> None:
    with ThreadPoolExecutor(6) as pool:
        keys = {session.id for session in pool.map(lambda _: create(stand_in), range(6))}
    assert len(keys) == made(stand_in) == 1


def test_a_call_dropped_before_is_tried_again_by_the_sdk(stand_in: StandIn) -> None:
    stand_in.control("faults", path=PATH, kind="drop_before", times=2)
    assert create(stand_in).status == "open"
    assert (made(stand_in), calls(stand_in)) == (1, 3)


def test_an_answer_dropped_after_makes_one_session_all_the_same(stand_in: StandIn) -> None:
    stand_in.control("faults", path=PATH, kind="drop_after", times=2)
    assert is_replayed(create(stand_in))
    assert made(stand_in) == 1


def test_dropped_for_good_is_a_connection_error_and_the_session_exists(stand_in: StandIn) -> None:
    stand_in.control("faults", path=PATH, kind="drop_after", times=3)
    with pytest.raises(stripe.APIConnectionError):
        create(stand_in)
    assert made(stand_in) == 1
    assert create(stand_in).status == "open"


def test_a_slow_answer_times_out_and_its_replay_comes(stand_in: StandIn) -> None:
    stand_in.control("faults", path=PATH, kind="slow_after", seconds=2)
    assert create(stand_in, timeout=0.3).status == "open"
    assert made(stand_in) == 1


def test_a_500_after_creating_is_saved_and_only_the_list_finds_the_session(stand_in: StandIn) -> None:
    stand_in.control("faults", path=PATH, kind="500_after")
    for _ in range(2):
        with pytest.raises(stripe.APIError) as caught:
            create(stand_in)
        assert caught.value.http_status == 500
    (found,) = stand_in.client().v1.checkout.sessions.list().data
    assert found.to_dict()["metadata"]["attempt"] == "1"


def test_429_is_not_tried_again(stand_in: StandIn) -> None:
    stand_in.control("faults", path=PATH, kind="429")
    with pytest.raises(stripe.RateLimitError):
        create(stand_in)
    assert (made(stand_in), calls(stand_in)) == (0, 1)


@pytest.mark.parametrize("kind", ["409", "503"])
def test_what_passes_by_itself_is_tried_again(stand_in: StandIn, kind: str) -> None:
    stand_in.control("faults", path=PATH, kind=kind)
    assert create(stand_in).status == "open"
    assert calls(stand_in) == 2


def test_a_fault_hits_only_its_method_and_path(stand_in: StandIn) -> None:
    stand_in.control("faults", path="/v1/refunds", kind="429")
    stand_in.control("faults", path=PATH, method="GET", kind="429")
    assert create(stand_in).status == "open"
    with pytest.raises(stripe.RateLimitError):
        stand_in.client().v1.checkout.sessions.list()
