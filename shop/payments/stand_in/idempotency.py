"""Idempotency keys: the first answer under a key is the answer for a day, a 500 included."""

import hashlib
from collections.abc import Callable
from urllib.parse import parse_qsl

from .refusal import Refused
from .state import Book, Record
from .wire import Reply, Request

KEPT_SECONDS = 24 * 60 * 60


def once(book: Book, request: Request, work: Callable[[], tuple[Reply, bool]]) -> Reply:
    """`work` gives its reply and whether it is to be kept: validation errors are not."""
    key = request.idempotency_key
    if len(key) > 255:
        raise Refused("Idempotency keys have at most 255 characters.")
    saved = _saved(book, key) if key else None
    if saved:
        return _again(saved, request)
    reply, kept = work()
    if key and kept:
        book.put(
            {
                "id": key,
                "made": book.now(),
                "print": _print(request),
                "status": reply.status,
                "body": reply.body.decode(),
            },
            kind="saved_reply",
        )
    headers = {**reply.headers, "Idempotency-Key": key} if key else reply.headers
    return Reply(reply.status, reply.body, headers)


def _saved(book: Book, key: str) -> Record | None:
    saved = book.seek("saved_reply", key)
    if saved and saved["made"] + KEPT_SECONDS <= book.now():
        book.forget("saved_reply", key)
        return None
    return saved


def _again(saved: Record, request: Request) -> Reply:
    if saved["print"] != _print(request):
        raise Refused(
            f"The idempotency key '{saved['id']}' was first used with another endpoint or other parameters.",
            kind="idempotency_error",
        )
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": saved["id"],
        "Idempotent-Replayed": "true",
    }
    return Reply(saved["status"], saved["body"].encode(), headers)


def _print(request: Request) -> str:
    """Order of parameters does not matter."""
    told = [request.path, *sorted(parse_qsl(request.body, keep_blank_values=True))]
    return hashlib.sha256(repr(told).encode()).hexdigest()
