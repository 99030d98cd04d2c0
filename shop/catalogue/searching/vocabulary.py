"""The catalogue's own words: how each is spelled, what places they name, which stand near a typo."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from shop.catalogue.searching.analysis import JOINER
from shop.core.text import fold

TWO_SLIPS_FROM = 8


class Vocabulary:
    """Built from the exact terms of names and of what is about them, with the number of products of each."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        self.count: dict[str, int] = defaultdict(int)
        self._spellings: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._places: dict[str, set[str]] = defaultdict(set)
        self._containing: dict[str, set[str]] = defaultdict(set)
        for term, products in terms:
            self._enter(term, products)

    def __contains__(self, folded: str) -> bool:
        return folded in self.count

    def is_spelled(self, exact: str) -> bool:
        return exact in self._spellings.get(fold(exact), ())

    def spelled(self, folded: str, beside: Sequence[str] = ()) -> str:
        """The usual exact spelling of a folded word; first one that makes a place with neighbours."""
        names = {name for near in beside for name in self._containing.get(near, ())}
        parts = {part for name in names for part in name.split(JOINER)}
        spellings = self._spellings.get(folded, {folded: 1})
        return max(spellings, key=lambda exact: (exact in parts, spellings[exact], exact))

    def places(self, folded: Sequence[str]) -> set[str]:
        """The exact one-piece place names that read so when folded."""
        return self._places.get(JOINER.join(folded), set())

    def places_with(self, folded: str) -> set[str]:
        """The folded one-piece place names that hold this word."""
        return set(map(fold, self._containing.get(folded, ())))

    def near(self, folded: str) -> dict[str, int]:
        """Words one slip away (two for long ones), with the number of slips."""
        slips = 2 if len(folded) >= TWO_SLIPS_FROM else 1
        found: set[str] = set()
        for reduced in _shortened(folded, slips):
            found.update(self._deletions.get(reduced, ()))
        measured = ((word, distance(folded, word)) for word in found)
        return {word: apart for word, apart in measured if 0 < apart <= slips}

    @cached_property
    def _deletions(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for word in self.count:
            for reduced in _shortened(word, 2 if len(word) >= TWO_SLIPS_FROM - 1 else 1):
                index[reduced].append(word)
        return dict(index)

    def _enter(self, term: str, products: int) -> None:
        parts = term.split(JOINER)
        for part in parts:
            bare = fold(part)
            self.count[bare] += products
            self._spellings[bare][part] += products
            if len(parts) > 1:
                self._containing[part].add(term)
                self._containing[bare].add(term)
        if len(parts) > 1:
            self._places[fold(term)].add(term)


def distance(one: str, other: str) -> int:
    """Letters changed, left out, added or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if before and i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def _shortened(word: str, times: int) -> Iterator[str]:
    """The word and every form of it with up to `times` letters left out."""
    forms = {word}
    yield word
    for _ in range(times):
        forms = {form[:i] + form[i + 1 :] for form in forms for i in range(len(form))}
        yield from forms
