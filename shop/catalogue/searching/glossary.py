"""Words of one meaning across languages: lụa is silk, nón lá a conical hat."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shop.catalogue.searching.analysis import tidy_words
from shop.core.text import fold

TABLE = Path(__file__).with_name("glossary.csv")
LONGEST = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """Phrases of one meaning, in exact spelling; `never` are longer phrases that only look like it."""

    phrases: tuple[Phrase, ...]
    never: tuple[Phrase, ...] = ()


class Glossary:
    """Answers what else a phrase of a query may be called."""

    def __init__(self, meanings: Sequence[Meaning]) -> None:
        self._exact: dict[Phrase, list[Meaning]] = {}
        self._unmarked: dict[Phrase, list[Meaning]] = {}
        self._words: set[str] = set()
        self._bare_words: set[str] = set()
        for meaning in meanings:
            for phrase in meaning.phrases:
                self._enter(phrase, meaning)

    def others(self, phrase: Sequence[str]) -> list[tuple[Phrase, tuple[Phrase, ...]]]:
        """Other phrases of the same meaning, each with the phrases it must not stand in."""
        key = tuple(phrase)
        meanings = self._exact.get(key) or self._unmarked.get(key) or self._exact.get(_singular(key), [])
        return [(other, meaning.never) for meaning in meanings for other in meaning.phrases if other != key]

    def knows(self, word: str) -> bool:
        return word in self._words or word in self._bare_words or _singular((word,))[0] in self._words

    def _enter(self, phrase: Phrase, meaning: Meaning) -> None:
        self._exact.setdefault(phrase, []).append(meaning)
        self._words.update(phrase)
        # One syllable without marks means too many things (son, tra, da): it expands only as spelled.
        if len(phrase) > 1:
            bare = tuple(map(fold, phrase))
            self._unmarked.setdefault(bare, []).append(meaning)
            self._bare_words.update(bare)


@cache
def glossary() -> Glossary:
    """The shop's own table, read once."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return Glossary([_meaning(line) for line in csv.DictReader(lines)])


def _meaning(line: dict[str, str]) -> Meaning:
    phrases = [*line["vi"].split("|"), *line["en"].split("|")]
    return Meaning(
        tuple(tuple(tidy_words(phrase)) for phrase in phrases if phrase),
        tuple(tuple(tidy_words(phrase)) for phrase in line["never"].split("|") if phrase),
    )


def _singular(phrase: Phrase) -> Phrase:
    last = phrase[-1]
    return (*phrase[:-1], last[:-1]) if last.endswith("s") and len(last) > 3 else phrase
