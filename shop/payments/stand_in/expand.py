"""`expand[]`: an id in the answer gives way to the object it names."""

import copy
from typing import Any

from .refusal import invalid
from .state import Book, Record

KIND_OF = {
    "cs": "checkout.session",
    "pi": "payment_intent",
    "ch": "charge",
    "re": "refund",
    "dp": "dispute",
    "txn": "balance_transaction",
    "evt": "event",
}


def expanded(book: Book, answer: Record, paths: list[str]) -> Record:
    if not paths:
        return answer
    answer = copy.deepcopy(answer)
    for path in paths:
        steps = path.split(".")
        if answer.get("object") == "list" and steps[0] == "data":
            for record in answer["data"]:
                _open_up(book, record, steps[1:], path)
        else:
            _open_up(book, answer, steps, path)
    return answer


def _open_up(book: Book, record: Record, steps: list[str], path: str) -> None:
    if not steps:
        return
    name = steps[0]
    if name not in record:
        raise invalid(f"This property cannot be expanded ({path}).", "expand")
    if name == "line_items" and record["object"] == "checkout.session":
        items = book.find("basket", record["id"])["line_items"]
        record[name] = {
            "object": "list",
            "data": items,
            "has_more": False,
            "url": f"/v1/checkout/sessions/{record['id']}/line_items",
        }
    record[name] = _whole(book, record[name], path)
    if isinstance(record[name], dict):
        _open_up(book, record[name], steps[1:], path)


def _whole(book: Book, value: Any, path: str) -> Any:
    if not isinstance(value, str):
        return value
    kind = KIND_OF.get(value.split("_")[0])
    if kind is None:
        raise invalid(f"This property cannot be expanded ({path}).", "expand")
    return copy.deepcopy(book.find(kind, value))
