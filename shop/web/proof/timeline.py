"""A product's story, newest first: each event in words, with its three dates and what was corrected in it since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shop.core import clock
from shop.core.refusal import N_
from shop.provenance.proving import Told
from shop.web.proof.checkpoints import Published
from shop.web.stories import Story, story_of

MOST = 25
FIELDS = {
    "effective_at": N_("In effect"),
    "certificate_no": N_("Certificate number"),
    "decision": N_("Decision"),
    "scheme": N_("Criteria"),
    "stars": N_("Stars certified"),
    "score": N_("Score"),
    "scores": N_("Score"),
    "valid_from": N_("Valid from"),
    "valid_until": N_("Valid until"),
    "right": N_("Intellectual property"),
    "capacity": N_("Declared capacity"),
    "reason": N_("Reason"),
    "laboratory": N_("Laboratory"),
    "verdict": N_("Result"),
    "outcome": N_("Result"),
    "lot": N_("Lot"),
}
Event = Mapping[str, Any]


@dataclass(frozen=True)
class Correction:
    """A field that reads differently since; `by` is the leaf that says so."""

    name: str
    was: str
    now: str
    by: int


@dataclass(frozen=True)
class Entry:
    """`lag` in days from the legal date to our recording; below zero where a decision begins later."""

    index: int
    id: str
    story: Story
    effective: date
    recorded: datetime
    witnessed: datetime | None
    lag: int
    is_published: bool
    corrections: list[Correction] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """One page of it. `older` is the place before which the next page ends, None on the last."""

    entries: list[Entry]
    older: int | None
    is_whole: bool


def timeline(told: Sequence[Told], published: Published, *, until: date | None, before: int | None) -> Timeline:
    """`until` leaves out what had no effect by that day; `before` is a place in the product's own story."""
    corrected = _corrections([one.event for one in told], {one.event["id"]: one.row.index for one in told})
    shown = [one for one in told if until is None or one.row.effective_at <= until]
    shown = [one for one in reversed(shown) if before is None or one.row.subject_seq < before]
    entries = [_entry(one, published, corrected[one.event["id"]]) for one in shown[:MOST]]
    older = shown[MOST - 1].row.subject_seq if len(shown) > MOST else None
    return Timeline(entries, older, is_whole=before is None)


def _entry(told: Told, published: Published, corrections: list[Correction]) -> Entry:
    row = told.row
    recorded_on = clock.in_hanoi(row.recorded_at).date()
    return Entry(
        index=row.index,
        id=row.id,
        story=story_of(told.event),
        effective=row.effective_at,
        recorded=row.recorded_at,
        witnessed=published.witnessed_at(row.index),
        lag=(recorded_on - row.effective_at).days,
        is_published=published.holds(row.index),
        corrections=corrections,
    )


def _corrections(events: Sequence[Event], places: Mapping[str, int]) -> dict[str, list[Correction]]:
    """Event id → what reads differently since, in the order it was said."""
    by_id = {event["id"]: event for event in events}
    found: dict[str, list[Correction]] = defaultdict(list)
    for event in events:
        body = event["body"]
        if event["type"] not in ("correction", "certificate.corrected"):
            continue
        for wrong in body.get("corrects", ()):
            original = by_id.get(wrong, {})
            for name, now in body.get("fields", {}).items():
                was = original.get("effective_at") if name == "effective_at" else original.get("body", {}).get(name)
                found[wrong].append(Correction(FIELDS.get(name, name), plainly(was), plainly(now), places[event["id"]]))
    return found


def plainly(value: Any) -> str:
    """A value of an event as people read it: the parts of an object one after the other."""
    if isinstance(value, Mapping):
        return ", ".join(plainly(part) for part in value.values())
    if isinstance(value, list):
        return ", ".join(plainly(part) for part in value)
    return "–" if value is None else str(value)
