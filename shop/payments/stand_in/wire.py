"""What comes over the wire and what goes back, without any socket."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: str = ""
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Header names in lower case."""

    @property
    def form(self) -> str:
        """The parameters as they were sent: in the address of a GET, in the body of a POST."""
        return self.query if self.method == "GET" else self.body

    @property
    def idempotency_key(self) -> str:
        return self.headers.get("idempotency-key", "") if self.method == "POST" else ""


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Dropped(Exception):
    """The connection is to be cut without any answer."""


def as_json(status: int, value: Any, **headers: str) -> Reply:
    body = json.dumps(value, ensure_ascii=False).encode()
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status, body, {"Content-Type": "application/json; charset=utf-8", **named})


def see_other(address: str) -> Reply:
    return Reply(303, b"", {"Location": address})
