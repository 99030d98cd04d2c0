"""The assortment: everything on sale as bit sets, so that counts, filters and pages cost the same at any size.

One bit stands for one product (its slot). A filter is the union of its values' sets, filters are intersected,
a count is a popcount: no row is read until the page's 24 cards are known. The sets are derived from the
database, follow its change log and hold nothing that cannot be rebuilt.
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

Bits = int
SortKey = tuple[int, int, int]
PRICE_BANDS = ((0, 100_000), (100_000, 300_000), (300_000, 700_000), (700_000, 1_500_000), (1_500_000, None))
FEW = 5_000
MOST_COUNTED = 4_000


class Sort(enum.StrEnum):
    BEST = "best"
    NEWEST = "newest"
    PRICE = "price"
    PRICE_DOWN = "price-down"


class Facts(NamedTuple):
    """What the assortment knows of one product."""

    product_id: int
    village_id: int
    group: str
    price: int
    stars: int | None
    stars_until: date | None
    in_stock: bool
    abroad: bool
    seasons: Sequence[str]
    points: Sequence[int]
    published: int


class Page(NamedTuple):
    """One page of matches in order; `after` and `before` are the keys of the neighbours, if there are any."""

    ids: list[int]
    total: int
    after: int | None
    before: int | None


class UnknownPage(LookupError):
    """The page key names no product of the assortment."""


Selection = Mapping[str, frozenset[Any]]


@dataclass
class Assortment:
    """One state of the shelves. Treat it as frozen once `current()` has handed it out."""

    seq: int
    day: date
    facts: list[Facts | None] = field(default_factory=list)
    slot_of: dict[int, int] = field(default_factory=dict)
    sets: dict[str, dict[Any, Bits]] = field(default_factory=dict)
    everything: Bits = 0
    orders: dict[Sort, list[tuple[SortKey, int]]] = field(default_factory=dict)
    # Counts already made in this state: most readers choose the same few filters.
    _counted: dict[tuple[str, object], Mapping[Any, int]] = field(default_factory=dict, repr=False)

    @classmethod
    def build(cls, rows: Iterable[Facts], *, seq: int, day: date) -> Assortment:
        """All of `rows` at once: bits are set in byte arrays, which is linear, and frozen into ints at the end."""
        facts: list[Facts | None] = list(rows)
        size = (len(facts) + 7) // 8
        arrays: dict[str, dict[Any, bytearray]] = {}
        for slot, one in enumerate(facts):
            assert one is not None
            for name, value in _memberships(one, day):
                array = arrays.setdefault(name, {}).setdefault(value, bytearray(size))
                array[slot >> 3] |= 1 << (slot & 7)
        sets = {
            name: {value: int.from_bytes(array, "little") for value, array in values.items()}
            for name, values in arrays.items()
        }
        made = cls(seq, day, facts, {one.product_id: i for i, one in enumerate(facts) if one}, sets)
        made.everything = (1 << len(facts)) - 1
        made.orders = {
            sort: sorted((_key(sort, one, day), slot) for slot, one in enumerate(facts) if one) for sort in Sort
        }
        return made

    def with_changes(self, changed: Mapping[int, Facts | None], *, seq: int) -> Assortment:
        """A copy in which these products have new facts, or none any more."""
        copy = Assortment(
            seq,
            self.day,
            list(self.facts),
            dict(self.slot_of),
            {name: dict(values) for name, values in self.sets.items()},
            self.everything,
            {sort: list(order) for sort, order in self.orders.items()},
        )
        for product_id, one in changed.items():
            copy._forget(product_id)
            if one is not None:
                copy._remember(one)
        return copy

    def of(self, product_id: int) -> Facts | None:
        """What is known of a product, if it is on sale."""
        slot = self.slot_of.get(product_id)
        return None if slot is None else self.facts[slot]

    def count(self, selection: Selection, among: Bits | None = None) -> int:
        return self.matching(selection, among).bit_count()

    def matching(self, selection: Selection, among: Bits | None = None, *, without: str = "") -> Bits:
        """Products that fit every facet of `selection` but `without`, any value within a facet."""
        bits = self.everything if among is None else among
        for name, values in selection.items():
            if name != without and values:
                wanted = 0
                for value in values:
                    wanted |= self.sets.get(name, {}).get(value, 0)
                bits &= wanted
        return bits

    def counts(self, facet: str, selection: Selection, among: Bits | None = None) -> Mapping[Any, int]:
        """How many each value of `facet` would show, the other facets standing."""
        chosen = tuple((name, values) for name, values in selection.items() if name != facet and values)
        if among is None and (counted := self._counted.get((facet, chosen))) is not None:
            return counted
        base = self.matching(selection, among, without=facet)
        made = {value: (base & bits).bit_count() for value, bits in self.sets.get(facet, {}).items()}
        if among is None and len(self._counted) < MOST_COUNTED:
            self._counted[facet, chosen] = made
        return made

    def bits_of(self, product_ids: Iterable[int]) -> Bits:
        array = bytearray((len(self.facts) + 7) // 8)
        for product_id in product_ids:
            slot = self.slot_of.get(product_id)
            if slot is not None:
                array[slot >> 3] |= 1 << (slot & 7)
        return int.from_bytes(array, "little")

    def those_in(self, bits: Bits, product_ids: Iterable[int]) -> list[int]:
        """Those of `product_ids` that are in `bits`, in their own order."""
        member = bits.to_bytes((len(self.facts) + 8) // 8, "little")
        slots = ((product_id, self.slot_of.get(product_id)) for product_id in product_ids)
        return [product_id for product_id, slot in slots if slot is not None and member[slot >> 3] >> (slot & 7) & 1]

    def page(
        self,
        bits: Bits,
        sort: Sort,
        *,
        size: int,
        after: int | None = None,
        before: int | None = None,
    ) -> Page:
        """`size` matches of `bits` in `sort` order behind (or before) the product that a page key names."""
        total = bits.bit_count()
        few = total <= FEW and total * total <= 2 * len(self.facts)  # else walking the whole order is quicker
        order = self._few(bits, sort) if few else self.orders[sort]
        member = bits.to_bytes((len(self.facts) + 8) // 8, "little")
        if before is not None:
            slots = _walk(order, self._place(order, sort, before) - 1, -1, member, size + 1)
            more, slots = len(slots) > size, slots[:size][::-1]
            ids = self._ids(slots)
            return Page(ids, total, ids[-1] if ids else None, ids[0] if more and ids else None)
        start = self._first(order, sort, bits) if after is None else self._place(order, sort, after, behind=True)
        slots = _walk(order, start, 1, member, size + 1)
        ids = self._ids(slots[:size])
        return Page(ids, total, ids[-1] if len(slots) > size else None, ids[0] if after is not None and ids else None)

    def _ids(self, slots: Iterable[int]) -> list[int]:
        return [one.product_id for slot in slots if (one := self.facts[slot]) is not None]

    def _few(self, bits: Bits, sort: Sort) -> list[tuple[SortKey, int]]:
        text = bin(bits)[:1:-1]
        slots, at = [], text.find("1")
        while at >= 0:
            slots.append(at)
            at = text.find("1", at + 1)
        return sorted((_key(sort, one, self.day), slot) for slot in slots if (one := self.facts[slot]))

    def _first(self, order: list[tuple[SortKey, int]], sort: Sort, bits: Bits) -> int:
        """Where matches can begin: levels of stars and price bands that hold none are not walked through."""
        if sort is Sort.BEST:
            levels = self.sets.get("stars", {})
            best = max((level for level, members in levels.items() if bits & members), default=0)
            return bisect_left(order, -2 * best, key=_leading)
        bands = self.sets.get("price", {})
        held = [PRICE_BANDS[band] for band, members in bands.items() if bits & members]
        if sort is Sort.PRICE and held:
            return bisect_left(order, min(low for low, _ in held), key=_leading)
        if sort is Sort.PRICE_DOWN and held and all(high for _, high in held):
            return bisect_left(order, -max(high for _, high in held if high), key=_leading)
        return 0

    def _place(self, order: list[tuple[SortKey, int]], sort: Sort, product_id: int, *, behind: bool = False) -> int:
        slot = self.slot_of.get(product_id)
        one = self.facts[slot] if slot is not None else None
        if slot is None or one is None:
            raise UnknownPage(product_id)
        return bisect_left(order, (_key(sort, one, self.day), slot + int(behind)))

    def _forget(self, product_id: int) -> None:
        slot = self.slot_of.get(product_id)
        one = self.facts[slot] if slot is not None else None
        if slot is None or one is None:
            return
        for name, value in _memberships(one, self.day):
            self.sets[name][value] &= ~(1 << slot)
        for sort in Sort:
            del self.orders[sort][bisect_left(self.orders[sort], (_key(sort, one, self.day), slot))]
        self.everything &= ~(1 << slot)
        self.facts[slot] = None

    def _remember(self, one: Facts) -> None:
        slot = self.slot_of.setdefault(one.product_id, len(self.facts))
        if slot == len(self.facts):
            self.facts.append(None)
        self.facts[slot] = one
        for name, value in _memberships(one, self.day):
            values = self.sets.setdefault(name, {})
            values[value] = values.get(value, 0) | 1 << slot
        for sort in Sort:
            entry = (_key(sort, one, self.day), slot)
            self.orders[sort].insert(bisect_left(self.orders[sort], entry), entry)
        self.everything |= 1 << slot


def band_of(price: int) -> int:
    """The index of the price band that holds `price`."""
    return next(i for i, (low, high) in enumerate(PRICE_BANDS) if high is None or price < high)


def stars_on(one: Facts, day: date) -> int:
    """The stars of the published copy, unless their time is over; 0 for none."""
    return one.stars if one.stars and one.stars_until and one.stars_until >= day else 0


def _memberships(one: Facts, day: date) -> Iterable[tuple[str, Any]]:
    yield "village", one.village_id
    yield "group", one.group
    yield "price", band_of(one.price)
    if stars := stars_on(one, day):
        yield "stars", stars
    if one.in_stock:
        yield "stock", True
    if one.abroad:
        yield "abroad", True
    for season in one.seasons:
        yield "season", season
    for point in one.points:
        yield "point", point


def _key(sort: Sort, one: Facts, day: date) -> SortKey:
    match sort:
        case Sort.BEST:
            return (-2 * stars_on(one, day) + (not one.in_stock), -one.published, one.product_id)
        case Sort.NEWEST:
            return (-one.published, -one.product_id, 0)
        case Sort.PRICE:
            return (one.price, one.product_id, 0)
        case Sort.PRICE_DOWN:
            return (-one.price, one.product_id, 0)


def _leading(entry: tuple[SortKey, int]) -> int:
    return entry[0][0]


def _walk(order: list[tuple[SortKey, int]], start: int, step: int, member: bytes, size: int) -> list[int]:
    """Up to `size` slots that are members, from `start` on."""
    found: list[int] = []
    end = len(order) if step > 0 else -1
    for place in range(start, end, step):
        slot = order[place][1]
        if member[slot >> 3] >> (slot & 7) & 1:
            found.append(slot)
            if len(found) == size:
                break
    return found
