"""The rules that tell copies, one by one, and what they find and mistake among ten thousand honest scans."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from shop.provenance.lots.clones import BatchStory, Level, Sighting, Story, is_guessing, judge, judge_batch
from shop.provenance.lots.models import LabelState, ScanKind

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
HANOI, SAIGON, HAIPHONG = (21.03, 105.85), (10.78, 106.70), (20.86, 106.68)


def at(hours, device="a", **fields):
    return Sighting(NOON + timedelta(hours=hours), device, **fields)


def story(*sightings, state=LabelState.ACTIVE, **fields):
    return Story(state, sightings, **fields)


def rules(story):
    verdict = judge(story)
    return verdict.level, [(reason.rule, reason.weight) for reason in verdict.reasons]


def devices(count, *, every=24.0, first=0.0):
    return [at(first + number * every, f"device-{number}") for number in range(count)]


def test_a_label_nobody_looked_at_is_normal():
    assert rules(story()) == (Level.NORMAL, [])


def test_r1_a_code_never_issued():
    assert rules(story(state=None)) == (Level.SUSPECTED, [("R1", 2)])


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"state": LabelState.VOIDED}, (Level.SUSPECTED, [("R2", 2)])),
        ({"state": LabelState.PRINTED}, (Level.ATTENTION, [("R2", 1)])),
        ({"is_recalled": True}, (Level.ATTENTION, [("R2", 0)])),
    ],
)
def test_r2_a_label_that_should_not_be_on_sale(fields, expected):
    assert rules(story(at(0), **fields)) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (5, (Level.NORMAL, [])),
        (6, (Level.ATTENTION, [("R3", 1)])),
        (15, (Level.ATTENTION, [("R3", 1)])),
        (16, (Level.SUSPECTED, [("R3", 2)])),
    ],
)
def test_r3_more_devices_than_a_pack_meets_on_its_way(count, expected):
    assert rules(story(*devices(count))) == expected


def test_r3_counts_devices_not_scans_and_only_before_the_pack_was_opened():
    assert rules(story(*(at(hour) for hour in range(50)))) == (Level.NORMAL, [])
    opened = NOON + timedelta(hours=49)
    assert rules(story(*devices(3), *devices(20, first=50, every=1), opened_at=opened))[0] is Level.NORMAL


def test_r3_a_recalled_lot_is_looked_at_by_many_and_that_is_no_more_suspicious():
    assert rules(story(*devices(8), is_recalled=True)) == (Level.ATTENTION, [("R2", 0), ("R3", 1)])


def test_r4_one_thing_is_not_at_two_places():
    once = story(at(0, "a", place=HANOI), at(1, "b", place=SAIGON))
    assert rules(once) == (Level.ATTENTION, [("R4", 1)])
    twice = story(*once.sightings, at(2, "c", place=HANOI))
    assert rules(twice) == (Level.SUSPECTED, [("R4", 2)])


@pytest.mark.parametrize(
    "sightings",
    [
        [at(0, "a", place=HANOI), at(3, "b", place=SAIGON)],
        [at(0, "a", place=HANOI), at(0.1, "b", place=HAIPHONG)],
        [at(0, "a", place=HANOI), at(0.1, "a", place=SAIGON)],
        [at(0, "a", place=HANOI), at(0.1, "b")],
    ],
    ids=["by aeroplane", "near enough to be a mistake", "one device changes its network", "place unknown"],
)
def test_r4_what_can_be_is_no_sign(sightings):
    assert rules(story(*sightings)) == (Level.NORMAL, [])


def test_r5_scanned_where_its_lot_is_not_sold():
    far = [at(0, "a", province="79"), at(9, "b", province="79")]
    assert rules(story(*far, sold_in=frozenset({"01"}))) == (Level.ATTENTION, [("R5", 1)])
    assert rules(story(far[0], sold_in=frozenset({"01"}))) == (Level.NORMAL, []), "a buyer carried it home"
    assert rules(story(*far)) == (Level.NORMAL, []), "nothing is declared"


def test_r6_many_unknown_codes_in_a_spell_are_guesses():
    asked = [(NOON + timedelta(seconds=40 * number), f"TYPED{number * 7919:05d}") for number in range(10)]
    assert is_guessing(asked)
    assert not is_guessing(asked[:9])
    assert not is_guessing([(NOON + timedelta(minutes=5 * number), serial) for number, (_, serial) in enumerate(asked)])


def test_r6_codes_that_follow_one_another_are_guesses():
    follow = [(NOON + timedelta(days=number), f"7KQ2M9XDA{sign}") for number, sign in enumerate("34567")]
    assert is_guessing(follow)
    assert not is_guessing(follow[:3])
    assert not is_guessing([(NOON, "not ours"), (NOON, "ilou"), (NOON, "")])


def test_r6_makes_a_label_worth_a_look():
    assert rules(story(at(0), is_guessed=True)) == (Level.ATTENTION, [("R6", 1)])


def test_r7_a_pin_revealed_on_two_devices():
    both = story(at(0, "a", kind=ScanKind.PIN), at(1, "b", kind=ScanKind.PIN))
    assert rules(both) == (Level.SUSPECTED, [("R7", 2)])
    assert rules(story(at(1, "b", kind=ScanKind.PIN), opened_by="a")) == (Level.SUSPECTED, [("R7", 2)])
    assert rules(story(at(0, "a", kind=ScanKind.PIN), at(1, "a", kind=ScanKind.PIN), opened_by="a"))[0] is Level.NORMAL


def test_r8_new_devices_long_after_it_was_opened():
    late = [at(24 * 40 + number, f"late-{number}") for number in range(3)]
    assert rules(story(*late, opened_at=NOON)) == (Level.ATTENTION, [("R8", 1)])
    assert rules(story(*late[:2], opened_at=NOON)) == (Level.NORMAL, [])
    known = [at(1, f"late-{number}") for number in range(3)]
    assert rules(story(*known, *late, opened_at=NOON)) == (Level.NORMAL, [])


def test_r9_more_labels_than_declared():
    assert judge_batch(BatchStory(101, 100)).level is Level.SUSPECTED
    assert judge_batch(BatchStory(100, 100)).level is judge_batch(BatchStory(10**6)).level is Level.NORMAL


def test_r10_too_many_scans_of_a_batch_at_one_place():
    assert [r.rule for r in judge_batch(BatchStory(1, None, {"a": 60, "b": 40})).reasons] == ["R10"]
    assert judge_batch(BatchStory(1, None, {"a": 50, "b": 50})).level is Level.NORMAL
    assert judge_batch(BatchStory(1, None, {"a": 99})).level is Level.NORMAL, "too few to tell"


def test_two_signs_make_a_suspicion_and_every_reason_is_in_words():
    verdict = judge(story(*devices(7), is_guessed=True))
    assert verdict.level is Level.SUSPECTED
    assert [reason.sentence % reason.facts for reason in verdict.reasons] == [
        "7 devices scanned it before its pack was opened.",
        "Codes were being guessed from the network that scanned it.",
    ]


def test_the_order_of_the_scans_does_not_matter():
    sightings = [*devices(9), at(0.5, "x", place=HANOI), at(0.6, "y", place=SAIGON)]
    shuffled = random.Random(1).sample(sightings, len(sightings))
    assert judge(story(*sightings)) == judge(story(*shuffled))


# ---- what the rules find and mistake: simulated, since no real copies are at hand ---------------------------------

CITIES = (HANOI, HAIPHONG, SAIGON, (16.05, 108.20), (10.03, 105.78))
WEIGHTS = (70, 8, 14, 5, 3)


def honest(chance):
    """The scans of one honest label over three months: most are scanned by nobody or its buyer, a few stand on display.

    The devices stay in one city, but every fiftieth network is placed wrongly on the map.
    """
    city = chance.choices(CITIES, WEIGHTS)[0]
    on_display = chance.random() < 0.01
    people = chance.randint(2, 9) if on_display else chance.choices((0, 1, 2, 3, 4), (30, 40, 18, 8, 4))[0]
    return [
        sighting
        for person in range(people)
        for sighting in scans_of(chance, f"p{person}", city, times=chance.choices((1, 2, 3), (75, 18, 7))[0])
    ]


def scans_of(chance, device, city, *, times):
    began = chance.uniform(0, 24 * 90)
    placed = chance.choice(CITIES) if chance.random() < 0.02 else city
    return [at(began + chance.uniform(0, 48), device, place=placed) for _ in range(times)]


def cloned(chance, copies):
    """One label copied: each copy is sold somewhere and scanned by its own buyer three times out of ten."""
    sightings = honest(chance)
    for copy in range(copies):
        if chance.random() < 0.3:
            city = chance.choices(CITIES, WEIGHTS)[0]
            sightings += scans_of(chance, f"copy{copy}", city, times=1)
    return sightings


def shares(verdicts):
    told = Counter(verdict.level for verdict in verdicts)
    return {level: told[level] / sum(told.values()) for level in Level}


def measured():
    """Shares of the levels: among honest labels with ten thousand scans, and of one label copied so many times."""
    chance, labels, scans = random.Random(2026), [], 0
    while scans < 10_000:
        labels.append(honest(chance))
        scans += len(labels[-1])
    mistaken = shares(judge(story(*sightings)) for sightings in labels)
    counts = (10, 20, 50, 500)
    return mistaken, {copies: shares(judge(story(*cloned(chance, copies))) for _ in range(500)) for copies in counts}


def test_of_ten_thousand_honest_scans_next_to_nobody_is_suspected_and_copies_are_found():
    """Measured with this seed: of honest labels 0.57 % need a look and none is suspected. A label copied 10 times is
    noticed (a look or a suspicion) in 25 of 100 cases, 20 times in 77, 50 times always (suspected in 56), 500 times
    always suspected. The honest world is assumed, not observed: thresholds want real scans one day.
    """
    mistaken, found = measured()
    assert mistaken[Level.SUSPECTED] <= 0.0005
    assert mistaken[Level.ATTENTION] <= 0.02
    assert found[50][Level.NORMAL] <= 0.005
    assert found[50][Level.SUSPECTED] >= 0.5
    assert found[500][Level.SUSPECTED] == 1


def test_without_any_map_copies_still_show_by_their_devices():
    """What the shop knows today: it has no map of networks, so R4 and R5 are silent."""
    chance = random.Random(7)
    blind = [[Sighting(one.at, one.device) for one in cloned(chance, 50)] for _ in range(500)]
    share = shares(judge(story(*sightings)) for sightings in blind)
    assert share[Level.NORMAL] <= 0.005
    honest_ones = [[Sighting(one.at, one.device) for one in honest(chance)] for _ in range(5_000)]
    mistaken = shares(judge(story(*sightings)) for sightings in honest_ones)
    assert mistaken[Level.SUSPECTED] == 0 and mistaken[Level.ATTENTION] <= 0.01
