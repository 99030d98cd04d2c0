"""Composes a list of products from its address: what is chosen, what each choice would show, one page of cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from shop.catalogue import shelves
from shop.catalogue.assortment import PRICE_BANDS, Assortment, Page, Sort, UnknownPage
from shop.catalogue.browsing import Card
from shop.catalogue.models import Group
from shop.core.languages import LANGUAGES
from shop.provenance.status import Status
from shop.web.languages import language
from shop.web.presenting import dong
from shop.web.storefront.shelf import Shelf, fill_shelves

PAGE = 24
SEASONS = ("tet", "mid_autumn", "summer", "autumn", "wedding")
FLAGS = ("stock", "abroad")


class UnknownFilter(LookupError):
    """The address names a village, star, group or point that does not exist."""


@dataclass(frozen=True)
class Choice:
    """One value of a filter: as written in the address, in words, how many it would show."""

    value: str
    words: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Filter:
    name: str
    choices: list[Choice]

    @property
    def is_used(self) -> bool:
        return any(choice.chosen for choice in self.choices)


@dataclass(frozen=True)
class Chip:
    """A choice in force, and the address of the list without it."""

    words: str
    without: str


@dataclass(frozen=True)
class Listing:
    filters: list[Filter]
    cards: list[tuple[Card, Status]]
    total: int
    sort: str
    sorts: list[str]
    by_relevance: bool
    after: str | None
    before: str | None
    chips: list[Chip]
    is_first: bool

    def filter(self, name: str) -> Filter:
        return next(one for one in self.filters if one.name == name)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chips)


def listing(args: MultiDict[str, str], *, fixed: Mapping[str, frozenset[Any]], found: list[int] | None) -> Listing:
    """The list for these arguments. `fixed` filters belong to the page, `found` is what a search answered.

    Raises UnknownFilter or UnknownPage for an address that names what is not there.
    """
    made = shelves.current()
    chosen = {**_selection(args), **fixed}
    among = None if found is None else made.bits_of(found)
    bits = made.matching(chosen, among)
    sort = args.get("sort", "")
    by_relevance = found is not None and sort not in Sort.__members__.values()
    page = _ranked(made, bits, found or [], args) if by_relevance else _sorted(made, bits, args)
    cards = fill_shelves([Shelf("page", page)])["page"].cards
    kept = [
        (name, value) for name, value in args.items(multi=True) if name not in ("after", "before", "sort") and value
    ]
    filters = [one for one in _filters(made, chosen, among, args) if one.name not in fixed]
    return Listing(
        filters=filters,
        cards=cards,
        total=page.total,
        sort="relevance" if by_relevance else (sort if sort in list(Sort) else Sort.BEST.value),
        sorts=(["relevance"] if found is not None else []) + [one.value for one in Sort],
        by_relevance=by_relevance,
        after=_address(kept, sort, "after", page.after),
        before=_address(kept, sort, "before", page.before),
        chips=_chips(filters, kept, sort),
        is_first=not (args.get("after") or args.get("before")),
    )


def _selection(args: MultiDict[str, str]) -> dict[str, frozenset[Any]]:
    """What the address chooses, as the assortment knows it. Raises UnknownFilter."""
    villages = {label.slug: key for key, label in shelves.villages().items()}
    points = {label.slug: key for key, label in shelves.points().items()}
    bands = {_band_value(i): i for i in range(len(PRICE_BANDS))}
    known: dict[str, Mapping[str, Any]] = {
        "village": villages,
        "stars": {"3": 3, "4": 4, "5": 5},
        "group": {group.value: group.value for group in Group},
        "price": bands,
        "stock": {"1": True},
        "abroad": {"1": True},
        "pickup": points,
        "season": {season: season for season in SEASONS},
    }
    chosen: dict[str, frozenset[Any]] = {}
    for name, values in known.items():
        given = [value for value in args.getlist(name) if value]
        if any(value not in values for value in given):
            raise UnknownFilter(name)
        if given:
            chosen["point" if name == "pickup" else name] = frozenset(values[value] for value in given)
    return chosen


def _filters(
    made: Assortment, chosen: Mapping[str, frozenset[Any]], among: int | None, args: MultiDict[str, str]
) -> list[Filter]:
    spoken = language()

    def choices(facet: str, name: str, values: Iterable[tuple[Any, str, str]]) -> Filter:
        counts, given = made.counts(facet, chosen, among), set(args.getlist(name))
        shown = [Choice(value, words, counts.get(key, 0), value in given) for key, value, words in values]
        return Filter(name, [choice for choice in shown if choice.count or choice.chosen])

    def places(labels: Mapping[int, shelves.Label]) -> Iterable[tuple[int, str, str]]:
        return ((key, label.slug, label.name.to(spoken)) for key, label in labels.items())

    fixed = _fixed_words(spoken)
    return [
        *(choices(name, name, fixed[name]) for name in ("stars", "group", "price", "stock", "abroad")),
        choices("village", "village", places(shelves.villages())),
        choices("point", "pickup", places(shelves.points())),
        choices("season", "season", fixed["season"]),
    ]


@lru_cache(maxsize=len(LANGUAGES))
def _fixed_words(_spoken: str) -> dict[str, list[tuple[Any, str, str]]]:
    """(key, value in the address, words) of the filters that never change, for the language being spoken."""
    seasons = {
        "tet": gettext("Tết"),
        "mid_autumn": gettext("Mid-autumn"),
        "summer": gettext("Summer"),
        "autumn": gettext("Autumn"),
        "wedding": gettext("Weddings"),
    }
    return {
        "stars": [(n, str(n), ngettext("%(num)s star", "%(num)s stars", n)) for n in (5, 4, 3)],
        "group": [(group.value, group.value, gettext(group.label)) for group in Group],
        "price": [(band, _band_value(band), _band_words(band)) for band in range(len(PRICE_BANDS))],
        "stock": [(True, "1", gettext("In stock now"))],
        "abroad": [(True, "1", gettext("May be posted abroad"))],
        "season": [(season, season, words) for season, words in seasons.items()],
    }


def _band_words(band: int) -> str:
    low, high = PRICE_BANDS[band]
    if high is None:
        return str(gettext("over %(price)s", price=dong(low)))
    return str(gettext("under %(price)s", price=dong(high))) if low == 0 else f"{dong(low)} – {dong(high)}"


def _band_value(band: int) -> str:
    low, high = PRICE_BANDS[band]
    return f"{low}-{high or ''}"


def _sorted(made: Assortment, bits: int, args: MultiDict[str, str]) -> Page:
    sort = Sort(args["sort"]) if args.get("sort") in list(Sort) else Sort.BEST
    return made.page(bits, sort, size=PAGE, after=_key(args, "after"), before=_key(args, "before"))


def _ranked(made: Assortment, bits: int, found: list[int], args: MultiDict[str, str]) -> Page:
    """Matches in the order of the search; a page key is the product before (or behind) it."""
    ids = made.those_in(bits, found)
    start = 0
    after, before = _key(args, "after"), _key(args, "before")
    try:
        if after is not None:
            start = ids.index(after) + 1
        elif before is not None:
            start = max(0, ids.index(before) - PAGE)
    except ValueError as error:
        raise UnknownPage(after or before) from error
    shown = ids[start : start + PAGE]
    more = start + PAGE < len(ids)
    return Page(shown, len(ids), shown[-1] if more and shown else None, shown[0] if start and shown else None)


def _key(args: MultiDict[str, str], name: str) -> int | None:
    given = args.get(name, "")
    if not given:
        return None
    if not given.isascii() or not given.isdigit() or len(given) > 18:
        raise UnknownPage(given)
    return int(given)


def _chips(filters: list[Filter], kept: list[tuple[str, str]], sort: str) -> list[Chip]:
    sorted_by = [("sort", sort)] if sort else []
    return [
        Chip(choice.words, "?" + urlencode([pair for pair in kept if pair != (one.name, choice.value)] + sorted_by))
        for one in filters
        for choice in one.choices
        if choice.chosen
    ]


def _address(kept: list[tuple[str, str]], sort: str, name: str, key: int | None) -> str | None:
    if key is None:
        return None
    return "?" + urlencode([*kept, *([("sort", sort)] if sort else []), (name, str(key))])
