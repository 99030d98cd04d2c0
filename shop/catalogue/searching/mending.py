"""Mends the words of a query that the catalogue does not know: Telex keys, missing spaces, slips."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shop.catalogue.searching.analysis import ABOUT, BODY, JOINER, NAME_B, NAME_F, NAME_X
from shop.catalogue.searching.glossary import Glossary
from shop.catalogue.searching.telex import decoded
from shop.catalogue.searching.vocabulary import Vocabulary
from shop.core.text import fold, is_marked

SHORTEST_MENDED, LONGEST_MENDED = 3, 24
MOST_THOUGHTS = 8


class Postings(Protocol):
    """What planning and ranking ask of an open index; a set of products is an int, one bit per product."""

    @property
    def vocabulary(self) -> Vocabulary: ...

    def holding(self, field: str, term: str) -> int: ...


@dataclass(frozen=True)
class Mender:
    postings: Postings
    glossary: Glossary

    def mended(self, typed: list[str]) -> list[str]:
        """The words meant; a word nobody can mend is left out while any other remains."""
        meant: list[str] = []
        for at, word in enumerate(typed):
            near = [*meant[-1:], *typed[at + 1 : at + 2]]
            meant.extend([word] if self._is_known(word, len(typed)) else self._mend(word, near))
        return meant or typed

    def forms(self, word: str) -> tuple[str, ...]:
        """The word and its English plural or singular; Vietnamese has neither."""
        if is_marked(word) or len(word) < SHORTEST_MENDED:
            return (word,)
        less = [word[: -len(end)] for end in ("s", "es") if word.endswith(end) and len(word) > len(end) + 2]
        more = [f"{word}s", f"{word}es"]
        return (word, *(form for form in [*less, *more] if self.postings.holding(NAME_X, form)))

    def second_thoughts(self, meant: Sequence[str]) -> list[list[str]]:
        """The words with one known word taken for a slip ('dan phung' for 'dan phuong'), likeliest first."""
        thoughts: list[tuple[int, list[str]]] = []
        for at, word in enumerate(meant):
            near = [*meant[max(at - 1, 0) : at], *meant[at + 1 : at + 2]]
            if not _is_mendable(word):
                continue
            for other in self.postings.vocabulary.near(fold(word)):
                if company := self._company(other, list(map(fold, near))):
                    spelled = self._as_typed(other, [word, *near])
                    thoughts.append((company, [*meant[:at], spelled, *meant[at + 1 :]]))
        return [words for _, words in sorted(thoughts, reverse=True)[:MOST_THOUGHTS]]

    def _is_known(self, word: str, among: int) -> bool:
        bare = fold(word)
        if bare in self.postings.vocabulary or self.glossary.knows(word) or self._is_plural(word):
            return True
        # A description is searched only beside another word, so it vouches only for such a one.
        return among > 1 and self.postings.holding(BODY, bare) != 0

    def _is_plural(self, word: str) -> bool:
        """'bats' is no plural where more products say bát than bat: then the s was a Telex key."""
        in_names = [self.postings.holding(NAME_X, form).bit_count() for form in self.forms(word)[1:]]
        keyed = self.postings.holding(NAME_X, decoded(word) or "").bit_count()
        return bool(in_names) and max(in_names) > keyed

    def _mend(self, word: str, near: Sequence[str]) -> list[str]:
        bare = fold(word)
        if not _is_mendable(bare):
            return []
        known = self.postings.vocabulary
        keyed = decoded(word)
        if keyed and (known.is_spelled(keyed) or self.glossary.knows(keyed)):
            return [keyed]
        if parts := self._parted(bare):
            return [known.spelled(part, parts) for part in parts] if is_marked(word) else parts
        if keyed and fold(keyed) in known:
            return [keyed]
        best = self._nearest(bare, near)
        if best is None:
            return [word] if self.postings.holding(BODY, bare) else []
        return [self._as_typed(best, [word, *near])]

    def _as_typed(self, bare: str, beside: Sequence[str]) -> str:
        """With marks when there are marks around it."""
        return self.postings.vocabulary.spelled(bare, beside) if any(map(is_marked, beside)) else bare

    def _parted(self, bare: str) -> list[str]:
        """'battrang' as ['bat', 'trang']: every neighbouring pair must stand together somewhere."""
        rest: dict[int, list[str]] = {len(bare): []}
        for start in range(len(bare) - 1, -1, -1):
            for end in sorted(rest, reverse=True):
                word = bare[start:end]
                if end - start > 1 and word in self.postings.vocabulary and self._meet(word, rest[end][:1]):
                    rest[start] = [word, *rest[end]]
                    break
        return rest.get(0, [])

    def _meet(self, word: str, after: Sequence[str]) -> bool:
        return not after or self._support(word, after[0]) > 0

    def _nearest(self, bare: str, near: Sequence[str]) -> str | None:
        words = self.postings.vocabulary
        neighbours = [fold(word) for word in near]

        def fitness(item: tuple[str, int]) -> tuple[int, int, bool, int]:
            word, slips = item
            return (self._company(word, neighbours), -slips, word[0] == bare[0], words.count[word])

        return max(words.near(bare).items(), key=fitness, default=(None, 0))[0]

    def _company(self, word: str, neighbours: Sequence[str]) -> int:
        return sum(self._support(one, word) + self._support(word, one) for one in neighbours)

    def _support(self, left: str, right: str) -> int:
        """In how many products the two words stand together, in the name or as a place."""
        together = self.postings.holding(NAME_B, f"{left}_{right}")
        for field in (NAME_F, ABOUT):
            together |= self.postings.holding(field, f"{left}{JOINER}{right}")
        return together.bit_count()


def _is_mendable(word: str) -> bool:
    """Short words stand near everything, very long ones cost too much, and numbers are meant as typed."""
    return SHORTEST_MENDED <= len(word) <= LONGEST_MENDED and not any(sign.isdigit() for sign in word)
