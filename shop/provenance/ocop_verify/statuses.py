"""A credential and its status lists in a bundle: signed, of this product, and the lists those the log was told of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from . import hanoi, heads, integrity, status_list
from .bundle import StatusList

if TYPE_CHECKING:
    from .checks import Case

TYPE = "statuslist.published"
EVENT = "urn:ocop:ev:"


class BadStatus(ValueError):
    """The list or the credential is not what the log knows."""


def check(case: Case) -> str:
    """Says what the lists say. What counts is told by the events: a set bit can only take stars away."""
    credential = case.bundle.credential
    if credential is None:
        if case.bundle.status:
            raise BadStatus("there are status lists, but no credential they could speak of")
        return "no credential in this file"
    certificate = _certificate(case, credential)
    _signed(case, credential, "issuer")
    lists = {str(each.credential.get("id")): each for each in case.bundle.status}
    used, told = set(), []
    for entry in _entries(credential):
        address = str(entry["statusListCredential"])
        if address not in lists:
            raise BadStatus(f"the list {address[:80]} is missing")
        used.add(address)
        purpose, begins, is_set = _read(case, lists[address], entry)
        if is_set:
            told.append(purpose)
            held = case.status.certificate
            if held and held.event == certificate and case.question.day >= begins:
                case.bits.append(purpose)
    if used != set(lists):
        raise BadStatus("a status list of something else is among them")
    return f"{len(lists)} lists, set: {', '.join(told) or 'none'}"


def _certificate(case: Case, credential: Mapping[str, Any]) -> str:
    """The event that issued the certificate: the credential's address ends in it."""
    event = EVENT + str(credential.get("id")).rpartition("/")[2]
    if event not in [each.told["id"] for each in case.bundle.events if each.told["type"] == "certificate.issued"]:
        raise BadStatus("the credential is not of a certificate of this product")
    return event


def _read(case: Case, each: StatusList, entry: Mapping[str, Any]) -> tuple[str, date, bool]:
    """Purpose, the day from which the list speaks, and the bit."""
    _signed(case, each.credential, "status")
    subject, body, purpose = each.credential["credentialSubject"], each.event.told["body"], str(entry["statusPurpose"])
    if subject["statusPurpose"] != purpose or entry["statusListCredential"] != each.credential["id"]:
        raise BadStatus("the list tells of something else than the credential says")
    bits = status_list.decode(str(subject["encodedList"]))
    if each.event.told["type"] != TYPE or (body["list"], body["purpose"]) != (each.credential["id"], purpose):
        raise BadStatus("the log was not told of this list")
    if heads.undigest(body["sha256"]) != sha256(bits).digest():
        raise BadStatus("the log was told of another list")
    begins = hanoi.day_of(datetime.fromisoformat(str(each.credential["validFrom"])))
    return purpose, begins, status_list.bit(bits, int(str(entry["statusListIndex"])))


def _signed(case: Case, document: Mapping[str, Any], role: str) -> None:
    """By a key of this role that was not stolen. Its place in the log is unknown, so a rotated one still counts."""
    key = case.keys.keys.get(case.keys.named(document))
    if key is None or key.role != role or key.stolen:
        raise BadStatus(f"not signed by a {role} key that counts")
    integrity.check(document, key.public)


def _entries(credential: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = credential.get("credentialStatus", [])
    return list(found) if isinstance(found, list) else [found]
