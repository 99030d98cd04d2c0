"""Strict JSON in, canonical JSON (RFC 8785) out: one reading and one writing of every signed value."""

from __future__ import annotations

import json
from typing import Any, NoReturn

import rfc8785

MOST = 65_535  # bytes: what a log entry may be long
DEEPEST = 64  # objects and arrays within each other
GREATEST = 2**53 - 1  # the last integer that JavaScript reads as written


class Malformed(ValueError):
    """Not what its format says, or a value two readers could take for different things."""


def parse(data: bytes | str, *, most: int = MOST) -> Any:
    """The value of a JSON text of at most `most` bytes of UTF-8.

    Raises Malformed on what JSON leaves to the reader: repeated keys, NaN and Infinity, numbers that are no integers or
    lie beyond ±(2⁵³ − 1), half a surrogate pair, more than 64 levels.
    """
    text = _text(data, most)
    try:
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_no_number, parse_constant=_no_number
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise Malformed(f"no JSON: {error}") from error
    _look_through(value)
    return value


def canonical(value: Any) -> bytes:
    """The value's one form by RFC 8785 (JCS), in UTF-8; text stays as it is, NFC or not. Raises Malformed."""
    try:
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise Malformed(f"no canonical form: {error}") from error


def _text(data: bytes | str, most: int) -> str:
    try:
        encoded = data.encode() if isinstance(data, str) else data
        if len(encoded) > most:
            raise Malformed(f"{len(encoded)} bytes are more than {most}")
        return encoded.decode()
    except UnicodeError as error:
        raise Malformed(f"no UTF-8: {error}") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a key is there twice")
    return found


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(number := int(digits)) > GREATEST:  # the length first: int() of a megabyte is slow
        raise Malformed("an integer beyond ±(2⁵³ − 1)")
    return number


def _no_number(written: str) -> NoReturn:
    raise Malformed(f"{written[:40]} is no integer")


def _look_through(value: Any) -> None:
    """Without recursion, so that the verdict is the same however deep the caller already stands."""
    waiting = [(value, 1)]
    while waiting:
        found, depth = waiting.pop()
        if isinstance(found, str):
            _refuse_half_characters(found)
        elif isinstance(found, dict | list):
            if depth > DEEPEST:
                raise Malformed(f"more than {DEEPEST} levels")
            inner = [*found.keys(), *found.values()] if isinstance(found, dict) else found
            waiting += [(each, depth + 1) for each in inner]


def _refuse_half_characters(text: str) -> None:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Malformed("half a surrogate pair")
