"""Which products meet a plan and in which order: how well first, then how popular."""

from collections.abc import Iterator, Sequence

from shop.catalogue.searching.analysis import NAME_B
from shop.catalogue.searching.mending import Postings
from shop.catalogue.searching.plan import Level, Plan, Way

BITS_OF_BYTE = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def tiers(plan: Plan, postings: Postings, everything: int) -> list[int]:
    """Disjoint sets of products, best first; inside a set the lowest bit is the most popular product."""
    named = _any_phrase(plan, postings)
    sets: list[int] = []
    seen = 0
    for level, met in _met_by_level(plan, postings, everything):
        for tier in (met & named, met) if level <= Level.NAMED else (met,):
            if fresh := tier & ~seen:
                sets.append(fresh)
                seen |= fresh
    return sets


def slots(sets: Sequence[int], limit: int) -> list[int]:
    """The first bit numbers of the sets, in order."""
    out: list[int] = []
    for one in sets:
        for slot in _bits(one):
            if len(out) == limit:
                return out
            out.append(slot)
    return out


def _met_by_level(plan: Plan, postings: Postings, everything: int) -> Iterator[tuple[Level, int]]:
    meeting = [(way, _meeting(way, postings, everything)) for way in plan.ways]
    for level in Level:
        allowed = [(way, met) for way, met in meeting if way.level <= level and met]
        yield level, _met(len(plan.words), allowed, everything)


def _met(words: int, allowed: Sequence[tuple[Way, int]], everything: int) -> int:
    """Products that meet every word, whichever way the words are taken together."""
    from_here = [0] * words + [everything if words else 0]
    for at in range(words - 1, -1, -1):
        for way, met in allowed:
            if way.start == at:
                from_here[at] |= met & from_here[at + way.length]
    return from_here[0]


def _meeting(way: Way, postings: Postings, everything: int) -> int:
    met = everything
    for need in way.needs:
        met &= _union(need.field, need.terms, postings)
    for phrase in way.never:
        if met and phrase:
            met &= ~_all_pairs(phrase, postings)
    return met


def _any_phrase(plan: Plan, postings: Postings) -> int:
    named = 0
    for phrase in plan.phrases:
        named |= _all_pairs(phrase, postings)
    return named


def _all_pairs(phrase: Sequence[str], postings: Postings) -> int:
    met = postings.holding(NAME_B, phrase[0])
    for pair in phrase[1:]:
        met &= postings.holding(NAME_B, pair)
    return met


def _union(field: str, terms: Sequence[str], postings: Postings) -> int:
    met = 0
    for term in terms:
        met |= postings.holding(field, term)
    return met


def _bits(one: int) -> Iterator[int]:
    for at, byte in enumerate(one.to_bytes((one.bit_length() + 7) // 8, "little")):
        for bit in BITS_OF_BYTE[byte]:
            yield at * 8 + bit
