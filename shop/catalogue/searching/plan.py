"""From the text of a query to the ways in which a product may answer it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from shop.catalogue.searching.analysis import (
    ABOUT,
    BODY,
    END,
    JOINER,
    NAME_B,
    NAME_F,
    NAME_X,
    START,
    pairs,
    tidy_words,
)
from shop.catalogue.searching.glossary import LONGEST, Glossary, glossary
from shop.catalogue.searching.mending import Mender, Postings
from shop.core.text import fold, is_marked

LONGEST_TEXT = 200
MOST_WORDS = 12
PLACE_KINDS = frozenset(
    ("làng", "xã", "phường", "quận", "huyện", "thôn", "lang", "xa", "phuong", "quan", "huyen", "thon")
)
PLACE_KINDS_AFTER = frozenset(("village", "commune", "ward", "district"))


class Level(IntEnum):
    """How well a word is met: by right marks, same meaning, place or maker, wrong tone, description."""

    EXACT = 0
    NAMED = 1
    ABOUT = 2
    LOOSE = 3
    BODY = 4


@dataclass(frozen=True)
class Need:
    """One term the product must hold: any of `terms` in this field."""

    field: str
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """One way to meet `length` words from word `start` on: every need met, no `never` phrase held."""

    start: int
    length: int
    level: Level
    needs: tuple[Need, ...]
    never: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Plan:
    words: tuple[str, ...]
    ways: tuple[Way, ...]
    phrases: tuple[tuple[str, ...], ...]
    """Pairs of neighbours; a name that holds all of any one line of them is what the query names."""
    corrected: str | None = None


def planned(text: str, postings: Postings, known: Glossary | None = None) -> Plan:
    """The plan of a query typed by a person: words it knows, mended where they were not known."""
    typed = tidy_words(text[:LONGEST_TEXT])[:MOST_WORDS]
    mender = Mender(postings, known or glossary())
    meant = mender.mended(typed)
    return plan_of(meant, mender, corrected=" ".join(meant) if meant != typed else None)


def plan_of(meant: Sequence[str], mender: Mender, *, corrected: str | None = None) -> Plan:
    planner = _Planner(tuple(meant), mender)
    ways = tuple(planner.ways())
    return Plan(planner.words, ways, tuple(planner.phrases(ways)), corrected)


def retyped(plan: Plan, postings: Postings) -> Iterator[Plan]:
    """Plans for a query that met nothing: one word taken for a slip although the catalogue knows it."""
    mender = Mender(postings, glossary())
    for meant in mender.second_thoughts(plan.words):
        yield plan_of(meant, mender, corrected=" ".join(meant))


def shortened(plan: Plan, postings: Postings) -> Iterator[Plan]:
    """Plans of all words but one."""
    for at in range(len(plan.words)):
        fewer = [*plan.words[:at], *plan.words[at + 1 :]]
        yield plan_of(fewer, Mender(postings, glossary()), corrected=" ".join(fewer))


class _Planner:
    def __init__(self, meant: tuple[str, ...], mender: Mender) -> None:
        self.words = meant
        self.folded = tuple(map(fold, meant))
        self.marked = any(map(is_marked, meant))
        self.postings, self.glossary, self.forms = mender.postings, mender.glossary, mender.forms

    def ways(self) -> Iterator[Way]:
        for at in range(len(self.words)):
            yield from self._word(at)
            for length in range(1, min(LONGEST, len(self.words) - at) + 1):
                yield from self._synonyms(at, length)
                if length > 1:
                    yield from self._place(at, length)

    def phrases(self, ways: Sequence[Way]) -> Iterator[tuple[str, ...]]:
        whole = len(self.words)
        if whole > 1:
            yield tuple(pairs(self.folded))
        for way in ways:
            if way.length == whole and way.level <= Level.NAMED:
                said = [fold(need.terms[0]) for need in way.needs if need.field != NAME_B]
                if len(said) > 1:
                    yield tuple(pairs(said))
                elif whole == 1:
                    # The thing itself, not a thing for it: Vietnamese names it first, English last.
                    yield (f"{START}_{said[0]}",)
                    yield (f"{said[0]}_{END}",)

    def _word(self, at: int) -> Iterator[Way]:
        word, bare = self.words[at], self.folded[at]
        forms = self.forms(word)
        if self.marked:
            yield Way(at, 1, Level.EXACT, (Need(NAME_X, forms),))
            yield Way(at, 1, Level.NAMED, (Need(NAME_X, (bare,)),))
            yield Way(at, 1, Level.LOOSE, (Need(NAME_F, (bare,)),))
        else:
            yield Way(at, 1, Level.NAMED, (Need(NAME_F, forms),))
        yield Way(at, 1, Level.ABOUT, (Need(ABOUT, forms),))
        if len(self.words) > 1:
            yield Way(at, 1, Level.BODY, (Need(BODY, tuple(map(fold, forms))),))
        elif not self._is_in_names(bare):
            yield Way(at, 1, Level.BODY, (Need(BODY, (bare,)),))
        if not self._is_in_names(bare):
            yield from self._part_of_place(at, bare)
        if self._is_kind_of_place(at):
            yield Way(at, 1, Level.EXACT if self.marked else Level.NAMED, ())

    def _part_of_place(self, at: int, bare: str) -> Iterator[Way]:
        if names := tuple(sorted(self.postings.vocabulary.places_with(bare))):
            yield Way(at, 1, Level.ABOUT, (Need(NAME_F, names),))
            yield Way(at, 1, Level.ABOUT, (Need(ABOUT, names),))

    def _synonyms(self, at: int, length: int) -> Iterator[Way]:
        for other, never in self.glossary.others(self.words[at : at + length]):
            needs = [Need(NAME_X, self.forms(word)) for word in other]
            needs += [self._side_by_side(*neighbours) for neighbours in pairwise(other)]
            barred = tuple(tuple(pairs(tuple(map(fold, phrase)))) for phrase in never)
            yield Way(at, length, Level.NAMED, tuple(needs), barred)

    def _side_by_side(self, left: str, right: str) -> Need:
        return Need(NAME_B, tuple(f"{fold(left)}_{fold(form)}" for form in self.forms(right)))

    def _place(self, at: int, length: int) -> Iterator[Way]:
        typed = self.words[at : at + length]
        names = self.postings.vocabulary.places(self.folded[at : at + length])
        meant = [name for name in sorted(names) if _agrees(typed, name.split(JOINER))]
        for name in meant:
            yield Way(at, length, Level.EXACT if self.marked else Level.NAMED, (Need(NAME_X, (name,)),))
            yield Way(at, length, Level.ABOUT, (Need(ABOUT, (name,)),))
        if names:
            folded = fold(next(iter(names)))
            near = Level.NAMED if meant else Level.LOOSE
            yield Way(at, length, near, (Need(NAME_F, (folded,)),))
            yield Way(at, length, max(near, Level.ABOUT), (Need(ABOUT, (folded,)),))
            yield Way(at, length, Level.BODY, (Need(BODY, (folded,)),))

    def _is_in_names(self, bare: str) -> bool:
        return bool(self.postings.holding(NAME_F, bare) or self.postings.holding(ABOUT, bare))

    def _is_kind_of_place(self, at: int) -> bool:
        """'làng' before a place name and 'village' after one say nothing more."""
        after, before = self.folded[at + 1 :], self.folded[:at]
        sizes = range(2, LONGEST + 1)
        places = self.postings.vocabulary.places
        if self.words[at] in PLACE_KINDS:
            return any(places(after[:size]) for size in sizes)
        return self.words[at] in PLACE_KINDS_AFTER and any(places(before[-size:]) for size in sizes)


def _agrees(typed: Sequence[str], name: Sequence[str]) -> bool:
    """Whether each word was typed as it is spelled, or without any mark."""
    return all(word in (part, fold(part)) for word, part in zip(typed, name, strict=True))
