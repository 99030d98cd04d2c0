"""Status lists in a bundle: signed, known to the log, and what their bits say of the credential."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from . import heads, status_list
from .bundle import StatusList

if TYPE_CHECKING:
    from .checks import Case

TYPE = "statuslist.published"


class BadStatus(ValueError):
    """The list or the credential is not what the log knows."""


def check(case: Case) -> str:
    """Says what the lists say. A set bit can only take stars away: what counts is told by the events."""
    credential = case.bundle.credential
    if credential is None:
        if case.bundle.status:
            raise BadStatus("there are status lists, but no credential they could speak of")
        return "no credential in this bundle"
    case.keys.check(case.checkpoint.size - 1, credential)
    lists = {str(each.credential.get("id")): _bits(case, each) for each in case.bundle.status}
    for entry in _entries(credential):
        bits = lists.get(str(entry["statusListCredential"]))
        if bits is None:
            raise BadStatus(f"the list {entry['statusListCredential']} is missing")
        if status_list.bit(bits, int(entry["statusListIndex"])):
            case.bits.append(str(entry["statusPurpose"]))
    return f"{len(lists)} lists, set: {', '.join(case.bits) or 'none'}"


def _bits(case: Case, each: StatusList) -> bytes:
    """The bits of a list that the status key signed and an event told the log of."""
    case.keys.check(case.checkpoint.size - 1, each.credential, role="status")
    bits = status_list.decode(str(each.credential["credentialSubject"]["encodedList"]))
    body = each.event.told["body"]
    if each.event.told["type"] != TYPE or heads.undigest(body["sha256"]) != sha256(bits).digest():
        raise BadStatus("the log was told of another list")
    return bits


def _entries(credential: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = credential.get("credentialStatus", [])
    return list(found) if isinstance(found, list) else [found]
