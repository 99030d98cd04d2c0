"""Events: what happened, kept for GET /v1/events and put in line for the webhook."""

import copy
import time

import stripe

from . import skeleton
from .state import Book, Record, new_id


def tell(book: Book, type_: str, thing: Record) -> Record:
    """The event carries the object as it was at this moment."""
    event = skeleton.of(
        stripe.Event,
        id=new_id("evt_"),
        api_version=stripe.api_version,
        created=book.now(),
        type=type_,
        data={"object": copy.deepcopy(thing)},
        pending_webhooks=1,
    )
    book.put(event)
    put_in_line(book, event)
    return event


def put_in_line(book: Book, event: Record) -> None:
    """Deliveries are ordered by `place`; `not_before` is real time, which no moved clock touches."""
    places = [delivery["place"] for delivery in book.all("delivery")]
    book.put(
        {
            "id": new_id("dlv_"),
            "event": event["id"],
            "place": max(places, default=0) + 1,
            "tries": 0,
            "not_before": time.time(),
        },
        kind="delivery",
    )
