"""Tells copies of labels from their scans: rules R1 to R10, in words, on what is handed in. Nothing is revoked by this.

One sign makes a label worth a look; two, or one that no honest label can show, make it a suspected copy.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from shop.core.refusal import N_
from shop.provenance.lots.models import LabelState, ScanKind
from shop.provenance.lots.serials import CROCKFORD

DEVICES = 5  # R3: so many may look at one label on its way to the table
MANY_DEVICES = 3 * DEVICES
TOO_FAST = 500  # R4: km/h between two devices that look at one label
FAR = 100  # km: nearer places are mistakes of whoever places networks on the map
GUESSES, SPELL = 10, timedelta(minutes=10)  # R6: unknown codes from one network
NEAR, NEARLY = 100_000, 4  # R6: so many pairs of codes so close; by chance two of 2⁵⁰ never are
LONG_OPEN, LATE_DEVICES = timedelta(days=30), 2  # R8
CROWD = 100  # R10: scans of a batch before their places are compared


class Level(enum.StrEnum):
    NORMAL = "normal"
    ATTENTION = "attention"
    SUSPECTED = "suspected"

    @property
    def label(self) -> str:
        return LEVEL_LABELS[self]


LEVEL_LABELS = {
    Level.NORMAL: N_("Nothing unusual"),
    Level.ATTENTION: N_("Needs a look"),
    Level.SUSPECTED: N_("Suspected copy"),
}


@dataclass(frozen=True)
class Sighting:
    """One counted scan. `place` is (latitude, longitude) in degrees where it is known, `province` its code."""

    at: datetime
    device: str
    kind: ScanKind = ScanKind.VIEW
    place: tuple[float, float] | None = None
    province: str = ""


@dataclass(frozen=True)
class Story:
    """What is known of one serial. `state` is None if it was never issued; `sold_in` is empty where nothing is said."""

    state: LabelState | None
    sightings: Sequence[Sighting] = ()
    opened_at: datetime | None = None
    opened_by: str = ""
    is_recalled: bool = False
    is_guessed: bool = False
    sold_in: frozenset[str] = frozenset()


@dataclass(frozen=True)
class BatchStory:
    """What is known of a batch: labels against capacity, and how many scans each place saw."""

    issued: int
    capacity: int | None = None
    scans_by_place: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """`weight` 2 is enough for a suspicion, 0 only asks for a look."""

    rule: str
    weight: int
    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    level: Level
    reasons: tuple[Reason, ...]


def judge(story: Story) -> Verdict:
    """R1 to R8, on one serial."""
    seen = sorted(story.sightings, key=lambda sighting: sighting.at)
    rules = (_issued(story), _crowd(story, seen), _journeys(seen), _elsewhere(story, seen), _guessed(story))
    return _verdict([*rules, _pins(story, seen), _late(story, seen)])


def judge_batch(batch: BatchStory) -> Verdict:
    """R9 and R10."""
    return _verdict([_beyond(batch), _one_place(batch)])


def is_guessing(asked: Sequence[tuple[datetime, str]]) -> bool:
    """R6: whether unknown serials asked for from one network look like guesses: many in a spell, or close together."""
    times = sorted(at for at, _ in asked)
    if any(late - early <= SPELL for early, late in zip(times, times[GUESSES - 1 :], strict=False)):
        return True
    numbers = sorted({_number(serial) for _, serial in asked} - {None}, key=lambda number: number or 0)
    return sum(1 for low, high in pairwise(numbers) if (high or 0) - (low or 0) <= NEAR) >= NEARLY


def _verdict(found: Sequence[Reason | None]) -> Verdict:
    reasons = tuple(reason for reason in found if reason)
    if sum(reason.weight for reason in reasons) >= 2:
        return Verdict(Level.SUSPECTED, reasons)
    return Verdict(Level.ATTENTION if reasons else Level.NORMAL, reasons)


def _issued(story: Story) -> Reason | None:
    if story.state is None:
        return Reason("R1", 2, N_("This code was never issued."))
    if story.state is LabelState.VOIDED:
        return Reason("R2", 2, N_("This label was declared void."))
    if story.state is LabelState.PRINTED:
        return Reason("R2", 1, N_("This label is not active: its goods should not be on sale yet."))
    if story.is_recalled:  # many people look at a recalled lot, so this adds nothing to a suspicion
        return Reason("R2", 0, N_("The lot of this label is recalled."))
    return None


def _crowd(story: Story, seen: Sequence[Sighting]) -> Reason | None:
    devices = len({s.device for s in seen if story.opened_at is None or s.at < story.opened_at})
    if devices <= DEVICES:
        return None
    weight = 2 if devices > MANY_DEVICES else 1
    return Reason("R3", weight, N_("%(devices)s devices scanned it before its pack was opened."), {"devices": devices})


def _journeys(seen: Sequence[Sighting]) -> Reason | None:
    """One thing cannot be at two places; once may be a network placed wrongly on the map, twice is a sign."""
    placed = [sighting for sighting in seen if sighting.place]
    times = sum(1 for one, other in pairwise(placed) if one.device != other.device and _is_too_fast(one, other))
    if not times:
        return None
    weight = 2 if times > 1 else 1
    return Reason("R4", weight, N_("It was seen too far apart in too short a time: %(times)s times."), {"times": times})


def _elsewhere(story: Story, seen: Sequence[Sighting]) -> Reason | None:
    if not story.sold_in:
        return None
    strangers = {s.device for s in seen if s.province and s.province not in story.sold_in}
    if len(strangers) < 2:  # one buyer may have carried it home
        return None
    return Reason(
        "R5", 1, N_("It was scanned where its lot is not sold, on %(count)s devices."), {"count": len(strangers)}
    )


def _guessed(story: Story) -> Reason | None:
    return (
        Reason("R6", 1, N_("Codes were being guessed from the network that scanned it.")) if story.is_guessed else None
    )


def _pins(story: Story, seen: Sequence[Sighting]) -> Reason | None:
    """Who revealed it first is known even when that scan is forgotten."""
    devices = len({sighting.device for sighting in seen if sighting.kind is ScanKind.PIN} | {story.opened_by} - {""})
    if devices < 2:
        return None
    return Reason("R7", 2, N_("Its hidden PIN was revealed on %(devices)s devices."), {"devices": devices})


def _late(story: Story, seen: Sequence[Sighting]) -> Reason | None:
    if story.opened_at is None:
        return None
    until = story.opened_at + LONG_OPEN
    early = {sighting.device for sighting in seen if sighting.at <= until}
    late = {sighting.device for sighting in seen if sighting.at > until} - early
    if len(late) <= LATE_DEVICES:
        return None
    return Reason("R8", 1, N_("%(devices)s new devices scanned it long after it was opened."), {"devices": len(late)})


def _beyond(batch: BatchStory) -> Reason | None:
    if batch.capacity is None or batch.issued <= batch.capacity:
        return None
    facts = {"count": batch.issued, "capacity": batch.capacity}
    return Reason("R9", 2, N_("%(count)s labels were issued, and %(capacity)s are declared."), facts)


def _one_place(batch: BatchStory) -> Reason | None:
    scans, most = sum(batch.scans_by_place.values()), max(batch.scans_by_place.values(), default=0)
    if scans < CROWD or 2 * most <= scans:
        return None
    facts = {"most": most, "scans": scans}
    return Reason("R10", 1, N_("%(most)s of %(scans)s scans of this batch came from one place."), facts)


def _is_too_fast(one: Sighting, other: Sighting) -> bool:
    assert one.place and other.place
    distance = _kilometres(one.place, other.place)
    hours = (other.at - one.at) / timedelta(hours=1)
    return distance > FAR and distance > TOO_FAST * hours


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the ground, by the haversine formula."""
    (lat, lon), (to_lat, to_lon) = ((math.radians(degree) for degree in place) for place in (one, other))
    across = math.sin((to_lat - lat) / 2) ** 2
    along = math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * 6_371 * math.asin(math.sqrt(across + along))


def _number(serial: str) -> int | None:
    """A serial as the number it was drawn as; None for what cannot be one of ours."""
    if len(serial) != 10 or set(serial) - set(CROCKFORD):
        return None
    number = 0
    for sign in serial:
        number = number << 5 | CROCKFORD.index(sign)
    return number
