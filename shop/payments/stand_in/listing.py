"""Lists as Stripe gives them: newest first, filtered, paged by the id of the last one seen."""

from typing import Any

from .refusal import invalid
from .state import Book, Record

_BOUNDS = {"gt": int.__gt__, "gte": int.__ge__, "lt": int.__lt__, "lte": int.__le__}
_NOT_FILTERS = {"limit", "starting_after", "ending_before", "expand", "created"}


def page(book: Book, kind: str, params: dict[str, Any], url: str) -> Record:
    """Every parameter that is no paging or time bound is a field that must be equal."""
    wanted = {name: value for name, value in params.items() if name not in _NOT_FILTERS}
    found = [
        record
        for record in reversed(book.all(kind))
        if all(record.get(name) == value for name, value in wanted.items())
        and in_time(record["created"], params.get("created"))
    ]
    return cut(found, params, url)


def cut(found: list[Record], params: dict[str, Any], url: str) -> Record:
    limit = params.get("limit", 10)
    if not 1 <= limit <= 100:
        raise invalid("This value must be between 1 and 100.", "limit", "parameter_invalid_integer")
    if "ending_before" in params:
        before = found[: _position(found, params["ending_before"], "ending_before")]
        return _as_list(before[-limit:], len(before) > limit, url)
    start = 0
    if "starting_after" in params:
        start = _position(found, params["starting_after"], "starting_after") + 1
    return _as_list(found[start : start + limit], len(found) > start + limit, url)


def _as_list(data: list[Record], has_more: bool, url: str) -> Record:
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def _position(found: list[Record], key: str, param: str) -> int:
    for at, record in enumerate(found):
        if record["id"] == key:
            return at
    raise invalid(f"No such object: '{key}'", param, "resource_missing")


def in_time(created: int, wanted: Any) -> bool:
    if wanted is None:
        return True
    if isinstance(wanted, int):
        return created == wanted
    return all(_BOUNDS[bound](created, limit) for bound, limit in wanted.items())
