"""Which bit of which list speaks of a certificate: told by the place of an event in the log, so that anybody finds it.

A list covers as many leaves of the log as it has bits, shuffled one to one: no two certificates share a bit, no table
must be kept, and whoever holds the log can hold a list against it. A revocation list is final, but here a revocation
may be overturned on appeal: from then on the certificate has a new bit, that of the appeal's decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from .folding import fold
from .judging import rests_on
from .status_list import MINIMUM

BITS = 17  # 2 ** 17 == MINIMUM
REVOCATION, SUSPENSION = "revocation", "suspension"


class Place(NamedTuple):
    """Lists are counted from 1, their bits from 0."""

    list: int
    bit: int


@dataclass
class Issue:
    """A certificate as one credential tells of it: the leaf it stands for, and how a revocation ended it."""

    leaf: int
    revoked: str = ""  # the event
    decision: str = ""
    from_day: date | None = None
    overturned_on: date | None = None

    def is_revoked_on(self, day: date) -> bool:
        """Once in effect it stays: only what was overturned before it began never counted."""
        if self.from_day is None or day < self.from_day:
            return False
        return self.overturned_on is None or self.overturned_on > self.from_day


def place(origin: str, leaf: int) -> Place:
    """Of the event at this index of the log of this origin."""
    block, within = divmod(leaf, MINIMUM)
    return Place(block + 1, _shuffled(f"{origin} {block}", within))


def issues(events: Iterable[tuple[int, Mapping[str, Any]]]) -> dict[str, list[Issue]]:
    """Certificate → its issues, oldest first; the last one counts. `events` are one product's with their indices."""
    found: dict[str, list[Issue]] = {}
    appeals: dict[str, tuple[str, str]] = {}
    for index, event in events:
        body = event["body"]
        match event["type"]:
            case "certificate.issued":
                found[body["certificate_no"]] = [Issue(index)]
            case "certificate.revoked":
                issue = found[body["certificate_no"]][-1]
                issue.revoked, issue.decision = event["id"], body["decision"]["no"]
                issue.from_day = date.fromisoformat(event["effective_at"])
            case "appeal.filed":
                appeals[body["appeal"]] = (body["certificate_no"], body["against"])
            case "appeal.decided" if body["outcome"] == "overturned":
                number, against = appeals[body["appeal"]]
                _overturn(found[number], against, index, date.fromisoformat(event["effective_at"]))
    return found


def marks(events: Iterable[tuple[int, Mapping[str, Any]]], day: date) -> list[tuple[str, int]]:
    """(purpose, leaf) of every bit that one product's events set on `day`."""
    told = list(events)
    dossier, set_bits = fold(event for _, event in told), []
    for number, of_one in issues(told).items():
        certificate = dossier.certificates[number]
        end = certificate.revocation
        for issue in of_one:
            if end and end.event == issue.revoked:  # as it reads after corrections
                issue.from_day, issue.overturned_on = end.from_day, end.overturned_on
            if issue.is_revoked_on(day):
                set_bits.append((REVOCATION, issue.leaf))
        if any(rests_on(suspension, day) for suspension in certificate.suspensions):
            set_bits.append((SUSPENSION, of_one[-1].leaf))
    return set_bits


def _overturn(of_one: list[Issue], against: str, index: int, day: date) -> None:
    """Only where the appeal was against the revocation; one against a suspension leaves the credential as it is."""
    issue = of_one[-1]
    if issue.from_day is not None and against == issue.decision:
        issue.overturned_on = day
        of_one.append(Issue(index))


def _shuffled(key: str, number: int) -> int:
    """A bijection of the numbers below 2 ** BITS: each step of it can be undone."""
    seed = sha256(key.encode()).digest()
    for at in range(0, 16, 4):
        number = number * (int.from_bytes(seed[at : at + 4], "big") | 1) % MINIMUM
        number ^= number >> (BITS // 2 + 1)
    return number
