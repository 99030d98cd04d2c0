"""The checks of a bundle, in their order; each answers in words what it found, or raises."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from . import events, hanoi, heads, keyring, merkle
from .archive import Unreadable
from .bundle import Bundle
from .checkpoint import Checkpoint
from .dossier import Certificate, Dossier
from .folding import fold
from .judging import State, Status, judge
from .keyring import Keyring
from .notes import Opened
from .policy import Policy

PRODUCT = "urn:ocop:product:"
FRESH = timedelta(hours=24)
MAX_AGE = timedelta(days=7)
SLACK = timedelta(minutes=5)  # by which two clocks may differ


class Wrong(ValueError):
    """Tampered or invalid."""


class NotInForce(ValueError):
    """Authentic, and no certificate counts that day."""


class NotAssured(ValueError):
    """Nothing is wrong, but it is too old, too few saw it, or a key was perhaps stolen."""


@dataclass(frozen=True)
class Question:
    """What is asked: how the product stands on `at` (today if None) in the eyes of who trusts `policy`."""

    policy: Policy
    now: datetime
    at: date | None = None
    max_age: timedelta = MAX_AGE
    accept_unwitnessed: bool = False
    lot: str = ""

    @property
    def day(self) -> date:
        return self.at or hanoi.day_of(self.now)

    @property
    def moment(self) -> datetime:
        """Up to when the history must be known: now, the end of a day in the past, the begin of one in the future."""
        today = hanoi.day_of(self.now)
        if self.day == today:
            return self.now
        return hanoi.midnight(self.day + timedelta(days=1) if self.day < today else self.day)


@dataclass
class Case:
    """A bundle under examination; later checks build on what the earlier ones found."""

    bundle: Bundle
    question: Question
    doubtful: list[str] = field(default_factory=list)
    bits: list[str] = field(default_factory=list)  # purposes of status lists whose bit is set

    @cached_property
    def opened(self) -> Opened:
        return self.question.policy.check(self.bundle.note)

    @cached_property
    def checkpoint(self) -> Checkpoint:
        return Checkpoint.parse(self.opened.text)

    @cached_property
    def keys(self) -> Keyring:
        ring = Keyring(self.checkpoint.origin)
        for leaf in self.bundle.keys:
            ring.learn(leaf.index, leaf.told)
        return ring

    @cached_property
    def dossier(self) -> Dossier:
        return fold(event.told for event in self.bundle.events)

    @cached_property
    def status(self) -> Status[Certificate]:
        held, recalls = self.dossier.certificates.values(), self.dossier.recalls.values()
        return judge(held, self.question.day, recalls, lot=self.question.lot)

    @property
    def snapshot_at(self) -> datetime:
        return hanoi.instant(self.bundle.snapshot.told["recorded_at"])

    @property
    def witnessed_at(self) -> datetime | None:
        seconds = self.question.policy.newest_witness_time(self.opened)
        return None if seconds is None else hanoi.at_second(seconds)


def chains(case: Case) -> str:
    """Events well formed, of one product, each naming the one before; the keys' events too."""
    subject = case.bundle.subject
    if not subject.startswith(PRODUCT):
        raise Wrong(f"{subject[:60]} is no product")
    follower = events.Chains()
    for leaf in (*case.bundle.events, *case.bundle.keys):
        events.check(leaf.told)
        follower.follow(leaf.told, leaf.hash)
    for leaf in case.bundle.leaves:
        events.check(leaf.told)
    if set(follower.heads) != {subject, *(str(leaf.told["subject"]) for leaf in case.bundle.keys)}:
        raise Wrong("events of another product are among them")
    if any(not str(leaf.told["subject"]).startswith(keyring.PREFIX) for leaf in case.bundle.keys):
        raise Wrong("among the events of the keys are others")
    for told in (case.bundle.events, case.bundle.keys):
        if [leaf.index for leaf in told] != sorted({leaf.index for leaf in told}):
            raise Wrong("the events do not stand in the order of the log")
    return f"{len(case.bundle.events)} events of {subject}, {len(case.bundle.keys)} about keys"


def checkpoint(case: Case) -> str:
    """Signed by a log of the policy."""
    return f"{case.checkpoint.origin}, {case.checkpoint.size} events"


def places(case: Case) -> str:
    """Every leaf is in that tree."""
    tree = case.checkpoint
    for leaf in case.bundle.leaves:
        merkle.check_inclusion(leaf.index, tree.size, leaf.hash, leaf.path, tree.root)
    return f"at {', '.join(str(event.index) for event in case.bundle.events)}"


def signatures(case: Case) -> str:
    """Every event by a key that was the issuer's at its place."""
    used: dict[str, None] = {}
    for leaf in (*case.bundle.events, case.bundle.snapshot, *(each.event for each in case.bundle.status)):
        used[case.keys.check(leaf.index, leaf.told).name] = None
        if case.keys.is_doubtful(leaf.told):
            case.doubtful.append(str(leaf.told["id"]))
    signer = [log for log in case.question.policy.logs if log.name in case.opened.signed_by]
    for key in case.keys.keys.values():
        if key.role == "log" and key.stolen and key.public in [log.public for log in signer]:
            raise Wrong(f"the key of the log itself, {key.name}, was stolen on {key.stolen}")
    return ", ".join(used)


def completeness(case: Case) -> str:
    """The newest snapshot of heads knows no event that is not here."""
    snapshot = case.bundle.snapshot
    told = snapshot.told
    if (told["type"], told["subject"]) != (heads.TYPE, heads.SUBJECT):
        raise Wrong("there is no snapshot of heads")
    size, count, root = told["body"]["size"], told["body"]["count"], heads.undigest(told["body"]["root"])
    if type(size) is not int or type(count) is not int or not 0 < size <= snapshot.index:
        raise Wrong("the snapshot covers what came after it")
    own = case.bundle.own_heads.check(count, root, heads.only(case.bundle.subject))
    known = own | case.bundle.key_heads.check(count, root, heads.all_under(keyring.PREFIX))
    covered = heads.newest(
        (leaf.told, leaf.hash) for leaf in (*case.bundle.events, *case.bundle.keys) if leaf.index < size
    )
    if known != covered:
        raise Wrong("the history was cut: the log's snapshot of heads knows other newest events")
    return f"as of {_spoken(case.snapshot_at)}, when the log held {size} events"


def documents(case: Case) -> str:
    """Every document is one whose hash an event names."""
    named = {digest for event in case.bundle.events for digest in _digests(event.told["body"])}
    for name, content in case.bundle.documents.items():
        found = sha256(content).hexdigest()
        if name.partition(".")[0] != found or found not in named:
            raise Wrong(f"docs/{name[:80]} is not a document that an event names")
    return ", ".join(case.bundle.documents) or "no document in this file"


def trust(case: Case) -> str:
    """No event rests on a key that was perhaps stolen already."""
    if case.doubtful:
        raise NotAssured(f"signed by a key that was perhaps stolen by then: {', '.join(case.doubtful)}")
    return ""


def witnesses(case: Case) -> str:
    """As many outsiders as the policy asks for have seen the checkpoint."""
    policy = case.question.policy
    if not policy.has_quorum:
        if not case.question.accept_unwitnessed:
            raise NotAssured("not yet witnessed: no independent witness vouches that everybody is shown the same log")
        return "not yet witnessed; accepted because you said so"
    if not policy.quorum_met(case.opened):
        raise NotAssured("too few of the witnesses you trust have cosigned the checkpoint")
    names = [witness.name for witness in policy.witnesses.values() if witness.name in case.opened.signed_by]
    newest = case.witnessed_at
    return f"{', '.join(names)}; last on {_spoken(newest)}" if newest else ", ".join(names)


def age(case: Case) -> str:
    """By the snapshot of heads alone: a younger checkpoint says nothing about what was left out since."""
    taken, seen = case.snapshot_at, case.witnessed_at
    if seen is not None and taken > seen + SLACK:
        raise Wrong("the snapshot says it is younger than the witnesses' signatures on it")
    if taken > case.question.now + SLACK:
        raise NotAssured("the snapshot is from the future: is this machine's clock right?")
    old = max(timedelta(0), case.question.moment - taken)
    if old > case.question.max_age:
        raise NotAssured(f"stale: what happened after {_spoken(taken)} is not in it")
    return f"{'fresh' if old <= FRESH else 'ageing'}: complete up to {_spoken(taken)}"


def standing(case: Case) -> str:
    """The judge's word for the day."""
    if case.dossier.unknown:
        raise Unreadable(f"events this program is too old for: {', '.join(sorted(set(case.dossier.unknown)))}")
    status, day = case.status, case.question.day
    if not status.in_force or status.certificate is None:
        number = f", certificate {status.certificate.number}" if status.certificate else ""
        raise NotInForce(f"on {day}: {_state(status.state)}{number}")
    if case.bits:
        raise NotInForce(f"on {day}: the status list says {', '.join(case.bits)}")
    stars = "4 stars (potential 5)" if status.is_potential_five else f"{status.stars} stars"
    return f"on {day}: {stars}, certificate {status.certificate.number}, until {status.until}"


def _state(state: State) -> str:
    return state.label.lower()


def _digests(value: Any) -> set[str]:
    """Every `doc_sha256` within, in whatever depth."""
    if isinstance(value, dict):
        own = {str(value["doc_sha256"]).removeprefix("sha256:")} if value.get("doc_sha256") else set()
        return own.union(*(_digests(each) for each in value.values()))
    return set().union(*(_digests(each) for each in value)) if isinstance(value, list) else set()


def _spoken(moment: datetime) -> str:
    return moment.astimezone(hanoi.ZONE).strftime("%Y-%m-%d %H:%M (Hanoi)")
